"""Ranges and lists that share a unit: 2至3小时, 3-5万元, 10%-20%; 分别为12、15、18万元, 12、15和18个."""

import re
from dataclasses import replace
from decimal import Decimal

from pipeline.quantity import arabic, chinese, counted, hedges, units
from pipeline.quantity.mention import Mention, Rejected
from pipeline.quantity.number import Number, last_magnitude
from pipeline.quantity.surroundings import Measured, mention
from pipeline.quantity.units import Unit

_FIRST_OF_SIGN = frozenset("-~至到 (（")
_SIGN = re.compile(r"(?:[(（]含[)）])? ?(?:-{1,2}|~{1,2}|至|到) ?")
_AND = re.compile(r" ?(?:、|和|及|与|以及) ?")
_FROM_GAP = 4
_LONGEST = 24
_NUMBERED = frozenset("项条款点号楼层班栋月期届次批类年日")


def of_two(flat: str, first: Number, unit: Unit | None, last: int) -> Mention | Rejected | None:
    """The range that begins with ``first``, in ``unit`` if one follows it. From and to (由2个至3个) are two quantities."""
    here = first.end if unit is None else counted.gap(flat, first.end) + len(unit.word)
    if flat[here : here + 1] not in _FIRST_OF_SIGN or first.value is None:
        return None
    sign = _SIGN.match(flat, here)
    second = None if sign is None else _number(flat, sign.end())
    if sign is None or second is None or second.value is None:
        return None
    at = counted.gap(flat, second.end)
    other = units.at(flat, at)
    if other is None:
        if not second.magnitude:
            return None
        other = units.NONE
    if unit is not None and (
        unit.unit != other.unit or (sign.group().strip()[-1] in "至到" and _is_from(flat, first.start))
    ):
        return None
    end = at + len(other.word)
    if other.word in ("年", "日") and (first.value >= 100 or second.value >= 100):
        return Rejected(first.start, end, "date")
    low, high = first.value, second.value
    if unit is None and not first.magnitude:
        low *= _shared_magnitude(low, second)
    if low >= high:
        return None
    reason = counted.why_not(flat, second._replace(text="两"), other, at)
    if reason is not None and (other.word != "年" or reason == "date"):
        return Rejected(first.start, end, reason)
    number = first._replace(
        end=second.end, value=None, low=low, high=high, closed=True, places=max(first.places, second.places),
        magnitude=first.magnitude or second.magnitude,
    )  # fmt: skip
    return counted.measure(flat, number, other, end, last, "range")


def of_many(flat: str, first: Number, last: int) -> list[Mention] | None:
    """The quantities of a list of figures of which only the last has a unit; magnitude and unit are those of the last."""
    if not first.arabic or first.value is None or first.magnitude or first.plus:
        return None
    if flat[first.start - 1 : first.start] == "、":
        # Inside a list that was no such list: no list is read twice.
        return None
    numbers, joined = [first], ""
    while len(numbers) < _LONGEST and (sign := _AND.match(flat, numbers[-1].end)) is not None:
        joined = sign.group().strip()
        following = arabic.read(flat, sign.end())
        if following is None or following.value is None:
            return None
        numbers.append(following)
        if following.magnitude or units.at(flat, counted.gap(flat, following.end)) is not None:
            break
    final = numbers[-1]
    at = counted.gap(flat, final.end)
    unit = units.at(flat, at)
    if len(numbers) == 1 or unit is None or unit.word[0] in "年日":
        return None
    # Decimals and changes are no list marks: 提高29、28个百分点.
    told = first.places > 0 or hedges.change(flat, first.start) is not None
    told = told or any(word in flat[max(last, first.start - 12) : first.start] for word in units.words("listed"))
    if not told and (joined == "、" or unit.word in _NUMBERED or flat[first.start - 1 : first.start] == "第"):
        return None
    factor = last_magnitude(final)
    found: list[Mention] = []
    for number in numbers[:-1]:
        if number.value is None:
            return None
        shared = number._replace(
            value=number.value * factor, step=number.step * factor, exact=number.exact and factor == 1
        )
        one = Measured(shared, number.start, number.end, unit.kind, unit.unit, unit.scale)
        found.append(mention(flat, one, found[-1].end if found else last))
    found.append(counted.measure(flat, final, unit, at + len(unit.word), found[-1].end))
    if found[0].change:
        # The word of change before the list is that of all: 分别增长3.1、4.5和6.2个百分点.
        found = [replace(one, direction=found[0].direction, change=True) for one in found]
    return found


def _shared_magnitude(low: Decimal, second: Number) -> Decimal:
    """What the last words of the second number are to the first: 千 in 两到三千, but 万 in 十八到三十万."""
    high = second.value or low
    for magnitude in (last_magnitude(second), last_magnitude(second, "万亿")):
        if low * magnitude < high:
            return magnitude
    return Decimal(1)


def _number(flat: str, at: int) -> Number | None:
    if at >= len(flat):
        return None
    return arabic.read(flat, at) if flat[at] in "0123456789" else chinese.read(flat, at)


def _is_from(flat: str, at: int) -> bool:
    """由, 从 within a few characters before, no figure or pause between."""
    words = units.cue("from")
    for end in range(at, max(-1, at - _FROM_GAP - 1), -1):
        if words.before(flat, end) is not None:
            return True
        if end and flat[end - 1] in "0123456789，。；":
            return False
    return False
