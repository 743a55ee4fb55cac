"""Numbers in Chinese numerals: 两千四百五十万, 大写, 一点五亿, 百余, 十来, 三十几, 几十, 二三十."""

import re
from decimal import Decimal

from pipeline import numerals
from pipeline.quantity.number import KILO, POWERS, Number, power

DIGITS = "〇零一二三四五六七八九两壹贰叁肆伍陆柒捌玖"
NUMERALS = f"{DIGITS}十百千万亿拾佰仟廿卅"
_M = "万亿"
_PLACES = "十百千万亿拾佰仟"
_CAPITALS = frozenset("壹贰叁肆伍陆柒捌玖拾佰仟")
_FEW = re.compile(rf"[几数]([十百千{_M}]{{1,3}}+)")
_ONE_NUMERAL = rf"(?!{KILO})[{NUMERALS}]"
# Spaces that recognition left stand beside a word of place: 三千 八百 六十.
_SPACE = rf"[ ]{{1,2}}(?:(?<=[{_PLACES}][ ])|(?<=[{_PLACES}][ ]{{2}})|(?=[{DIGITS}]?[{_PLACES}]))"
_NUMERAL = re.compile(
    rf"(?P<whole>{_ONE_NUMERAL}(?:(?:{_SPACE})?{_ONE_NUMERAL}){{0,24}}+)(?:点(?P<decimals>[{DIGITS}]{{1,16}}+))?"
    rf"(?:[ ]?(?P<inner>余|多|来|几|个多|多个(?=亿)|个(?=亿(?![级元斤吨]))))?(?:[ ]?(?P<magnitude>(?!{KILO})[十百千{_M}]{{1,2}}+(?!分之)))?"
)
_PAIR = re.compile(
    r"(?<![一二两三四五六七八九〇零])([一二两三四五六七八九])([二三四五六七八九])(?![一二两三四五六七八九〇零])"
)
_ONE = Decimal(1)


def read(text: str, at: int) -> Number | None:
    """The number whose first numeral stands at ``at`` in a ``plain`` text."""
    return _few(text, at) if text[at] in "几数" else _read(text, at, len(text))


def _read(text: str, at: int, limit: int) -> Number | None:
    """The number at ``at`` that ends before ``limit``."""
    found = _NUMERAL.match(text, at, limit)
    if found is None:
        return None
    whole, decimals, inner, magnitude = found.groups()
    if " " in whole:
        joined = whole.replace(" ", "")
        if integer(joined) is None:
            # What a space parts is no one number: 排名第十 三个.
            return _read(text, at, at + whole.index(" "))
        whole = joined
    end = found.end()
    if magnitude is None:
        if inner is not None and "个" in inner:
            inner, end = None, found.end("decimals") if decimals else found.end("whole")
    elif inner is None and decimals is None:
        # All magnitude words of a whole number are in it already.
        magnitude, end = None, found.end("whole")
    scale = _ONE if magnitude is None else _ONE.scaleb(power(magnitude))
    written = text[at:end]
    if decimals is None and inner is None and (pair := _PAIR.search(whole)) is not None and not _by_digit(whole):
        return _between(at, end, written, whole, pair)
    value = integer(whole)
    if value is None:
        return None
    step = place(whole)
    if inner == "几":
        return _some(at, end, written, whole, value, scale)
    places = 0
    if decimals is not None:
        places = len(decimals)
        value += Decimal(f"0.{''.join(str(numerals.DIGITS[c]) for c in decimals)}")
        step = _ONE.scaleb(-places)
    large = magnitude is not None or any(c in _M for c in whole)
    # Written to its last one, or in capitals as sums of money are, a number stands for itself.
    exact = not places and (not large or step * scale == 1 or not _CAPITALS.isdisjoint(whole))
    return Number(
        at, end, written, value * scale, step * scale, places, exact,
        inner in ("余", "多", "个多", "多个"), inner == "来", False, large,
    )  # fmt: skip


def integer(word: str) -> Decimal | None:
    """The integer of a numeral; a leading 万 or 亿 stands for one of it."""
    number = numerals.integer(f"一{word}" if word[0] in _M else word)
    return None if number is None else Decimal(number)


def place(word: str) -> Decimal:
    """The place of the last digit that a numeral writes: 两千四百五十万 → 100000, 两千四百五 → 10."""
    places = word[len(word.rstrip("".join(POWERS))) :]
    if not places and word[-2:-1] in POWERS and word[-2] not in "十拾":
        return _ONE.scaleb(POWERS[word[-2]] - 1)
    return _ONE.scaleb(power(places))


def _few(text: str, at: int) -> Number | None:
    found = _FEW.match(text, at)
    if found is None:
        return None
    scale = _ONE.scaleb(power(found[1]))
    return Number(at, found.end(), found[0], None, scale, magnitude=True, low=2 * scale, high=10 * scale)


def _some(at: int, end: int, written: str, whole: str, value: Decimal, scale: Decimal) -> Number | None:
    """二十几, 一百零几: between the next one and the next ten."""
    if value % 10 or not value:
        return None
    one = _ONE if whole[-1] in "零〇" else place(whole) / 10
    return Number(
        at, end, written, None, scale, magnitude=scale > 1, low=(value + one) * scale, high=(value + 10 * one) * scale
    )


def _between(at: int, end: int, written: str, whole: str, pair: re.Match[str]) -> Number | None:
    """二三十, 三四百, 十七八: two neighbouring digits write the two ends."""
    first, second = numerals.DIGITS[pair[1]], numerals.DIGITS[pair[2]]
    if second != first + 1 and (first, second) != (3, 5):
        return None
    low, high = (integer(whole[: pair.start()] + digit + whole[pair.end() :]) for digit in pair.groups())
    if low is None or high is None or low >= high:
        return None
    return Number(at, end, written, None, place(whole), low=low, high=high, closed=True)


def _by_digit(word: str) -> bool:
    return len(word) != 2 and all(c in numerals.DIGITS for c in word)
