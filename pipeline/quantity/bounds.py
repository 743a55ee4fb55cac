"""The interval that a writing allows, by its hedge (contract: claims, ``low`` and ``high``)."""

from decimal import Decimal

from pipeline.quantity.number import Number
from pipeline.records import ClaimKind, Qualifier, Quantity

_TENTH = Decimal("0.1")
_ZERO = Decimal(0)
_ONE = Decimal(1)
_LARGE = Decimal(10) ** 27
# A whole number of a continuous amount is rounded to its last digit; of things, days or yuan it stands for itself.
_CONTINUOUS = frozenset({"percent", "pp", "measure"})


def quantity(
    number: Number,
    unit: str,
    kind: ClaimKind,
    qualifier: Qualifier,
    factor: Decimal = _ONE,
    exact: bool | None = None,
) -> Quantity:
    """``number`` times ``factor`` as a quantity. ``exact`` overrides whether the number stands for itself."""
    places = number.places
    if number.value is None:
        low, high = sorted((number.low * factor, number.high * factor))
        name: Qualifier = "range" if qualifier == "range" else "vague"
        return Quantity(None, _tidy(low), _tidy(high), True, number.closed, unit, kind, name, places)
    value = number.value if factor == 1 else number.value * factor
    if exact is None:
        exact = (number.exact and kind not in _CONTINUOUS) or (value == 0 and not places)
    step = number.step if factor == 1 else number.step * abs(factor)
    value = _tidy(value)
    if exact and qualifier in ("none", "reach"):
        return Quantity(value, value, value, True, True, unit, kind, qualifier, places)
    return Quantity(value, *_interval(value, step, qualifier), unit, kind, qualifier, places)


def _interval(value: Decimal, step: Decimal, qualifier: Qualifier) -> tuple[Decimal | None, Decimal | None, bool, bool]:
    """Low, high, and whether each end is closed, for the tidy ``value`` of a number that is rounded or hedged.

    ``step`` is one unit of the last written digit.
    """
    match qualifier:
        case "none" | "reach":
            half = step / 2
            # An amount written as 0.00 is not negative.
            return _tidy(value - half) if value else _ZERO, _tidy(value + half), True, True
        case "near":
            other = _tidy(value - value * _TENTH)
            return (other, value, True, False) if value >= 0 else (value, other, False, True)
        case "about":
            tenth = abs(value) * _TENTH
            return _tidy(value - tenth), _tidy(value + tenth), True, True
        case "over":
            return value, None, False, False
        case "over_incl" | "vague":
            return value, None, True, False
        case "under" | "under_incl":
            return _ZERO if value > 0 else None, value, value > 0, qualifier == "under_incl"
        case "plus":
            last = _last_place(value) if value else step
            if value < 0:
                return _tidy(value - last), value, False, True
            return value, _tidy(value + last), True, False
        case "range":
            raise ValueError("a range has its own ends")


def _last_place(value: Decimal) -> Decimal:
    """One unit of the last significant digit: 3000000 → 1000000."""
    number = value.normalize()
    return _ONE.scaleb(number.adjusted() - len(number.as_tuple().digits) + 1)


def _tidy(value: Decimal) -> Decimal:
    """Without trailing zeros or exponent: 1.2E+5 → 120000."""
    whole = value.to_integral_value()
    if value != whole:
        return value.normalize()
    return whole.quantize(_ONE) if abs(whole) < _LARGE else whole
