"""The rows under a header: which are indicators, which are totals, and where the sheet ends."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from pipeline.indicators.execution import is_heading as is_execution
from pipeline.indicators.grid import Grid
from pipeline.indicators.layout import heading
from pipeline.indicators.words import is_row, named

RowKind = Literal["row", "group", "total", "grade"]
# Totals and grades stand at once under the indicators.
_AFTER_TOTAL = 3


@dataclass(frozen=True, slots=True)
class Line:
    at: int
    kind: RowKind


def lines(grid: Grid, top: int, columns: int) -> Iterator[Line]:
    """The rows from ``top`` to the end of the sheet whose header has ``columns`` cells."""
    total_at: int | None = None
    for at in range(top, len(grid)):
        texts = [place for place in grid.cells[at] if place.label]
        fresh = [place for place in grid.own[at] if place.label]
        if not fresh:
            continue
        label = _first_label(grid, at)
        if is_row("grade", label):
            yield Line(at, "grade")
            total_at = at if total_at is None else total_at
            continue
        if is_row("total", label) and any(place.numeric for place in fresh):
            yield Line(at, "total")
            total_at = at
            continue
        if total_at is not None:
            if at - total_at > _AFTER_TOTAL or heading(grid, at) or is_execution(grid, at):
                return
            continue
        if is_row("subtotal", label):
            continue
        if len(texts) == 1 and len(grid.cells[at]) == 1:
            if any(named(label)):
                yield Line(at, "group")
                continue
            return
        short = len(grid.cells[at]) <= 2
        if is_row("stop", label) or (short and (columns > 3 or is_row("note", label))):
            return
        if heading(grid, at) or is_execution(grid, at):
            return
        yield Line(at, "row")


def _first_label(grid: Grid, at: int) -> str:
    return next((place.label for place in grid.own[at] if place.label), "")
