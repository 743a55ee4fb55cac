"""Targets and results in prose: side by side (预期目标 | 实际完成情况), or one above the other."""

from collections.abc import Mapping, Sequence

from pipeline.indicators.grid import Grid
from pipeline.indicators.items import items
from pipeline.indicators.passage import Passage
from pipeline.indicators.sheet import Entry, Goal
from pipeline.indicators.words import is_goal
from pipeline.numbering import mark
from pipeline.records import Claim
from pipeline.table import Place

Claims = Mapping[int, Sequence[Claim]]
# The results stand within so many rows under the targets.
_NEAR = 2
# Less than that beside a label is no account of targets or results.
_SHORTEST = 8


def read(grid: Grid, at: int, claims: Claims) -> tuple[Goal, int] | None:
    """The goal whose labels stand in row ``at``, and the first row behind it."""
    return _across(grid, at, claims) or _down(grid, at, claims)


def _across(grid: Grid, at: int, claims: Claims) -> tuple[Goal, int] | None:
    row = grid.cells[at]
    if len(row) < 2 or not is_goal("results", row[-1].label) or not is_goal("targets", row[-2].label):
        return None
    if at + 1 >= len(grid):
        return None
    targets, results = _under(grid, at, row[-2]), _under(grid, at, row[-1])
    if targets is None or results is None or targets.numeric:
        return None
    label = row[-3] if len(row) > 2 and row[-3].label else row[-2]
    return Goal(Passage([label], claims).entry(), _items(targets, claims), _items(results, claims)), at + 2


def _under(grid: Grid, at: int, label: Place) -> Place | None:
    below = grid.under(at + 1, label)
    return below if below is not None and below is not label and below.label else None


def _down(grid: Grid, at: int, claims: Claims) -> tuple[Goal, int] | None:
    first = _labelled(grid, at)
    if first is None:
        return None
    label, value = first
    if is_goal("results", label.label):
        return Goal(Passage([label], claims).entry(), (), _items(value, claims)), at + 1
    if not is_goal("targets", label.label):
        return None
    for below in range(at + 1, min(len(grid), at + 1 + _NEAR)):
        second = _labelled(grid, below)
        if second is not None and is_goal("results", second[0].label):
            goal = Goal(Passage([label], claims).entry(), _items(value, claims), _items(second[1], claims))
            return goal, below + 1
    return Goal(Passage([label], claims).entry(), _items(value, claims), ()), at + 1


def _labelled(grid: Grid, at: int) -> tuple[Place, Place] | None:
    """The last label of a row and the text right of it, where the row is nothing else."""
    row = [place for place in grid.own[at] if place.label]
    if len(row) not in (2, 3) or row[-1].numeric or len(row[-1].label) < _SHORTEST or is_goal("results", row[-1].label):
        return None
    if len(row) == 3 and not is_goal("label", row[0].label):
        return None
    return row[-2], row[-1]


def _items(place: Place, claims: Claims) -> tuple[Entry, ...]:
    """The numbered items of a cell, else its paragraphs without their numbers."""
    passage = Passage([place], claims)
    found = items(passage.text)
    if len(found) > 1:
        return tuple(passage.entry(one.start, one.end) for one in found)
    entries: list[Entry] = []
    start = 0
    for line in passage.text.split("\n"):
        number = mark(line)
        if line.strip():
            entries.append(passage.entry(start + (number.end if number else 0), start + len(line)))
        start += len(line) + 1
    return tuple(entries)
