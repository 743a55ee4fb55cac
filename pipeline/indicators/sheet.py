"""What an indicator table or a scoring sheet says, with the place of everything it says.

An ``Entry`` is None where the sheet has no such column, and blank where the cell was left empty. Points that several
indicators share (several in one cell, or a merged cell) stand at each of them with one and the same span.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from pipeline.records import Claim, Span

SheetKind = Literal["target form", "scoring sheet"]
Dimension = Literal["决策", "投入", "过程", "履职", "产出", "成本", "效益", "满意度", "预算执行"]
IndicatorKind = Literal["数量", "质量", "时效", "成本", "经济", "社会", "生态", "可持续", "满意度"]

_NOTHING = re.compile(r"[\s\-−–—－_＿/／\\.…。·、:：*＊]*")


@dataclass(frozen=True, slots=True)
class Entry:
    """The text of a cell, or of a numbered part of one; line feeds stand between its ``spans``.

    ``claims`` are the report's claims within the spans. An empty cell has one span without length.
    """

    text: str
    spans: tuple[Span, ...]
    claims: tuple[Claim, ...] = ()

    @property
    def blank(self) -> bool:
        """Whether nothing is written there but dashes, strokes or dots."""
        return _NOTHING.fullmatch(self.text) is not None


@dataclass(frozen=True, slots=True)
class Points:
    """Points of a scale (分), and the digits that write them."""

    value: Decimal
    span: Span


@dataclass(frozen=True, slots=True)
class Level:
    """A step of the path to an indicator: ``rank`` 1 is 一级指标. ``weight``: what the level itself is worth, if stated."""

    rank: int
    name: Entry
    dimension: Dimension | None = None
    kind: IndicatorKind | None = None
    weight: Points | None = None


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator: a row of the sheet, or one numbered part of a row.

    ``name`` is without its number (指标1：), its kind (数量指标：) and its points (（12分）). ``weight`` is the full mark,
    ``deducted`` what a column of deductions gives. ``standard`` is the printed scoring standard, ``explanation`` what
    the sheet says the indicator means, ``completion`` the stated degree of completion, ``sign`` and ``unit`` the
    direction (≥, 定性) and the unit of the target where they have columns of their own.
    """

    levels: tuple[Level, ...]
    name: Entry
    dimension: Dimension | None = None
    kind: IndicatorKind | None = None
    target: Entry | None = None
    result: Entry | None = None
    weight: Points | None = None
    score: Points | None = None
    deducted: Points | None = None
    reason: Entry | None = None
    standard: Entry | None = None
    explanation: Entry | None = None
    remarks: Entry | None = None
    completion: Entry | None = None
    sign: Entry | None = None
    unit: Entry | None = None


@dataclass(frozen=True, slots=True)
class Goal:
    """Targets and results in prose (年度总体目标: 预期 | 实际), their numbered items or paragraphs each an entry.

    ``label`` heads the row. Either side is empty where the form does not ask for it.
    """

    label: Entry
    targets: tuple[Entry, ...]
    results: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Execution:
    """The row of budget execution. ``budget`` is what the rate is of (全年预算数), ``initial`` 年初预算数 beside it."""

    name: Entry
    budget: Entry | None = None
    spent: Entry | None = None
    rate: Entry | None = None
    weight: Points | None = None
    score: Points | None = None
    initial: Entry | None = None
    reason: Entry | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of indicators. ``table`` is the index of the table it begins in; it may go on in the next one.

    ``columns`` names the fields of ``Indicator`` that the sheet has columns for. ``weight`` and ``score`` are the
    stated totals, ``grade`` the stated 优/良/中/差. ``flat``: a table of a text file, where an empty cell may as well
    belong to a merged one above it.
    """

    kind: SheetKind
    table: int
    columns: frozenset[str]
    indicators: tuple[Indicator, ...]
    goals: tuple[Goal, ...] = ()
    execution: Execution | None = None
    weight: Points | None = None
    score: Points | None = None
    grade: Entry | None = None
    flat: bool = False

    @property
    def weights(self) -> tuple[Points, ...]:
        """The full marks of the indicators and of the execution row, each once, however many indicators share it."""
        return _distinct([self.execution.weight if self.execution else None, *(one.weight for one in self.indicators)])

    @property
    def scores(self) -> tuple[Points, ...]:
        """The points given to the indicators and to the execution row, each once."""
        return _distinct([self.execution.score if self.execution else None, *(one.score for one in self.indicators)])


def _distinct(points: Iterable[Points | None]) -> tuple[Points, ...]:
    return tuple(dict.fromkeys(one for one in points if one is not None))


@dataclass(frozen=True, slots=True)
class Deduction:
    """Points taken off in prose (时效扣1.5分). ``total`` marks a sum of deductions (共扣2分), whose parts follow it.

    ``name`` is what lost the points, ``sentence`` the whole statement; ``group`` counts the statements of a report.
    """

    points: Points
    name: Entry
    sentence: Entry
    total: bool
    group: int
