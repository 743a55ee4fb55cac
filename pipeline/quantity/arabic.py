"""Numbers in Arabic figures: thousands separators, spaces that recognition left, magnitude words, 25万6千, 300余万, 几."""

import re
from decimal import Decimal

from pipeline import numerals
from pipeline.quantity.number import KILO, Number, power

# Repetitions are bounded and possessive, so that no input is read twice.
# A comma between digits is a separator where groups of three follow; a full-width one only before decimals or an amount
# of money; a space likewise.
_GROUPS = (
    r"(?:,[0-9]{3}){1,7}+(?![0-9,])"
    r"|(?:，[0-9]{3}){1,7}+(?=\.[0-9]|[ ]?[万亿]?元)"
    r"|(?:,?[ ][0-9]{3}){1,7}+(?=\.[0-9]|[ ]?[万亿]?元)"
)
# A full stop with a year behind it ends a sentence. A space within decimals stands only where a unit follows.
_DECIMALS = (
    r"[ ]?\.[ ]?(?!(?:19|20)[0-9]{2}[ ]?年)[0-9]{1,16}+"
    r"(?:[ ][0-9]{1,2}(?=[ ]?(?:[万亿]|元|分|%)))?"
)
_MAGNITUDE = rf"[十百千]?[万亿]{{1,2}}|(?!{KILO})[百千佰仟](?!分之)"
# What follows a magnitude word and is lower: 25万6千, 3万4000, 1万零500, 100万三千.
_LOWER = (
    r"零?[一二三四五六七八九][一二三四五六七八九十百千万零]{1,10}+"
    r"|(?:零?[0-9]{1,4}+[万亿千百十]{1,2}){0,3}(?:零?[0-9]{2,8}+|零[0-9])?"
)
_FIGURE = re.compile(
    rf"(?P<digits>(?:[0-9]{{1,3}}(?:{_GROUPS})|[0-9]{{1,24}}+)(?:{_DECIMALS})?)"
    r"(?:[ ]?(?P<inner>余(?![额款热地])|多|来(?=[万个人名家户天次])|几|个多|多个(?=亿)|个(?=亿(?![级元斤吨]))))?"
    rf"(?:[ ]?(?P<magnitude>{_MAGNITUDE})(?:[ ]?(?P<outer>[余多](?![额款热地种样]))|(?P<rest>{_LOWER}))?)?"
)
_PART = re.compile(r"([0-9]+)([万亿千百十]*)")
_HUNDREDS = re.compile("([0-9])百([万亿]{1,2})")
_SEPARATORS = str.maketrans("", "", " ,，")
_ONE = Decimal(1)


def read(text: str, at: int) -> Number | None:
    """The number whose first figure stands at ``at`` in a ``plain`` text."""
    found = _FIGURE.match(text, at)
    if found is None:
        return None
    digits, inner, magnitude, outer, rest = found.groups()
    inner, end = inner or outer, found.end()
    plus = inner in ("余", "多", "个多", "多个")
    digits = digits.translate(_SEPARATORS)
    point = digits.find(".")
    places = 0 if point < 0 else len(digits) - point - 1
    value = Decimal(digits)
    if magnitude is None:
        if inner is not None and "个" in inner:
            inner, end = None, found.end("digits")
        scale = 0
    else:
        scale = power(magnitude)
    if inner == "几":
        return _some(found, value, scale, end)
    step, exact = scale - places, not places and magnitude is None
    if rest and magnitude == "千" and (hundreds := _HUNDREDS.fullmatch(rest)) is not None:
        # 3千5百万 is 35 hundreds of 万.
        value, step = value * 10 + Decimal(hundreds[1]), 2 + power(hundreds[2])
        value = value.scaleb(step)
    elif scale:
        value = value.scaleb(scale)
        if rest:
            more = None if plus else _lower(rest, scale)
            if more is None:
                end = found.end("magnitude")
            else:
                value, step, exact = value + more[0], more[1], not more[1]
    return Number(
        at,
        end,
        text[at:end],
        value,
        _ONE.scaleb(step) if step else _ONE,
        places,
        exact,
        plus,
        inner == "来",
        True,
        magnitude is not None,
    )


def _lower(rest: str, scale: int) -> tuple[Decimal, int] | None:
    """What 6千 adds to 25万 and the power of its last place; None where it is no part of the number."""
    if not any(c.isdigit() and c.isascii() for c in rest):
        number = numerals.integer(rest.removeprefix("零"))
        last = power(rest[len(rest.rstrip("千百十")) :])
        return None if number is None or number >= 10**scale else (Decimal(number), last)
    value, last = Decimal(0), scale
    for part, word in _PART.findall(rest):
        lower = power(word)
        if lower >= last or (not word and (len(part) > last or not int(part))):
            return None
        value += Decimal(part).scaleb(lower)
        last = lower
    return value, last


def _some(found: re.Match[str], value: Decimal, scale: int, end: int) -> Number | None:
    """20几, 30几万: between the next one and the next ten."""
    if value % 10 or not value:
        return None
    one = _ONE.scaleb(scale)
    return Number(
        found.start(), end, found.string[found.start() : end], None, one, arabic=True, magnitude=bool(scale),
        low=(value + 1) * one, high=(value + 10) * one,
    )  # fmt: skip
