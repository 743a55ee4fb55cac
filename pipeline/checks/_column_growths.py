"""Columns of growth: this year, last year and the rate between them."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from pipeline.checks._changes import Change
from pipeline.checks._line_cells import GROWTH_LABEL, Cell, alike, as_fraction, is_percent, near
from pipeline.checks._stated import GROWTH, Sense, wrong
from pipeline.records import Claim, Report

_STEP = re.compile(r"增减(?:额|数|金额|变动)?$|增减额|增长额|差额|变动额|变化额|增加额|比上年(?:增减|增加|减少)?$")
_LAST = re.compile(r"上年|去年|上一年|上期|同期")
_THIS = re.compile(r"本年|今年|当年|本期|实际|决算|执行")
_YEAR = re.compile(r"20\d\d")


def of_lines(lines: dict[str, list[Cell]], report: Report) -> Iterator[Change]:
    columns: dict[str, list[Change]] = defaultdict(list)
    for line in lines.values():
        for cell in line:
            if not is_percent(cell) or not GROWTH_LABEL.search(near(cell.label)):
                continue
            pair = _years(line)
            others = [one for one in line if not is_percent(one)]
            senses: list[Sense] = []
            base: tuple[Claim, ...] = ()
            if pair is not None:
                now, before = pair
                senses.append(Sense((now.claim, before.claim), GROWTH, True))
                if before.claim.quantity.value == 0 and now.claim.quantity.value and cell.claim.quantity.value:
                    base = (now.claim, before.claim)
            senses += [
                Sense((one.claim, other.claim), GROWTH)
                for one in others
                for other in others
                if one is not other and alike(one, other) and other.claim.quantity.value
            ]
            if senses and not as_fraction(cell.claim, senses, report):
                signless = "降" in cell.label or "减少" in cell.label
                columns[cell.label].append(Change(cell.claim, cell.claim.quantity, signless, tuple(senses), base))
    for column in columns.values():
        failing = [one for one in column if not one.base and wrong(one.claim, one.senses, one.stated, one.signless)]
        if len(failing) <= 1 or len(failing) * 3 <= len(column):
            yield from column


def _years(line: Sequence[Cell]) -> tuple[Cell, Cell] | None:
    """The cells of this year and of the last in a line, where its labels tell them."""
    others = [
        cell
        for cell in line
        if not is_percent(cell) and not _STEP.search(near(cell.label)) and not re.search("预算", near(cell.label))
    ]
    last = [cell for cell in others if _LAST.search(cell.label)]
    this = [cell for cell in others if _THIS.search(cell.label) and cell not in last]
    if len(last) == 1 and len(this) == 1 and alike(this[0], last[0]):
        return this[0], last[0]
    dated = [(int(years[-1]), cell) for cell in others if (years := _YEAR.findall(cell.label))]
    if len(dated) == 2 and abs(dated[0][0] - dated[1][0]) == 1 and alike(dated[0][1], dated[1][1]):
        (_, before), (_, now) = sorted(dated, key=lambda pair: pair[0])
        return now, before
    return None
