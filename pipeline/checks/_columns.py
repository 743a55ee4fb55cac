"""Tables whose columns (or rows) stand in a relation: budget, spent and rate; last year, this year and growth; shares."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline import table
from pipeline.checks import _column_growths
from pipeline.checks._changes import Change
from pipeline.checks._disposals import is_disposal
from pipeline.checks._line_cells import GROWTH_LABEL, RATE_LABEL, Cell, alike, as_fraction, is_percent, layouts, near
from pipeline.checks._shares import Stated
from pipeline.checks._stated import REST, SHARE, Rule, Sense, wrong
from pipeline.identity import Same
from pipeline.records import Evidence, Report

_NO_RATE = re.compile(r"税率|利率|费率|控制率|满意|合格率|评分|得分|分值|权重|目标|标准|指标")
_SHARE = re.compile(r"占比|比重|所占|占.{0,12}(?:比例|[%％])|百分比|构成")
_DONE = re.compile(
    r"执行数|执行金额|决算|支出数|实际支出|已支出|实际执行|支付(?!率|进度)|实际使用|使用金额|完成数|实际完成|完成值|完成额|实际到位|到位数|到位金额|已完成|办结|化解|结案|整改|调解成功|回复|实际值|实际数|累计支出|实际支付|执行$|支出$|^B|[（(]B[)）]"
)
_BASE = re.compile(
    r"预算|计划|安排|下达|应到位|批复|目标|指标值|受理|签收|收到|收案|任务|应|合同|年初|^A|[（(]A[)）]|总数"
)
_TOTAL = re.compile(r"^[^，。]{0,8}(?:合计|总计|总额|共计|总支出|总收入)")
_LETTERS = re.compile(r"([A-Za-z\d①-⑩])\s*[/÷]\s*([A-Za-z\d①-⑩])")


@dataclass(frozen=True, slots=True)
class _Tables:
    rates: tuple[Stated, ...]
    growths: tuple[Change, ...]


def rates(evidence: Evidence) -> tuple[Stated, ...]:
    """Rates and shares of tables that their columns explain."""
    return _tables(_Key(evidence)).rates


def growths(evidence: Evidence) -> tuple[Change, ...]:
    """Rates of growth of tables, with the columns that they are said of."""
    return _tables(_Key(evidence)).growths


class _Key(Same):
    __slots__ = ("evidence",)

    def __init__(self, evidence: Evidence) -> None:
        super().__init__(evidence.reading.report)
        self.evidence = evidence


@lru_cache(maxsize=1)
def _tables(key: _Key) -> _Tables:
    report = key.evidence.reading.report
    claims = {claim.span.block: claim for claim in key.evidence.reading.claims if claim.source == "table"}
    found: list[Stated] = []
    changes: list[Change] = []
    if claims:
        for grid in table.of(report):
            for part in grid.parts:
                for lines in layouts(part, claims):
                    found += _rates(lines, report)
                    changes += _column_growths.of_lines(lines, report)
                    found += _shares(lines, report)
    return _Tables(tuple(_once(found)), tuple({one.claim.id: one for one in changes}.values()))


def _once(found: Sequence[Stated]) -> Iterator[Stated]:
    seen: set[str] = set()
    for one in found:
        if one.claim.id not in seen:
            seen.add(one.claim.id)
            yield one


# Rates


def _rates(lines: dict[str, list[Cell]], report: Report) -> Iterator[Stated]:
    columns: dict[str, list[Stated]] = defaultdict(list)
    for line in lines.values():
        for cell in line:
            label = near(cell.label)
            if not is_percent(cell) or not RATE_LABEL.search(label) or _NO_RATE.search(label):
                continue
            if GROWTH_LABEL.search(label) or _SHARE.search(label):
                continue
            senses = list(_pairs(line, cell, label))
            if senses and not as_fraction(cell.claim, senses, report):
                name = label if len(label) <= 12 else "比率"
                columns[cell.label].append(
                    Stated(cell.claim, "rate", re.sub(r"[（(].*", "", name) or "比率", tuple(senses))
                )
    for column in columns.values():
        yield from _trusted(column)


def _pairs(line: Sequence[Cell], rate: Cell, label: str) -> Iterator[Sense]:
    others = [cell for cell in line if not is_percent(cell)]
    rule: Rule = REST if re.search(r"结余|结转|节约|审减|核减", label) else SHARE
    done = [cell for cell in others if _DONE.search(near(cell.label)) and not _base_only(cell)]
    base = [cell for cell in others if _BASE.search(near(cell.label)) and cell not in done]
    letters = _LETTERS.search(label)
    if letters:
        chosen = [
            (one, other)
            for one in others
            for other in others
            if re.search(rf"[（(]\s*{letters[1]}\b", one.label) and re.search(rf"[（(]\s*{letters[2]}\b", other.label)
        ]
    else:
        chosen = [
            (one, other)
            for one in done[::-1]
            for other in base[::-1]
            if not is_disposal(label) or re.search(r"受理|签收|收|件|起|数", other.label)
        ]
    first = True
    for one, other in chosen:
        if alike(one, other) and other.claim.quantity.value:
            yield Sense((one.claim, other.claim), rule, first)
            first = False
    for one in others:
        for other in others:
            if one is not other and alike(one, other) and other.claim.quantity.value:
                yield Sense((one.claim, other.claim), SHARE)
                if rule is REST:
                    yield Sense((one.claim, other.claim), REST)


def _base_only(cell: Cell) -> bool:
    return re.search(r"预算数|计划数|应到位|目标值|年初", near(cell.label)) is not None and not re.search(
        r"执行|实际|决算", near(cell.label)
    )


def _trusted(column: Sequence[Stated]) -> Iterator[Stated]:
    """A column's rates, where the columns chosen explain most of them: else they are not what they are taken for."""
    failing = [one for one in column if wrong(one.claim, one.senses) is not None]
    if len(failing) <= 1 or len(failing) * 3 <= len(column):
        yield from column


# Shares


def _shares(lines: dict[str, list[Cell]], report: Report) -> Iterator[Stated]:
    """A column of shares beside a column of amounts whose total stands in a row of its own."""
    total = next((line for label, line in lines.items() if _TOTAL.search(label.split("·", 1)[-1])), None)
    if total is None:
        return
    columns: dict[tuple[str, str], list[Stated]] = defaultdict(list)
    for line in lines.values():
        if line is total:
            continue
        for at, cell in enumerate(line):
            if not is_percent(cell) or not _SHARE.search(near(cell.label)):
                continue
            for place, one in enumerate(line):
                whole = next((other for other in total if other.label == one.label), None)
                if (
                    place >= at
                    or whole is None
                    or is_percent(one)
                    or not alike(one, whole)
                    or not whole.claim.quantity.value
                ):
                    continue
                sense = Sense((one.claim, whole.claim), SHARE, True)
                columns[cell.label, one.label].append(Stated(cell.claim, "share", "占比", (sense,)))
    best: dict[str, list[Stated]] = {}
    for (label, _), column in columns.items():
        right = _right(column)
        if right * 2 > len(column) and (label not in best or right > _right(best[label])):
            best[label] = column
    for column in best.values():
        yield from (one for one in column if not as_fraction(one.claim, one.senses, report))


def _right(column: Sequence[Stated]) -> int:
    return sum(wrong(one.claim, one.senses) is None for one in column)
