"""A number as written, whatever its script: the noun that the readers of figures and of numerals share."""

from decimal import Decimal
from typing import NamedTuple

POWERS = {"十": 1, "百": 2, "千": 3, "拾": 1, "佰": 2, "仟": 3, "万": 4, "亿": 8}
# 千 before these is part of the unit: 12千米.
KILO = "千(?=[米克瓦伏卡焦帕]|字节|比特|赫兹)"


class Number(NamedTuple):
    """A number and how it is written.

    ``value`` None: vague or a range, between ``low`` (in) and ``high`` (in where ``closed``); else the two are unused.
    ``step`` is one unit of the last written digit, ``places`` the decimals before a magnitude word. ``exact``: a plain
    integer, which stands for itself. ``plus``: 余/多 is in the number; ``about``: 来. ``magnitude``: ends in a magnitude
    word or has one.
    """

    start: int
    end: int
    text: str
    value: Decimal | None
    step: Decimal
    places: int = 0
    exact: bool = False
    plus: bool = False
    about: bool = False
    arabic: bool = False
    magnitude: bool = False
    low: Decimal = Decimal(0)
    high: Decimal = Decimal(0)
    closed: bool = False


def power(word: str) -> int:
    """The power of ten that a magnitude word writes: 千万 → 7."""
    return sum(POWERS[c] for c in word)


def last_magnitude(number: Number, words: str = "十百千佰仟万亿") -> Decimal:
    """The magnitude that a number's last ``words`` give: 1 for 5, 10000 for 5万."""
    return Decimal(1).scaleb(power(number.text[len(number.text.rstrip(words)) :]))
