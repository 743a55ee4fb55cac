"""The sheets and the deductions of a report, made once for all the rules that ask for them."""

from functools import lru_cache

from pipeline import table
from pipeline.identity import Same
from pipeline.indicators import deductions as prose
from pipeline.indicators import scan
from pipeline.indicators.sheet import Deduction, Sheet
from pipeline.records import Claim, Reading

# A cell of a form that holds more than this is prose, not a field of an indicator.
_LONG = 120


class _Whole(Same):
    """A reading as a key of the cache."""

    __slots__ = ("reading",)

    def __init__(self, reading: Reading) -> None:
        super().__init__(reading.report)
        self.reading = reading

    def __hash__(self) -> int:
        return id(self.reading)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Whole) and self.reading is other.reading


def of(reading: Reading) -> tuple[Sheet, ...]:
    """The indicator tables and scoring sheets of a report in reading order."""
    return _of(_Whole(reading))


def deductions(reading: Reading) -> tuple[Deduction, ...]:
    """The points taken off in prose, beside the tables, in reading order."""
    return _deductions(_Whole(reading))


@lru_cache(maxsize=1)
def _of(whole: _Whole) -> tuple[Sheet, ...]:
    report = whole.reading.report
    return tuple(scan.sheets(table.of(report), report.blocks, _by_block(whole.reading)))


@lru_cache(maxsize=1)
def _deductions(whole: _Whole) -> tuple[Deduction, ...]:
    report = whole.reading.report
    if not any("扣" in block.text for block in report.blocks):
        return ()
    tables = {sheet.table for sheet in of(whole.reading)}
    silent = frozenset(
        block.index
        for block in report.blocks
        if block.cell is not None and block.cell.table in tables and len(block.text) <= _LONG
    )
    return tuple(prose.read(report, silent, _by_block(whole.reading)))


def _by_block(reading: Reading) -> dict[int, list[Claim]]:
    found: dict[int, list[Claim]] = {}
    for claim in reading.claims:
        found.setdefault(claim.span.block, []).append(claim)
    return found
