"""A total of a table and what it may be the total of, with the words by which both directions know totals."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.checks._completeness import inner
from pipeline.records import Claim
from pipeline.table import Place

TOTAL = re.compile(r"合\s*计|总\s*计|小\s*计|总额|总收入|总支出|共\s*计|汇总|^总数|^总\s*和")
OF_WHICH = re.compile(r"^\s*[（(]?其\s*中")
NO_SUMS = re.compile(
    r"率|比例|占比|单价|标准|均|年份|年度$|序号|编号|行次|栏次|增减|差异|增长|完成情况|比上年|同比|得分|分值|权重|评分"
)
# The row that numbers the columns of a form.
COLUMN_NUMBERS = ("栏次", "行次", "列次")
_KINDS = ("money", "count", "measure")


@dataclass(frozen=True, slots=True)
class Line:
    """A total and the cells beside or above it that it may be the total of.

    ``readings`` are the ways to choose the parts, the likeliest first, as places in ``cells``; ``of_which`` whether the
    header says what its parts are; ``kind`` tells lines of one kind, among which one shows how the others are to be read.
    """

    whole: Claim
    cells: tuple[Claim | None, ...]
    labels: tuple[str, ...]
    readings: tuple[tuple[int, ...], ...]
    of_which: bool
    blank: bool
    kind: tuple[object, ...]


def claim_at(place: Place, claims: dict[int, Claim]) -> Claim | None:
    for at in range(place.first, place.last):
        claim = claims.get(at)
        if claim is not None:
            fits = claim.quantity.kind in _KINDS and claim.quantity.value is not None
            return claim if fits and claim.quantity.qualifier in ("none", "reach") else None
    return None


def bare(label: str) -> str:
    return re.sub(r"[（(][^（）()]*[）)]|[:：]", "", label)


def outer(reading: Sequence[int], labels: Sequence[str]) -> tuple[int, ...]:
    """``reading`` without what its names show to be part of the one before (基本支出, 人员支出, 公用支出, 项目支出)."""
    kept, at = [], 0
    while at < len(reading):
        kept.append(reading[at])
        at += 1 + inner(labels[reading[at]], tuple(labels[other] for other in reading[at + 1 :]))
    return tuple(kept)
