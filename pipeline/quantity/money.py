"""元角分, 整 and the sign ¥."""

import re
from decimal import Decimal

from pipeline import numerals
from pipeline.quantity.chinese import NUMERALS
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
