"""Shares in a writing of their own: 百分之五, 三分之二, 2/3, 八五折, 七成, 一半, 1:1, 翻一番."""

import re
from decimal import Decimal

from pipeline import numerals
from pipeline.quantity import arabic, chinese, hedges, units
from pipeline.quantity.mention import Mention
from pipeline.quantity.number import Number, power
from pipeline.quantity.surroundings import Measured, mention
from pipeline.records import ClaimKind, Quantity

_C = chinese.NUMERALS
_ONE = Decimal(1)
_HUNDRED = Decimal(100)
_HALF = re.compile("一半|半数|半")
_HALF_UNITS = (
    ("年", "年"), ("天", "天"), ("个月", "月"), ("小时", "小时"), ("个小时", "小时"), ("个工作日", "工作日"),
)  # fmt: skip
_PERCENT = re.compile(rf"([十百]?万|[百千佰仟]) ?分 ?之 ?(?=[0-9{_C}几])")
# A mixed number has its whole part before 又: 一又二分之一.
_PARTS = re.compile(
    rf"(?:([{_C}]{{1,9}}+|[0-9]{{1,4}})又)?([{_C}]{{1,6}}|[0-9]{{1,4}})分之([{_C}]{{1,6}}|[0-9]{{1,4}})"
)
_SLASH = re.compile(r"(?<![0-9/.])([0-9]{1,2})/([0-9]{1,3})(?![0-9/.])")
_DISCOUNT = re.compile(
    r"(?:([一二两三四五六七八九])(?:点?([一二三四五六七八九]))?|([0-9](?:\.[0-9])?|[0-9]{2}))折(?![子叠旧合扣射算返])"
)
_NOT_TENTHS = "(?![立为效果功本员绩熟长交型就都渝品分套人])"
_TENTHS = re.compile(
    rf"(?:([一二两三四五六七八九十](?:点[一二三四五六七八九])?)|([0-9](?:\.[0-9])?|10)) ?成(?:(半|[一二三四五六七八九](?![般定次个项户家类批]))|{_NOT_TENTHS})"
)
_TWO_TENTHS = re.compile(rf"([一二两三四五六七八])([二三四五六七八九])成{_NOT_TENTHS}")
_RATIO = re.compile(
    r"(?<![0-9:.-])(?!0[0-9])[0-9]{1,5}(?:\.[0-9]{1,4})?(?: ?[:比] ?[0-9]{1,5}(?:\.[0-9]{1,4})?){1,5}(?![0-9:])"
)
_CLOCK = re.compile(r"[0-9]{1,2}:[0-5][0-9](?::[0-5][0-9])?\Z")
_DOUBLED = re.compile(r"翻(?:了|两|了约)?\Z")


def of_figures(flat: str, number: Number, last: int) -> Mention | None:
    """The share that begins with a number in figures, told by the character behind it."""
    at = number.start
    gap = number.end + 1 if flat[number.end : number.end + 1] == " " else number.end
    match flat[gap : gap + 1]:
        case ":" | "比":
            return _ratio(flat, at)
        case "/":
            return _fraction(flat, at, _SLASH.match(flat, at), last)
        case "分" | "又":
            return _fraction(flat, at, _PARTS.match(flat, at), last)
        case "折":
            return _discount(flat, at, last)
        case "成":
            return _tenths(flat, at, last)
        case "番":
            return _doubled(flat, number, last)
    return None


def of_numerals(flat: str, at: int, last: int) -> Mention | None:
    """The share that begins with a Chinese numeral or 半."""
    if flat[at] == "半" or flat.startswith("一半", at):
        return _half(flat, at, last)
    if (word := _PERCENT.match(flat, at)) is not None:
        return _percent(flat, at, word, last)
    window = flat[at : at + 4]
    if "折" in window and (one := _discount(flat, at, last)) is not None:
        return one
    if "成" in window and (one := _tenths(flat, at, last)) is not None:
        return one
    if flat.find("分之", at, at + 16) >= 0 and (one := _fraction(flat, at, _PARTS.match(flat, at), last)) is not None:
        return one
    if "番" in window and (number := chinese.read(flat, at)) is not None:
        return _doubled(flat, number, last)
    return None


def _half(flat: str, at: int, last: int) -> Mention | None:
    found = _HALF.match(flat, at)
    if found is None:
        return None
    if found.group() == "半":
        for unit, name in _HALF_UNITS:
            if flat.startswith(unit, at + 1):
                return _exactly(flat, at, at + 1 + len(unit), Decimal("0.5"), name, "duration", last)
        if flat[at - 1 : at] not in ("过", "近"):
            return None
    return _exactly(flat, at, found.end(), Decimal(50), "%", "percent", last)


