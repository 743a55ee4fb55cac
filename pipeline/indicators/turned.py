"""Sheets whose labels run down the side, and cards of one indicator each, turned so that the labels head columns."""

from collections.abc import Sequence

from pipeline.indicators.grid import Grid, Row
from pipeline.indicators.layout import heading
from pipeline.indicators.words import SUBJECTS, Head, head
from pipeline.table import Place

_VALUES: frozenset[Head] = frozenset(("目标", "完成", "分值", "得分"))
_FEWEST = 3


def upright(grid: Grid) -> Grid:
    """``grid`` with its labels across; the very same grid where they are so already."""
    labelled = [_labels(row) for row in grid.cells]
    if sum(1 for one in labelled if one) < 2 or any(heading(grid, at) for at in range(len(grid))):
        return grid
    turned: list[Row] = []
    at = 0
    while at < len(grid):
        end = at
        while end < len(grid) and labelled[end]:
            end += 1
        known = {what for one in labelled[at:end] for what in one}
        if len(known) >= _FEWEST and known & (SUBJECTS - {"弱指标"}) and known & _VALUES:
            turned += _turned(grid, at, end, labelled)
            at = end
        else:
            turned.append(grid.rows[at])
            at += 1
    width = max(map(len, turned))
    return Grid([[*row, *[None] * (width - len(row))] for row in turned])


def _labels(row: Sequence[Place]) -> list[Head]:
    """What the labels of a row stand for: of its first cell, or of every second one where they all are labels."""
    if len(row) < 2:
        return []
    first = head(row[0].label)
    if first is None or head(row[1].label) is not None:
        return []
    rest = [head(place.label) for place in row[2::2]]
    return [first, *(one for one in rest if one)] if len(row) % 2 == 0 and all(rest) else [first]


def _turned(grid: Grid, at: int, end: int, labelled: Sequence[Sequence[Head]]) -> list[Row]:
    if all(len(grid.cells[row]) == 2 * len(labelled[row]) for row in range(at, end)):
        return _cards(grid.cells[at:end])
    return [list(column) for column in zip(*grid.rows[at:end], strict=True)]


def _cards(rows: Sequence[Sequence[Place]]) -> list[Row]:
    """One row a card, under the labels of them all; a label that comes again begins the next card."""
    heads: dict[Head, Place] = {}
    cards: list[dict[Head, Place]] = [{}]
    for places in rows:
        for label, value in zip(places[::2], places[1::2], strict=True):
            what = head(label.label)
            if what is None:
                continue
            if what in cards[-1]:
                cards.append({})
            heads.setdefault(what, label)
            cards[-1][what] = value
    order = sorted(heads, key=lambda what: what not in SUBJECTS)
    return [[heads[what] for what in order], *([card.get(what) for what in order] for card in cards)]
