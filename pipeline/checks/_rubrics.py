"""A printed scoring standard and the report's own results that it is to be applied to."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from pipeline import standard
from pipeline.checks._reached import compared, less_is_better, noted
from pipeline.indicators import Entry, Indicator, Sheet
from pipeline.quantity import Interval
from pipeline.records import Claim, Reading, Span
from pipeline.standard import Standard

_COMPLETION = re.compile(r"完成(?:率|比例|比|度)|^比例$")
_ANYTHING = re.compile(r"(?:完成|执行|目标|实际|指标|结果|比例|数值|数量|值|率|情况|数|度|额)+")
_RATE = re.compile(r"[\u4e00-\u9fff]{2,}(?:率|满意度|比例|比重|占比|覆盖面)")
_EXECUTION = re.compile(r"(?:预算|资金|经费|支出).{0,4}执行率?|支出进度")
_FAULT = re.compile(r"违规|违纪|违法|事故|投诉|差错|错误|缺陷|舆情|问题|瑕疵|遗漏|不合格|不符合|漏[报登记]|迟[报交]")
_DELAY = re.compile(r"逾期|延期|超期|延迟|推迟|延后|滞后|超时")
_CHANGE = re.compile(r"变动|变化|增长|增幅|增减|升幅|控制率|调整率")
_FALL = re.compile(r"下降|减少|降低|压减|节约|负增长|减[0-9]")
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Applied:
    """The standard with the report's results for it: the same one by each reading of what it is a rate of.

    ``spans`` are where the results stand.
    """

    standard: Standard
    results: tuple[Interval | str, ...]
    spans: tuple[Span, ...]


def applied(one: Indicator, sheet: Sheet, reading: Reading) -> Applied | None:
    """None where the standard is not regular, or the report has no number or word that it decides."""
    if one.standard is None or one.standard.blank or one.weight is None or one.weight.value <= 0:
        return None
    read = standard.parse(one.standard.text, one.weight.value)
    if read is None:
        return None
    if read.outcomes or (read.counts == "delay" and not _numbers(one.result, read.unit)):
        return _by_words(read, one)
    if read.counts:
        return _counted(read, one)
    if _COMPLETION.search(read.subject):
        return _completed(read, one)
    return _valued(read, one, sheet, reading)


def _by_words(read: Standard, one: Indicator) -> Applied | None:
    # A reason says that the word is not the whole result.
    if one.result is None or one.result.blank or noted(one):
        return None
    return Applied(read, (one.result.text,), beginning(one.result))


def _counted(read: Standard, one: Indicator) -> Applied | None:
    """The faults or the delay that the result counts."""
    found = _numbers(one.result, read.unit)
    if one.result is None or len(found) != 1:
        return None
    delayed = read.counts == "delay"
    said = _DELAY.search(one.result.text) if delayed else _FAULT.search(one.name.text + one.result.text)
    return Applied(read, (Interval.of(found[0].quantity),), (found[0].span,)) if said else None


def _completed(read: Standard, one: Indicator) -> Applied | None:
    """By the rate of completion: the result's share of the target, or the rate itself where the result is one."""
    if one.result is None or less_is_better(one):
        return None
    results: list[Interval | str] = []
    pair = compared(one)
    target = None if pair is None else pair[0].value if pair[0].value is not None else pair[0].low
    if pair is not None and target:
        share = Interval.of(pair[1]).percent(Interval.exactly(target))
        results += [share] if share is not None else []
    stated = [*_numbers(one.result, "%"), *_numbers(one.completion, "%")]
    results += [Interval.of(claim.quantity) for claim in stated]
    if read.needs_target:
        against = standard.against(read, _HUNDRED)
        if against is None:
            return None
        read = against
    spans = tuple(claim.span for claim in stated) or beginning(one.result)
    return Applied(read, tuple(results), spans) if results else None


def _valued(read: Standard, one: Indicator, sheet: Sheet, reading: Reading) -> Applied | None:
    """By the indicator's own number."""
    said = one.name.text + (one.result.text if one.result else "")
    if read.subject and not _ANYTHING.fullmatch(read.subject) and not _akin(read.subject, said):
        return None
    if read.needs_target:
        pair = compared(one)
        target = None if pair is None else pair[0].value if pair[0].value is not None else pair[0].low
        if pair is None or target is None or (read.unit and not _fits(pair[0].unit, read.unit)):
            return None
        against = standard.against(read, target, less_is_better(one))
        if against is None or one.result is None:
            return None
        claim = next(claim for claim in one.result.claims if claim.quantity == pair[1])
        unit = read.unit or pair[1].unit
        return Applied(against, (Interval.of(pair[1]),), (claim.span,)) if _fits(pair[1].unit, unit) else None
    found = _numbers(one.result, read.unit)
    if not found and read.unit == "%" and (one.result is None or one.result.blank):
        found = _stated(read, one, sheet, reading)
    if len(found) != 1:
        return None
    result = _signed(found[0], one)
    return None if result is None else Applied(read, (result,), (found[0].span,))


def _signed(claim: Claim, one: Indicator) -> Interval | None:
    """A fall of a rate of change is below zero; of anything else nothing is known."""
    words = one.result.text if one.result else ""
    result = Interval.of(claim.quantity)
    if claim.direction != "down" and not _FALL.search(words):
        return result
    return result.negated() if _CHANGE.search(one.name.text) and claim.direction == "down" else None


def _stated(read: Standard, one: Indicator, sheet: Sheet, reading: Reading) -> list[Claim]:
    """The rate that the report states elsewhere under the indicator's name, where it states one only."""
    named = _RATE.search(read.subject) or _RATE.search("".join(one.name.text.split()))
    if named is None:
        return []
    if _EXECUTION.search(named.group()) and sheet.execution is not None and sheet.execution.rate is not None:
        return _numbers(sheet.execution.rate, "%")
    claims = [
        claim
        for claim in reading.claims
        if claim.metric == named.group()
        and claim.quantity.unit == "%"
        and claim.quantity.qualifier == "none"
        and claim.source == "prose"
        and claim.role not in ("target", "change", "from")
    ]
    return claims[:1] if len({claim.quantity.value for claim in claims}) == 1 else []


def _numbers(entry: Entry | None, unit: str) -> list[Claim]:
    claims = entry.claims if entry is not None else ()
    return [claim for claim in claims if _bounded(claim) and _fits(claim.quantity.unit, unit)]


def beginning(entry: Entry) -> tuple[Span, ...]:
    """Where an entry's words begin; the first paragraph of a cell may be empty."""
    return tuple(span for span in entry.spans if span.start < span.end)[:1]


def _bounded(claim: Claim) -> bool:
    return claim.quantity.low is not None or claim.quantity.high is not None


def _fits(written: str, unit: str) -> bool:
    """Whether a number in ``written`` is one of a standard in ``unit``; counts may leave the unit to the column."""
    plain = written.removeprefix("个") or written
    return plain == unit or (written == "个" and unit == "项") or (not written and unit != "%")


def _akin(subject: str, said: str) -> bool:
    return any(pair in said for pair in _pairs(subject))


def _pairs(words: str) -> Iterator[str]:
    core = words.removesuffix("率").removesuffix("度")
    return (core[at : at + 2] for at in range(len(core) - 1))
