"""A sheet while it is read."""

import re
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from pipeline import lexicon
from pipeline.indicators.layout import Heading, Layout
from pipeline.indicators.parts import FIELDS
from pipeline.indicators.sheet import Entry, Execution, Goal, Indicator, Points, Sheet, SheetKind


@cache
def sheet_words(name: Literal["scoring", "target", "sign"]) -> re.Pattern[str]:
    return re.compile(lexicon.load("indicators")["sheets"][name])


@dataclass(slots=True)
class Draft:
    """``titles`` stand above the sheet, the nearest last; ``layout`` and ``heading`` are those of its last part.

    ``seen`` is the last table read into it, ``last`` that table's last block, ``width`` its columns. ``closed`` once a total is read.
    """

    table: int
    titles: tuple[str, ...] = ()
    seen: int = -1
    last: int = -1
    width: int = 0
    columns: set[str] = field(default_factory=set)
    layout: Layout | None = None
    heading: Heading | None = None
    indicators: list[Indicator] = field(default_factory=list)
    goals: list[Goal] = field(default_factory=list)
    execution: Execution | None = None
    weight: Points | None = None
    score: Points | None = None
    grade: Entry | None = None
    closed: bool = False
    flat: bool = False

    def sheet(self) -> Sheet:
        return Sheet(
            self._kind(), self.table, frozenset(self.columns), tuple(self.indicators), tuple(self.goals),
            self.execution, self.weight, self.score, self.grade, self.flat,
        )  # fmt: skip

    def _kind(self) -> SheetKind:
        for title in reversed(self.titles):
            if sheet_words("scoring").search(title):
                return "scoring sheet"
            if sheet_words("target").search(title):
                return "target form"
        return "target form" if self.goals or self.columns & {"target", "result"} else "scoring sheet"

    def add_columns(self, found: Layout) -> None:
        heads = {column.head for column in found.values}
        if "目标与完成" in heads:
            heads |= {"目标", "完成"}
        self.columns.update(FIELDS[head] for head in heads if head in FIELDS)