def _percent(flat: str, at: int, word: re.Match[str], last: int) -> Mention | None:
    reader = arabic if flat[word.end()].isdigit() else chinese
    number = reader.read(flat, word.end())
    if number is None:
        return None
    number = number._replace(start=at, exact=False)
    if number.text == "百":
        return _exactly(flat, at, number.end, Decimal(100), "%", "percent", last)
    return mention(flat, Measured(number, at, number.end, "percent", "%", _HUNDRED.scaleb(-power(word[1]))), last)


def _discount(flat: str, at: int, last: int) -> Mention | None:
    found = _DISCOUNT.match(flat, at)
    if found is None:
        return None
    first, second, figure = found.groups()
    if figure is not None:
        value = Decimal(figure) * (1 if len(figure) == 2 else 10)
    else:
        value = Decimal(numerals.DIGITS[first] * 10 + (numerals.DIGITS[second] if second else 0))
    return _exactly(flat, at, found.end(), value, "%", "percent", last)


def _tenths(flat: str, at: int, last: int) -> Mention | None:
    if (pair := _TWO_TENTHS.match(flat, at)) is not None:
        low, high = (Decimal(numerals.DIGITS[digit] * 10) for digit in pair.groups())
        if high != low + 10:
            return None
        number = Number(at, pair.end(), pair.group(), None, Decimal(10), low=low, high=high, closed=True)
        return mention(flat, Measured(number, at, pair.end(), "percent", "%"), last)
    found = _TENTHS.match(flat, at)
    if found is None:
        return None
    numeral, figure, more = found.groups()
    whole, _, tenths = (numeral or "").partition("点")
    value = Decimal(figure) * 10 if figure else Decimal(numerals.integer(whole) or 0) * 10
    value += numerals.DIGITS[tenths] if tenths else 0
    value += 0 if more is None else 5 if more == "半" else numerals.DIGITS[more]
    return _exactly(flat, at, found.end(), value, "%", "percent", last)


def _fraction(flat: str, at: int, found: re.Match[str] | None, last: int) -> Mention | None:
    """三分之二, 2/3以上. What no decimal writes has no value, only bounds to the sixth decimal."""
    if found is None or flat[at - 1 : at] == "又":
        return None
    slash = found.re is _SLASH
    over, below, above = (None, found[2], found[1]) if slash else found.groups()
    part, whole = _integer(above), _integer(below)
    if part <= 0 or not whole or (part >= whole and over is None) or (slash and whole > 10):
        return None
    end = found.end()
    if slash and flat[end : end + 1] not in ("", *"的，。；、）） ") and not hedges.after(flat, end, "fraction"):
        return None
    part += _integer(over) * whole if over else 0
    value = (part / whole).quantize(Decimal("0.000001"))
    if value * whole == part:
        return _exactly(flat, at, end, value, "", "fraction", last)
    number = Number(at, end, found.group(), value, Decimal(0), exact=True)
    one = mention(flat, Measured(number, at, end, "fraction", "", exact=True), last)
    quantity = one.quantity
    vague = Quantity(
        None, quantity.low, quantity.high, quantity.low_closed, quantity.high_closed, "", "fraction", quantity.qualifier
    )
    return Mention(one.start, one.end, vague, one.core, one.direction, one.change)


def _integer(word: str) -> Decimal:
    """The number that figures or numerals write; 0 for what is none."""
    return Decimal(word) if word.isdigit() else Decimal(numerals.integer(word) or 0)


def _ratio(flat: str, at: int) -> Mention | None:
    found = _RATIO.match(flat, at)
    if found is None:
        return None
    end = found.end()
    named = any(word in flat[max(0, at - 12) : at] for word in units.words("ratio")) or "比例" in flat[end : end + 6]
    if not named and _CLOCK.match(found.group()):
        return None
    if "比" in found.group() and flat[end : end + 1] == "分":
        return None
    return Mention(at, end, Quantity(None, None, None, False, False, "", "ratio"), at)


def _doubled(flat: str, number: Number, last: int) -> Mention | None:
    """翻两番 is four times as much."""
    found = _DOUBLED.search(flat, max(last, number.start - 3), number.start)
    if found is None or number.value is None or not number.exact or number.value > 20:
        return None
    start = found.start()
    value = Decimal(2) ** int(number.value)
    one = _exactly(flat, start, number.end + 1, value, "倍", "multiple", last)
    return Mention(one.start, one.end, one.quantity, number.start, one.direction, one.change)


def _exactly(flat: str, start: int, end: int, value: Decimal, unit: str, kind: ClaimKind, last: int) -> Mention:
    number = Number(start, end, flat[start:end], value, _ONE, exact=True)
    return mention(flat, Measured(number, start, end, kind, unit, exact=True), last)
