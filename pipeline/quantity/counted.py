"""A number with its unit behind it: the mention, or why there is none."""

import re
from decimal import Decimal

from pipeline import lexicon
from pipeline.quantity import hedges, money, surroundings, units
from pipeline.quantity.mention import Mention, Rejected
from pipeline.quantity.number import Number
from pipeline.quantity.surroundings import Measured
from pipeline.quantity.units import Unit
from pipeline.records import Qualifier

_HALF = Decimal("0.5")
# What 半 halves in 三个半小时, 两个半月.
_HALVED = re.compile("小时|月|工作日")
_BARE_MAGNITUDES = frozenset("百千万亿")
# 半径, 半数, 半年: not a half of the unit before.
_OF_HALF = frozenset("径数价成导挂球圆年月天")
_OF_YEAR = frozenset("度级行规计月来底初期")
_NOT_SCORE = frozenset("年月日:/%-")


def gap(flat: str, at: int) -> int:
    """Past the one or two spaces that may stand between a number and its unit."""
    if flat[at : at + 1] == " ":
        at += 2 if flat[at + 1 : at + 2] == " " else 1
    return at


def read(flat: str, number: Number, unit: Unit | None, last: int) -> Mention | Rejected:
    """What ``number`` with ``unit`` behind it states."""
    start = number.start
    before = flat[start - 1 : start]
    if number.arabic and before.isascii() and before.isalpha():
        strong = unit is not None and (unit.kind in ("money", "percent") or number.magnitude)
        if not (strong and flat[max(0, start - 2) : start].isupper()):
            return Rejected(start, number.end, "code")
    if unit is None:
        return _without_unit(flat, number, last)
    at = gap(flat, number.end)
    reason = why_not(flat, number, unit, at)
    if reason is not None:
        return Rejected(start, at + len(unit.word), reason)
    return measure(flat, number, unit, at + len(unit.word), last)


def measure(flat: str, number: Number, unit: Unit, end: int, last: int, qualifier: Qualifier = "none") -> Mention:
    """The mention of ``number`` in ``unit``, whose writing ends at ``end``."""
    start, exact = number.start, None
    if money.is_signed(flat, start) and start > last:
        start -= 1
    name = unit.unit
    if (half := _with_half(flat, number, unit, end)) is not None:
        (number, unit, end), exact = half, True
        name = unit.unit
    elif unit.word in ("元", "圆"):
        name = money.currency(flat, start) or name
        if (cents := money.with_cents(flat, number, end)) is not None:
            (number, end), exact = cents, True
    one = Measured(number, start, end, unit.kind, name, unit.scale, exact)
    return surroundings.mention(flat, one, last, qualifier)


def _with_half(flat: str, number: Number, unit: Unit, end: int) -> tuple[Number, Unit, int] | None:
    """``number`` with the half that follows its unit at ``end``: 三年半, 一个半小时."""
    if number.value is None or not number.exact or flat[end : end + 1] != "半":
        return None
    end += 1
    if unit.word == "个":
        found = _HALVED.match(flat, end)
        if found is None:
            return None
        unit, end = units.named(f"个{found[0]}"), found.end()
    elif unit.kind not in ("duration", "measure") or flat[end : end + 1] in _OF_HALF:
        return None
    return number._replace(value=number.value + _HALF, places=1), unit, end


def _without_unit(flat: str, number: Number, last: int) -> Mention | Rejected:
    """A number that only its magnitude word, its sign of money or a score before it makes a quantity."""
    start, end = number.start, number.end
    following = flat[end : end + 1]
    if money.is_signed(flat, start):
        return measure(flat, number, units.named("元"), end, last)
    if number.arabic and not number.magnitude:
        if (
            number.value is not None
            and number.value <= 1000
            and following not in _NOT_SCORE
            and surroundings.follows_score(flat, start)
        ):
            return measure(flat, number, units.named("分"), end, last)
    elif number.magnitude and (
        number.arabic
        or number.value is None
        or number.plus
        or len(number.text) > 2
        or hedges.before(flat, start) is not None
        or hedges.after(flat, end, "count") is not None
    ):
        if following and following in "级强":
            return Rejected(start, end, "name")
        return measure(flat, number, units.NONE, end, last)
    return Rejected(start, end, "bare")


def why_not(flat: str, number: Number, unit: Unit, at: int) -> str | None:
    """Why ``number`` with ``unit``, which stands at ``at``, states no quantity; None where it does."""
    end = at + len(unit.word)
    if unit.word == "年":
        return _year(flat, number, end)
    if unit.word == "日" and hedges.after(flat, end, "duration") is None:
        return "date"
    if not number.arabic:
        return _numeral(flat, number, unit, end)
    if unit.kind == "score" and number.magnitude:
        return "name"
    if at > number.end and unit.word in ("m", "t", "L"):
        return "name"
    return None


def _numeral(flat: str, number: Number, unit: Unit, end: int) -> str | None:
    """Chinese numerals are often part of a name or an idiom."""
    start, word = number.start, number.text
    if unit.numeral == "arabic" and not number.magnitude and _is_small(number, unit):
        return "name"
    if word in ("零", "〇"):
        return "idiom"
    if unit.kind == "score" and units.cue("points").before(flat, start) is None:
        return "idiom"
    if number.value is None or number.plus:
        return None
    if word in _BARE_MAGNITUDES and flat[start - 1 : start] not in ("上", "成") and hedges.before(flat, start) is None:
        return "idiom"
    if word in ("一", "二"):
        return _one(flat, number, unit, end)
    if unit.word == "大" and number.value > 12:
        return "name"
    if unit.word == "层" and len(word) == 1 and units.cue("layer").before(flat, start) is None:
        return "floor"
    if unit.kind == "count" and any(flat.startswith(phrase, end) for phrase in _rhetoric()):
        return "rhetoric"
    return None


def _one(flat: str, number: Number, unit: Unit, end: int) -> str | None:
    """一 and 二 before a unit count only with words that say so: 共一个, 一年半, 一天内."""
    if unit.kind == "money":
        return None
    start = number.start
    if unit.kind == "count" and units.cue("one").before(flat, start) is not None:
        return None
    if number.text == "二":
        return "ordinal"
    if flat[end : end + 1] == "半":
        return None
    if unit.kind == "duration" and hedges.after(flat, end, "duration") is not None:
        return None
    if unit.kind != "count" and (hedges.before(flat, start) is not None or hedges.change(flat, start) is not None):
        return None
    return "idiom"


def _year(flat: str, number: Number, end: int) -> str | None:
    """年 is a duration only where the writing says so: 期限3年, 3年以上, 一年半."""
    if number.value is not None and number.value >= 100:
        return "date"
    following = flat[end : end + 1]
    if following == "半" or (number.arabic and number.places):
        return None
    if hedges.after(flat, end, "duration") is not None and not flat.startswith("内的", end):
        return None
    announced = units.cue("years").before(flat, number.start) or hedges.before(flat, number.start)
    if announced is not None and following not in _OF_YEAR:
        return None
    return "period"


def _is_small(number: Number, unit: Unit) -> bool:
    """三米 may be part of a name, 三百米 and 一百二十对 are not."""
    if unit.kind == "measure":
        return len(number.text) == 1
    return number.value is None or number.value < 100


def _rhetoric() -> list[str]:
    words: list[str] = lexicon.load("lookalikes")["rhetoric"]["words"]
    return words
