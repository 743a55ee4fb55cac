"""元角分, 整, the sign ¥ and the currency that is named before an amount."""

import re
from decimal import Decimal
from functools import cache

from pipeline import lexicon, numerals
from pipeline.quantity.chinese import NUMERALS
from pipeline.quantity.endings import Endings
from pipeline.quantity.number import Number

_CENTS = re.compile(rf"(?:([0-9{NUMERALS}]{{1,2}})[角毛])?(?:([0-9{NUMERALS}]{{1,2}})分(?!之))?整?")
_SCALES = (Decimal("0.1"), Decimal("0.01"))


def with_cents(flat: str, number: Number, end: int) -> tuple[Number, int] | None:
    """``number`` with the 角 and 分 that follow 元 at ``end``, and where they end; None where none follow."""
    found = _CENTS.match(flat, end)
    if number.value is None or found is None or found.end() == end:
        return None
    value = number.value
    for word, scale in zip(found.groups(), _SCALES, strict=True):
        if word:
            value += (Decimal(word) if word.isdigit() else Decimal(numerals.integer(word) or 0)) * scale
    return number._replace(value=value), found.end()


def is_signed(flat: str, at: int) -> bool:
    return at > 0 and flat[at - 1] == "¥"


@cache
def _currencies() -> tuple[Endings, dict[str, str]]:
    units: dict[str, str] = lexicon.load("units")["currency"]
    return Endings(units), units


def currency(flat: str, at: int) -> str | None:
    """The unit of the currency that is named just before an amount in 元 at ``at``: 港币3万元."""
    names, units = _currencies()
    name = names.before(flat, at)
    return None if name is None else units[name]
