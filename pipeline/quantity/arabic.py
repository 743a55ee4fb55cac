"""Numbers in Arabic figures: thousands separators, spaces that recognition left, magnitude words, 25万6千, 300余万, 几."""

import re
from decimal import Decimal

from pipeline.quantity.number import Number, power

_M = "万亿萬億"
# Repetitions are bounded and possessive, so that no input is read twice. A comma between digits is a separator where groups
# of three follow; a full-width one only before decimals or an amount of money; a space only before decimals.
_FIGURE = re.compile(
    r"(?P<digits>(?:[0-9]{1,3}(?:(?:,[0-9]{3}){1,7}+(?![0-9,])|(?:，[0-9]{3}){1,7}+(?=\.[0-9]|[ ]?[万亿]?元)|(?:[ ][0-9]{3}){1,7}+(?=\.[0-9]))"
    r"|[0-9]{1,24}+)"
    r"(?:[ ]?\.[ ]?(?!(?:19|20)[0-9]{2}[ ]?年)[0-9]{1,16}+(?:[ ][0-9]{1,2}(?=[ ]?(?:[万亿]|元|分|%)))?)?)"
    r"(?P<inner>余|多|几|个多)?"
    rf"(?:[ ]?(?P<magnitude>[十百千]?[{_M}]{{1,2}}|[百千](?!分之))(?P<rest>(?:[0-9]{{1,4}}+[{_M}十百千]{{1,2}}){{0,3}}(?:[0-9]{{2,8}}+)?))?"
)
_REST = re.compile(rf"([0-9]+)([{_M}十百千]*)")
_SEPARATORS = str.maketrans("", "", " ,，")
_ONE = Decimal(1)


def read(text: str, at: int) -> Number | None:
    """The number whose first figure stands at ``at`` in a ``plain`` text."""
    found = _FIGURE.match(text, at)
    if found is None:
        return None
    digits, inner, magnitude, rest = found.groups()
    end = found.end()
    digits = digits.translate(_SEPARATORS)
    point = digits.find(".")
    places = 0 if point < 0 else len(digits) - point - 1
    value = Decimal(digits)
    if magnitude is None:
        if inner == "个多":
            inner, end = None, found.end("digits")
        scale = 0
    else:
        scale = power(magnitude)
    if inner == "几":
        return _some(found, value, scale, end)
    step = scale - places
    if scale:
        value = value.scaleb(scale)
        if rest:
            more = None if inner else _lower(rest, scale)
            if more is None:
                end = found.end("magnitude")
            else:
                value, step = value + more[0], more[1]
    return Number(
        at,
        end,
        text[at:end],
        value,
        _ONE.scaleb(step) if step else _ONE,
        places,
        not places and magnitude is None,
        inner is not None,
        False,
        True,
        magnitude is not None,
    )


def _lower(rest: str, scale: int) -> tuple[Decimal, int] | None:
    """What 6千 adds to 25万 and the power of its last place; None where it is no part of the number."""
    value, last = Decimal(0), scale
    for part, word in _REST.findall(rest):
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
