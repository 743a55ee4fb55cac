"""Recomputing with the intervals that the writing of numbers allows, and writing results as the report writes them."""

import re
from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from pipeline.quantity import Interval
from pipeline.records import Claim, Quantity, Report

Verdict = Literal["agrees", "cut off", "apart"]
Formula = Callable[[Sequence[Interval]], Interval | None]

_NUMBER = re.compile(r"\d(?:[\d,，\s]*\d)?(?:\.\d+)?")
_MARKS = re.compile(r"[,，\s]")
_MAGNITUDES = (
    (Decimal(10) ** 8, "亿"), (Decimal(10) ** 7, "千万"), (Decimal(10) ** 4, "万"), (Decimal(1000), "千"), (Decimal(100), "百"),
)  # fmt: skip
_TWO = Decimal(2)


def judge(stated: Quantity, given: Sequence[Quantity], formula: Formula) -> Verdict | None:
    """Whether ``stated`` can be what ``formula`` makes of ``given``, all rounded to what is written; ``cut off``: only if
    digits were cut off instead of rounded. None where the formula gives nothing (division by zero, unbounded)."""
    exact = formula([Interval.of(quantity) for quantity in given])
    if exact is None or (exact.low is None and exact.high is None):
        return None
    if exact.meets(Interval.of(stated)):
        return "agrees"
    loose = formula([cut_off(quantity) for quantity in given])
    return "cut off" if loose is not None and loose.meets(cut_off(stated)) else "apart"


def cut_off(quantity: Quantity) -> Interval:
    """The interval of a number that may have been rounded or had its further digits cut off."""
    value, low, high = quantity.value, quantity.low, quantity.high
    if value is None or low is None or high is None or quantity.qualifier not in ("none", "reach") or low == high:
        return Interval.of(quantity)
    return Interval(low, value + (high - value) * _TWO, quantity.low_closed, False)


def as_written(claim: Claim, report: Report) -> Interval:
    """The interval of a number by its own digits, whatever the list that it stands in is written to."""
    quantity = claim.quantity
    value, low, high = quantity.value, quantity.low, quantity.high
    if value is None or low is None or high is None or low == high or quantity.qualifier not in ("none", "reach"):
        return Interval.of(quantity)
    magnitude, _ = _magnitude(claim, report)
    half = max(magnitude.scaleb(-quantity.places) / _TWO, high - value)
    return Interval(value - half, value + half, True, True)


def written(value: Decimal, claim: Claim, report: Report) -> str:
    """``value`` in the unit and magnitude in which ``claim`` is written (4862000 beside 512.40万元 → 486.20万元)."""
    quantity = claim.quantity
    magnitude, word = _magnitude(claim, report)
    places = quantity.places if quantity.kind != "percent" else max(quantity.places, 2)
    number = (value / magnitude).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    exact = value / magnitude
    if number != exact and quantity.kind == "money":
        number = exact.quantize(Decimal("0.01"), ROUND_HALF_UP) if places < 2 else number
    return f"{number:f}{word}{quantity.unit}"


def _magnitude(claim: Claim, report: Report) -> tuple[Decimal, str]:
    found = _NUMBER.search(report.quote(claim.span))
    value = claim.quantity.value
    if found is None or not value:
        return Decimal(1), ""
    number = Decimal(_MARKS.sub("", found.group()))
    if not number:
        return Decimal(1), ""
    for magnitude, word in _MAGNITUDES:
        if value == number * magnitude:
            return magnitude, word
    return Decimal(1), ""
