"""Tables whose columns (or rows) stand in a relation: budget, spent and rate; last year, this year and growth; shares."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from pipeline import table
from pipeline.checks._changes import Change
from pipeline.checks._disposals import is_disposal
from pipeline.checks._shares import Stated
from pipeline.checks._stated import GROWTH, REST, SHARE, Rule, Sense, wrong
from pipeline.identity import Same
from pipeline.records import Claim, Evidence, Report
from pipeline.table import Part

_RATE = re.compile(r"率|完成比例|完成进度|执行进度|支付进度|预算的[%％比]|完成[%％]|[%％]$")
_NO_RATE = re.compile(r"税率|利率|费率|控制率|满意|合格率|评分|得分|分值|权重|目标|标准|指标")
_GROWTH = re.compile(
    r"增减率|增长率|变动率|变化率|增减[（(]?[%％]|增长[（(]?[%％]|增[幅速]|涨幅|增减(?:幅度|比例|百分比)|增长比例|变动(?:幅度|比例)|同比(?!数)|降幅|[±+][%％]|(?:比|较)上年.{0,4}[%％率]"
)
_SHARE = re.compile(r"占比|比重|所占|占.{0,12}(?:比例|[%％])|百分比|构成")
_STEP = re.compile(r"增减(?:额|数|金额|变动)?$|增减额|增长额|差额|变动额|变化额|增加额|比上年(?:增减|增加|减少)?$")
_DONE = re.compile(
    r"执行数|执行金额|决算|支出数|实际支出|已支出|实际执行|支付(?!率|进度)|实际使用|使用金额|完成数|实际完成|完成值|完成额|实际到位|到位数|到位金额|已完成|办结|化解|结案|整改|调解成功|回复|实际值|实际数|累计支出|实际支付|执行$|支出$|^B|[（(]B[)）]"
)
_BASE = re.compile(
    r"预算|计划|安排|下达|应到位|批复|目标|指标值|受理|签收|收到|收案|任务|应|合同|年初|^A|[（(]A[)）]|总数"
)
_LAST = re.compile(r"上年|去年|上一年|上期|同期")
_THIS = re.compile(r"本年|今年|当年|本期|实际|决算|执行")
_YEAR = re.compile(r"20\d\d")
_TOTAL = re.compile(r"^[^，。]{0,8}(?:合计|总计|总额|共计|总支出|总收入)")
_LETTERS = re.compile(r"([A-Za-z\d①-⑩])\s*[/÷]\s*([A-Za-z\d①-⑩])")


@dataclass(frozen=True, slots=True)
class _Cell:
    label: str
    claim: Claim


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
                for lines in _layouts(part, claims):
                    found += _rates(lines, report)
                    changes += _growths(lines, report)
                    found += _shares(lines, report)
    return _Tables(tuple(_once(found)), tuple({one.claim.id: one for one in changes}.values()))


def _once(found: Sequence[Stated]) -> Iterator[Stated]:
    seen: set[str] = set()
    for one in found:
        if one.claim.id not in seen:
            seen.add(one.claim.id)
            yield one


def _layouts(part: Part, claims: dict[int, Claim]) -> Iterator[dict[str, list[_Cell]]]:
    """The rows of a part with their cells under the labels of columns, and its columns with those of rows.

    A line goes under its own label (合计, 人员经费).
    """
    rows: dict[str, list[_Cell]] = {}
    columns: dict[str, list[_Cell]] = defaultdict(list)
    named = False
    for row in part.body:
        line: list[_Cell] = []
        left = ""
        for place in row:
            claim = next((claims[block.index] for block in place.blocks if block.index in claims), None)
            if claim is None:
                continue
            heads, sides = part.column_labels(place), part.row_labels(place)
            if part.is_pairs(place) or not heads:
                line.append(_Cell(sides[-1] if sides else "", claim))
                continue
            left = left or "".join(sides[-1:])
            line.append(_Cell("·".join(heads[-2:]), claim))
            if sides:
                named = named or _RATE.search(sides[-1]) is not None or _GROWTH.search(sides[-1]) is not None
                columns["·".join(heads)].append(_Cell(sides[-1], claim))
        if len(line) > 1:
            rows[f"{len(rows)}·{left}"] = line
    if rows:
        yield rows
    if named:
        yield {f"{at}·{label}": cells for at, (label, cells) in enumerate(columns.items()) if len(cells) > 2}


def _near(label: str) -> str:
    return label.rsplit("·", 1)[-1]


def _percent(cell: _Cell) -> bool:
    return cell.claim.quantity.kind == "percent" and cell.claim.quantity.value is not None


def _alike(one: _Cell, other: _Cell) -> bool:
    first, second = one.claim.quantity, other.claim.quantity
    return (
        first.kind == second.kind
        and first.unit == second.unit
        and first.kind in ("money", "count", "measure", "duration")
    )


# Rates


def _rates(lines: dict[str, list[_Cell]], report: Report) -> Iterator[Stated]:
    columns: dict[str, list[Stated]] = defaultdict(list)
    for line in lines.values():
        for cell in line:
            label = _near(cell.label)
            if not _percent(cell) or not _RATE.search(label) or _NO_RATE.search(label):
                continue
            if _GROWTH.search(label) or _SHARE.search(label):
                continue
            senses = list(_pairs(line, cell, label))
            if senses and not _as_fraction(cell.claim, senses, report):
                name = label if len(label) <= 12 else "比率"
                columns[cell.label].append(
                    Stated(cell.claim, "rate", re.sub(r"[（(].*", "", name) or "比率", tuple(senses))
                )
    for column in columns.values():
        yield from _trusted(column)


def _pairs(line: Sequence[_Cell], rate: _Cell, label: str) -> Iterator[Sense]:
    others = [cell for cell in line if not _percent(cell)]
    rule: Rule = REST if re.search(r"结余|结转|节约|审减|核减", label) else SHARE
    done = [cell for cell in others if _DONE.search(_near(cell.label)) and not _base_only(cell)]
    base = [cell for cell in others if _BASE.search(_near(cell.label)) and cell not in done]
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
        if _alike(one, other) and other.claim.quantity.value:
            yield Sense((one.claim, other.claim), rule, first)
            first = False
    for one in others:
        for other in others:
            if one is not other and _alike(one, other) and other.claim.quantity.value:
                yield Sense((one.claim, other.claim), SHARE)
                if rule is REST:
                    yield Sense((one.claim, other.claim), REST)


def _base_only(cell: _Cell) -> bool:
    return re.search(r"预算数|计划数|应到位|目标值|年初", _near(cell.label)) is not None and not re.search(
        r"执行|实际|决算", _near(cell.label)
    )


def _as_fraction(claim: Claim, senses: Sequence[Sense], report: Report) -> bool:
    """Whether a rate without a per cent sign is written as a fraction of one (0.87) that agrees."""
    quote, quantity = report.quote(claim.span), claim.quantity
    if "%" in quote or "％" in quote or quantity.value is None or abs(quantity.value) > 10:
        return False
    if quantity.low is None or quantity.high is None:
        return True
    hundred = replace(quantity, value=quantity.value * 100, low=quantity.low * 100, high=quantity.high * 100)
    return wrong(claim, senses, hundred) is None


def _trusted(column: Sequence[Stated]) -> Iterator[Stated]:
    """A column's rates, where the columns chosen explain most of them: else they are not what they are taken for."""
    failing = [one for one in column if wrong(one.claim, one.senses) is not None]
    if len(failing) <= 1 or len(failing) * 3 <= len(column):
        yield from column


