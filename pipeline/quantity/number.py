"""Number words and figures as written: Arabic, Chinese, 大写 and mixed (25万6千), with vague ones (十几, 二三十)."""

import re
from dataclasses import dataclass
from decimal import Decimal

from pipeline import numerals

_D = "〇零一二三四五六七八九两壹贰叁肆伍陆柒捌玖"
_U = "十百千拾佰仟廿卅"
_M = "万亿萬億"
_CAPITALS = frozenset("壹贰叁肆伍陆柒捌玖拾佰仟萬億")
_MAGNITUDE = rf"(?:[十百千]?[{_M}]{{1,2}}|[百千](?!分之))"

# Arabic digits in groups, OCR spaces about the point, never longer than 24 digits, so that no input is read twice.
_ARABIC = (
    r"(?:\d{1,3}(?:,\d{3})++(?![\d,])|\d{1,3}(?:，\d{3})++(?=\.\d)|\d{1,3}(?:，\d{3})++(?= ?[万亿]?元)|\d{1,3}(?: \d{3})++(?=\.\d)|\d{1,24}+)"
    r"(?: ?\. ?\d{1,16}+(?: \d{1,2}(?= ?(?:[万亿]|元|分|%)))?)?"
)
_CHINESE = rf"[{_D}{_U}{_M}]{{1,24}}+(?:点[{_D}]{{1,8}}+)?"
NUMBER = re.compile(
    rf"(?P<arabic>{_ARABIC})(?P<inner>余|多|几|个多)? ?(?:(?P<mag>{_MAGNITUDE})(?P<rest>(?:\d{{1,4}}+[{_M}十百千]{{1,2}}){{0,3}}(?:\d{{2,8}}+)?))?"
    rf"|(?P<lead>[几数])(?P<vague>[十百千{_M}]{{1,3}}+)"
    rf"|(?P<chinese>{_CHINESE})(?P<cinner>余|多|来|几|个多)?(?P<cmag>[十百千{_M}]{{1,2}}+(?!分之))?"
)
_REST = re.compile(rf"(\d+)([{_M}十百千]*)")
_PAIR = re.compile(r"(?<![一二两三四五六七八九〇零])([一二两三四五六七八九])([二三四五六七八九])(?![一二两三四五六七八九〇零点])")
_POWERS = {"十": 1, "百": 2, "千": 3, "拾": 1, "佰": 2, "仟": 3, "万": 4, "萬": 4, "亿": 8, "億": 8}


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written.

    ``value`` None: vague, between ``low`` (in) and ``high`` (out; in where ``closed``). ``step`` is one unit of the last
    written digit. ``exact``: a plain integer, which stands for itself. ``plus``: 余/多 is in the number.
    """

    start: int
    end: int
    value: Decimal | None
    low: Decimal
    high: Decimal
    closed: bool
    step: Decimal
    places: int
    exact: bool
    plus: bool
    about: bool
    arabic: bool
    magnitude: bool
    text: str


def _power(word: str) -> int:
    return sum(_POWERS[c] for c in word)


def read(text: str, at: int) -> Number | None:
    """The number that starts at ``at`` in a ``plain`` text."""
    found = NUMBER.match(text, at)
    if found is None:
        return None
    if found["arabic"] is not None:
        return _arabic(found)
    if found["lead"] is not None:
        return _few(found)
    return _chinese(text, found)


def _arabic(found: re.Match[str]) -> Number | None:
    digits = re.sub("[ ,，]", "", found["arabic"])
    value = Decimal(digits)
    places = len(digits.partition(".")[2])
    inner, magnitude = found["inner"], found["mag"] or ""
    end = found.end()
    rest = found["rest"] or ""
    if inner == "个多" and not magnitude:
        inner, end = None, found.end("arabic")
    elif inner and not magnitude:
        end = found.end("inner")
    elif not magnitude:
        end = found.end("arabic")
    power = _power(magnitude)
    if inner == "几":
        if "." in digits or value % 10 != 0 or value == 0:
            return None
        scale = Decimal(10) ** power
        return Number(found.start(), end, None, (value + 1) * scale, (value + 10) * scale, False, scale, 0, False, False, False, True, bool(magnitude), found.group())
    step_power = power - places
    value = value.scaleb(power)
    if rest:
        if inner:
            rest, end = "", found.end("mag")
        for part, word in _REST.findall(rest):
            lower = _power(word)
            if lower >= power or (not word and len(part) > power) or int(part) == 0 and not word:
                rest, end, value = "", found.end("mag"), Decimal(digits).scaleb(power)
                step_power = power - places
                break
            value += Decimal(part).scaleb(lower)
            step_power = lower
    plus = inner in ("余", "多", "个多")
    step = Decimal(1).scaleb(step_power)
    exact = places == 0 and not magnitude
    return Number(found.start(), end, value, value, value, True, step, places, exact, plus, False, True, bool(magnitude), found.string[found.start() : end])


def _few(found: re.Match[str]) -> Number | None:
    scale = Decimal(1).scaleb(_power(found["vague"]))
    return Number(found.start(), found.end(), None, 2 * scale, 10 * scale, False, scale, 0, False, False, False, False, True, found.group())


def _chinese(text: str, found: re.Match[str]) -> Number | None:
    written = found["chinese"]
    inner, after = found["cinner"], found["cmag"] or ""
    end = found.end()
    if not after and inner:
        end = found.end("cinner")
    if inner == "个多" and not after:
        inner, end = None, found.end("chinese")
    if not inner and after:
        after, end = "", found.end("chinese")
    whole, _, decimals = written.partition("点")
    # 一点五亿: the magnitude after the decimals belongs to the number.
    if decimals:
        tail = re.compile(rf"[{_M}]{{1,2}}").match(text, found.end("chinese"))
        if tail and not inner:
            after, end = tail.group(), tail.end()
    power = _power(after)
    scale = Decimal(1).scaleb(power)
    written_text = text[found.start() : end]
    pair = _PAIR.search(whole)
    if pair and not decimals and not inner and not _digits_only(whole):
        first, second = numerals.DIGITS[pair[1]], numerals.DIGITS[pair[2]]
        if second == first + 1 or (first, second) == (3, 5):
            low = _integer(whole[: pair.start()] + pair[1] + whole[pair.end() :])
            high = _integer(whole[: pair.start()] + pair[2] + whole[pair.end() :])
            if low is None or high is None or low >= high:
                return None
            return Number(found.start(), end, None, low * scale, high * scale, True, scale, 0, False, False, False, False, False, written_text)
    integer = _integer(whole)
    if integer is None:
        return None
    value = integer
    places = len(decimals)
    if decimals:
        value += Decimal("0." + "".join(str(numerals.DIGITS[c]) for c in decimals))
    if inner == "几":
        if integer % 10 or not integer:
            return None
        low = integer + integer_step(whole) / 10
        return Number(found.start(), end, None, low * scale, (integer + integer_step(whole)) * scale, False, scale, 0, False, False, False, False, False, written_text)
    value *= scale
    magnitude = bool(after) or any(c in _M for c in whole)
    step = (Decimal(1).scaleb(-places) if decimals else integer_step(whole)) * scale
    exact = not decimals and (not magnitude or any(c in _CAPITALS for c in whole))
    return Number(found.start(), end, value, value, value, True, step, places, exact, inner in ("余", "多", "个多"), inner == "来", False, magnitude, written_text)


def _digits_only(word: str) -> bool:
    return all(c in numerals.DIGITS for c in word) and len(word) != 2


def _integer(word: str) -> Decimal | None:
    if word and word[0] in _M:
        word = "一" + word
    number = numerals.integer(word)
    return None if number is None else Decimal(number)


def integer_step(word: str) -> Decimal:
    """The place of the last digit that a Chinese numeral writes: 两千四百五十万 → 100000."""
    power = 0
    for c in reversed(word):
        if c not in _POWERS:
            break
        power += _POWERS[c]
    return Decimal(1).scaleb(power)
