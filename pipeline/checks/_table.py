"""The rows of a report's tables, for rules that ask what stands beside what."""

from functools import lru_cache

from pipeline import table
from pipeline.identity import Same
from pipeline.records import Report
from pipeline.table import Place

__all__ = ["Place", "rows"]


def rows(report: Report) -> tuple[tuple[Place, ...], ...]:
    """The rows of all tables in reading order, each with its cells."""
    return _rows(Same(report))


@lru_cache(maxsize=1)
def _rows(same: Same) -> tuple[tuple[Place, ...], ...]:
    return tuple(row for grid in table.of(same.report) for row in grid.rows)
