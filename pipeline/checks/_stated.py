"""Numbers that a report says to be made of others: the ways to read what they are made of, and which of them is wrong."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from pipeline.checks._arithmetic import Formula, Verdict, judge
from pipeline.quantity import Interval
from pipeline.records import Claim, Issue, Quantity, Report, Severity

_HUNDRED = Interval.exactly(Decimal(100))
_ONE = Interval.exactly(Decimal(1))
_CUT = "，按截尾可得，疑未四舍五入"
_COARSE = "（各数按句中最多的小数位数计算）"
_MYRIAD = Decimal(10000)
_ONE_UNIT = Decimal(1)
_NUMBER = re.compile(r"\d[\d,，.]*")


@dataclass(frozen=True, slots=True)
class Rule:
    """How a number is made of others: ``formula`` for the interval, ``sign`` between the numbers for the reader."""

    formula: Formula
    show: Callable[[Sequence[str]], str]


@dataclass(frozen=True, slots=True)
class Sense:
    """One way to read ``given`` as what a number is made of; ``sure`` where the words leave no other."""

    given: tuple[Claim, ...]
    rule: Rule
    sure: bool = False


@dataclass(frozen=True, slots=True)
class Wrong:
    """A stated number that no sense agrees with, and the sense that the words give it."""

    claim: Claim
    sense: Sense
    severity: Severity | None
    value: Decimal
    because: str = ""


def _share(given: Sequence[Interval]) -> Interval | None:
    return given[0].percent(given[1])


def _rest(given: Sequence[Interval]) -> Interval | None:
    share = given[0].percent(given[1])
    return None if share is None else _HUNDRED.sub(share)


def _growth(given: Sequence[Interval]) -> Interval | None:
    share = given[0].percent(given[1])
    return None if share is None else share.sub(_HUNDRED)


def _growth_by(given: Sequence[Interval]) -> Interval | None:
    """``given[1]`` more than before makes ``given[0]``."""
    times = given[0].div(given[1])
    return None if times is None else _HUNDRED.div(times.sub(_ONE))


def _fall_by(given: Sequence[Interval]) -> Interval | None:
    times = given[0].div(given[1])
    fall = None if times is None else _HUNDRED.div(times.add(_ONE))
    return None if fall is None else fall.negated()


def _difference(given: Sequence[Interval]) -> Interval | None:
    return given[0].sub(given[1])


def _sum_share(given: Sequence[Interval]) -> Interval | None:
    """The first of ``given`` in all of them."""
    others = Interval.exactly(Decimal(0))
    for other in given[1:]:
        others = others.add(other)
    if not given[0].low or given[0].low <= 0:
        return None
    times = others.div(given[0])
    return None if times is None else _HUNDRED.div(times.add(_ONE))


def _share_of_two(given: Sequence[Interval]) -> Interval | None:
    return given[0].percent(given[1].add(given[2]))


def _rest_of_two(given: Sequence[Interval]) -> Interval | None:
    share = _share_of_two(given)
    return None if share is None else _HUNDRED.sub(share)


SHARE = Rule(_share, lambda words: f"{words[0]}÷{words[1]}")
SHARE_OF_TWO = Rule(_share_of_two, lambda words: f"{words[0]}÷（{words[1]}＋{words[2]}）")
REST_OF_TWO = Rule(_rest_of_two, lambda words: f"1－{words[0]}÷（{words[1]}＋{words[2]}）")
REST = Rule(_rest, lambda words: f"（{words[1]}－{words[0]}）÷{words[1]}")
GROWTH = Rule(_growth, lambda words: f"（{words[0]}－{words[1]}）÷{words[1]}")
GROWTH_BY = Rule(_growth_by, lambda words: f"{words[1]}÷（{words[0]}－{words[1]}）")
FALL_BY = Rule(_fall_by, lambda words: f"－{words[1]}÷（{words[0]}＋{words[1]}）")
DIFFERENCE = Rule(_difference, lambda words: f"{words[0]}－{words[1]}")
SUM_SHARE = Rule(_sum_share, lambda words: f"{words[0]}÷（{'＋'.join(words)}）")


def wrong(
    claim: Claim, senses: Sequence[Sense], stated: Quantity | None = None, signless: bool = False
) -> Wrong | None:
    """``claim`` (or its ``stated`` with a sign) where no sense agrees and one is sure; ``low`` where cut digits explain it."""
    quantity = stated or claim.quantity
    found = _wrong(claim, quantity, senses, signless)
    if found is not None:
        return found
    narrow = [replace(sense, given=_to_one_precision(sense.given)) for sense in senses]
    found = None if narrow == list(senses) else _wrong(claim, quantity, narrow, signless)
    return None if found is None else replace(found, severity="low", because=_COARSE)


def _wrong(claim: Claim, quantity: Quantity, senses: Sequence[Sense], signless: bool) -> Wrong | None:
    chosen: Sense | None = None
    severity: Severity | None = None
    for sense in senses:
        verdict = _judge(quantity, sense, signless)
        if verdict == "agrees":
            return None
        if verdict is None:
            if sense.sure and chosen is None:
                return None
            continue
        if verdict == "cut off" and sense.sure:
            chosen, severity = (sense, "low") if severity is None else (chosen, severity)
        elif sense.sure and chosen is None:
            chosen = sense
    if chosen is None:
        return None
    # What a reader's calculator shows, where every number has a value.
    value = _value(chosen)
    return None if value is None else Wrong(claim, chosen, severity, value, _CUT if severity else "")


def _value(sense: Sense) -> Decimal | None:
    values = [
        Interval.of(one.quantity) if one.quantity.value is None else Interval.exactly(one.quantity.value)
        for one in sense.given
    ]
    exact = sense.rule.formula(values)
    return None if exact is None or exact.low is None or exact.high is None else (exact.low + exact.high) / 2


def _to_one_precision(given: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """Amounts of one sentence in 万元 that are set against each other have the decimals of the finest: 12 beside 9.24 is
    12.00. Amounts in 亿元 are rounded at will and left as they are."""
    if len({(one.quantity.kind, one.span.block) for one in given}) != 1 or given[0].quantity.kind != "money":
        return given
    steps = [_step(one.quantity) for one in given]
    known = [step for step in steps if step is not None]
    if not known or max(known) > _MYRIAD:
        return given
    least = min(known)
    return tuple(
        one if step is None or step == least else replace(one, quantity=_within(one.quantity, least / 2))
        for one, step in zip(given, steps, strict=True)
    )


def _step(quantity: Quantity) -> Decimal | None:
    """One unit of the last digit of a rounded amount; None for one that stands for itself or is hedged."""
    if (
        not quantity.value
        or quantity.low is None
        or quantity.high is None
        or quantity.qualifier not in ("none", "reach")
    ):
        return None
    return quantity.high - quantity.low or None


def _within(quantity: Quantity, half: Decimal) -> Quantity:
    value = quantity.value or Decimal(0)
    return replace(quantity, low=value - half, high=value + half)


def _judge(stated: Quantity, sense: Sense, signless: bool) -> Verdict | None:
    verdict = judge(stated, [one.quantity for one in sense.given], sense.rule.formula)
    if not signless or verdict in (None, "agrees"):
        return verdict
    other = judge(flipped(stated), [one.quantity for one in sense.given], sense.rule.formula)
    return other if verdict == "apart" or other == "agrees" else verdict


def flipped(quantity: Quantity) -> Quantity:
    """``quantity`` with the other sign."""
    return Quantity(
        None if quantity.value is None else -quantity.value,
        None if quantity.high is None else -quantity.high,
        None if quantity.low is None else -quantity.low,
        quantity.high_closed,
        quantity.low_closed,
        quantity.unit,
        quantity.kind,
        quantity.qualifier,
        quantity.places,
    )


def words(claim: Claim, report: Report) -> str:
    """The number of ``claim`` as it is written, without the words before it."""
    quote = "".join(report.quote(claim.span).split())
    found = _NUMBER.search(quote)
    return quote[found.start() :] if found else quote


def percent(value: Decimal, places: int) -> str:
    """``value`` in per cent, with at least two decimals."""
    return f"{value.quantize(_ONE_UNIT.scaleb(-max(places, 2)), ROUND_HALF_UP):f}%"


def issue(found: Wrong, report: Report, what: str) -> Issue:
    """The issue of a wrong percentage; ``what`` names it (执行率)."""
    computed = percent(found.value, found.claim.quantity.places)
    sense = found.sense
    quote = "".join(report.quote(found.claim.span).split())
    formula = sense.rule.show([words(one, report) for one in sense.given])
    return Issue(
        f"{what}：{formula}＝{computed}，与所写的“{quote}”不符{found.because}。",
        (found.claim.span, *dict.fromkeys(one.span for one in sense.given)),
        expected=computed,
        actual=quote,
        severity=found.severity,
    )