# Growth


def _growths(lines: dict[str, list[_Cell]], report: Report) -> Iterator[Change]:
    columns: dict[str, list[Change]] = defaultdict(list)
    for line in lines.values():
        for cell in line:
            if not _percent(cell) or not _GROWTH.search(_near(cell.label)):
                continue
            pair = _years(line)
            others = [one for one in line if not _percent(one)]
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
                if one is not other and _alike(one, other) and other.claim.quantity.value
            ]
            if senses and not _as_fraction(cell.claim, senses, report):
                signless = "降" in cell.label or "减少" in cell.label
                columns[cell.label].append(Change(cell.claim, cell.claim.quantity, signless, tuple(senses), base))
    for column in columns.values():
        failing = [one for one in column if not one.base and wrong(one.claim, one.senses, one.stated, one.signless)]
        if len(failing) <= 1 or len(failing) * 3 <= len(column):
            yield from column


def _years(line: Sequence[_Cell]) -> tuple[_Cell, _Cell] | None:
    """The cells of this year and of the last in a line, where its labels tell them."""
    others = [
        cell
        for cell in line
        if not _percent(cell) and not _STEP.search(_near(cell.label)) and not re.search("预算", _near(cell.label))
    ]
    last = [cell for cell in others if _LAST.search(cell.label)]
    this = [cell for cell in others if _THIS.search(cell.label) and cell not in last]
    if len(last) == 1 and len(this) == 1 and _alike(this[0], last[0]):
        return this[0], last[0]
    dated = [(int(years[-1]), cell) for cell in others if (years := _YEAR.findall(cell.label))]
    if len(dated) == 2 and abs(dated[0][0] - dated[1][0]) == 1 and _alike(dated[0][1], dated[1][1]):
        (_, before), (_, now) = sorted(dated, key=lambda pair: pair[0])
        return now, before
    return None


# Shares


def _shares(lines: dict[str, list[_Cell]], report: Report) -> Iterator[Stated]:
    """A column of shares beside a column of amounts whose total stands in a row of its own."""
    total = next((line for label, line in lines.items() if _TOTAL.search(label.split("·", 1)[-1])), None)
    if total is None:
        return
    columns: dict[tuple[str, str], list[Stated]] = defaultdict(list)
    for line in lines.values():
        if line is total:
            continue
        for at, cell in enumerate(line):
            if not _percent(cell) or not _SHARE.search(_near(cell.label)):
                continue
            for place, one in enumerate(line):
                whole = next((other for other in total if other.label == one.label), None)
                if (
                    place >= at
                    or whole is None
                    or _percent(one)
                    or not _alike(one, whole)
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
        yield from (one for one in column if not _as_fraction(one.claim, one.senses, report))


def _right(column: Sequence[Stated]) -> int:
    return sum(wrong(one.claim, one.senses) is None for one in column)
