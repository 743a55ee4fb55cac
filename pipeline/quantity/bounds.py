"""The interval that a writing allows, by its hedge (contract: claims, ``low`` and ``high``)."""

from decimal import Decimal

from pipeline.quantity.number import Number
from pipeline.records import ClaimKind, Qualifier, Quantity

_TENTH = Decimal("0.1")
_ZERO = Decimal(0)
# A whole number of a continuous amount is rounded to its last digit; of things, days or yuan it stands for itself.
_CONTINUOUS = frozenset({"percent", "pp", "measure"})


def quantity(
    number: Number, unit: str, kind: ClaimKind, qualifier: Qualifier, factor: Decimal = Decimal(1), exact: bool | None = None
) -> Quantity:
    """``number`` times ``factor`` as a quantity. ``exact`` overrides whether the number stands for itself."""
    places = number.places
    if number.value is None:
        low, high = number.low * factor, number.high * factor
        return Quantity(None, _tidy(low), _tidy(high), True, number.closed, unit, kind, "vague", places)
    value = number.value * factor
    if exact is None:
        exact = number.exact and kind not in _CONTINUOUS or (value == 0 and not places)
    low, high, low_closed, high_closed = interval(value, number.step * abs(factor), qualifier, exact)
    return Quantity(_tidy(value), low, high, low_closed, high_closed, unit, kind, qualifier, places)


def interval(
    value: Decimal, step: Decimal, qualifier: Qualifier, exact: bool
) -> tuple[Decimal | None, Decimal | None, bool, bool]:
    """Low, high, and whether each end is closed. ``step`` is one unit of the last written digit."""
    size = abs(value)
    match qualifier:
        case "near":
            low, high = sorted((value, value - value * _TENTH))
            return (_tidy(low), _tidy(high), True, False) if value >= 0 else (_tidy(low), _tidy(high), False, True)
        case "about":
            return _tidy(value - size * _TENTH), _tidy(value + size * _TENTH), True, True
        case "over":
            return _tidy(value), None, False, False
        case "over_incl" | "vague":
            return _tidy(value), None, True, False
        case "under":
            return min(_ZERO, value), _tidy(value), True, False
        case "under_incl":
            return min(_ZERO, value), _tidy(value), True, True
        case "plus":
            last = Decimal(1).scaleb(int(value.normalize().as_tuple().exponent)) if value else step
            return _tidy(value), _tidy(value + last), True, False
        case _:
            half = _ZERO if exact else step / 2
            low = value - half
            # An amount written as 0.00 is not negative.
            return _tidy(max(low, _ZERO) if value == 0 else low), _tidy(value + half), True, True


def _tidy(value: Decimal) -> Decimal:
    """Without trailing zeros or exponent: 1.2E+5 → 120000."""
    if value == value.to_integral_value():
        return value.quantize(Decimal(1)) if abs(value) < Decimal(10) ** 27 else value
    return value.normalize()
