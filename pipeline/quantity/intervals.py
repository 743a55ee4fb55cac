"""Arithmetic on the intervals that a number's writing allows (XBRL Calculations 1.1): no tolerance is typed by hand."""

from collections.abc import Iterable
from decimal import Context, Decimal
from functools import reduce
from typing import NamedTuple

from pipeline.records import Quantity

# A context of its own: entering one costs more than the sum that is done in it.
_EXACT = Context(prec=34)
_ZERO = Decimal(0)
_HUNDRED = Decimal(100)


class Interval(NamedTuple):
    """``low``..``high``, None where unbounded; an end is in the interval where its flag says closed."""

    low: Decimal | None
    high: Decimal | None
    low_closed: bool = True
    high_closed: bool = True

    @classmethod
    def of(cls, quantity: Quantity) -> "Interval":
        """The interval of a quantity; a ratio, which has no bounds, is the whole line."""
        return cls(quantity.low, quantity.high, quantity.low_closed, quantity.high_closed)

    @classmethod
    def exactly(cls, value: Decimal) -> "Interval":
        return cls(value, value)

    def __contains__(self, value: object) -> bool:
        """Whether a number lies in the interval."""
        return isinstance(value, Decimal) and self.meets(Interval.exactly(value))

    def meets(self, other: "Interval") -> bool:
        """Whether some number lies in both. Intervals that only touch meet where both ends are closed."""
        return not self.below(other) and not other.below(self)

    def below(self, other: "Interval") -> bool:
        """Whether every number of this one is less than every number of the other."""
        if self.high is None or other.low is None:
            return False
        return self.high < other.low or (self.high == other.low and not (self.high_closed and other.low_closed))

    def negated(self) -> "Interval":
        return Interval(
            None if self.high is None else -self.high,
            None if self.low is None else -self.low,
            self.high_closed,
            self.low_closed,
        )

    def add(self, other: "Interval") -> "Interval":
        return Interval(
            None if self.low is None or other.low is None else _EXACT.add(self.low, other.low),
            None if self.high is None or other.high is None else _EXACT.add(self.high, other.high),
            self.low_closed and other.low_closed,
            self.high_closed and other.high_closed,
        )

    def sub(self, other: "Interval") -> "Interval":
        return self.add(other.negated())

    def mul(self, other: "Interval") -> "Interval":
        """The products of all pairs. A factor that is unbounded on either side gives an unbounded product."""
        if self.low is None or self.high is None or other.low is None or other.high is None:
            return Interval(None, None, False, False)
        if self.low > 0 and other.low > 0:
            low, high = _EXACT.multiply(self.low, other.low), _EXACT.multiply(self.high, other.high)
            return Interval(low, high, self.low_closed and other.low_closed, self.high_closed and other.high_closed)
        return _hull(
            (_EXACT.multiply(a, b), (a_closed and b_closed) or (a_closed and a == 0) or (b_closed and b == 0))
            for a, a_closed in self._ends
            for b, b_closed in other._ends
        )

    def div(self, other: "Interval") -> "Interval | None":
        """The quotients of all pairs; None where the divisor may be zero."""
        if other.low is None or other.high is None or (other.low <= 0 <= other.high):
            return None
        if self.low is None or self.high is None:
            return Interval(None, None, False, False)
        if self.low > 0 and other.low > 0:
            low, high = _EXACT.divide(self.low, other.high), _EXACT.divide(self.high, other.low)
            return Interval(low, high, self.low_closed and other.high_closed, self.high_closed and other.low_closed)
        return _hull(
            (_EXACT.divide(a, b), a_closed and (b_closed or a == 0))
            for a, a_closed in self._ends
            for b, b_closed in other._ends
        )

    def percent(self, whole: "Interval") -> "Interval | None":
        """This as per cent of ``whole``; None where the whole may be zero."""
        share = self.div(whole)
        return None if share is None else share.mul(Interval.exactly(_HUNDRED))

    @property
    def _ends(self) -> "tuple[tuple[Decimal, bool], tuple[Decimal, bool]]":
        """Both ends of a bounded interval, each with whether it is closed."""
        if self.low is None or self.high is None:
            raise ValueError("an unbounded interval has no two ends")
        return (self.low, self.low_closed), (self.high, self.high_closed)


def total(intervals: Iterable[Interval]) -> Interval:
    """The sum of the intervals; exactly 0 for none."""
    return reduce(Interval.add, intervals, Interval.exactly(_ZERO))


def _hull(ends: Iterable[tuple[Decimal, bool]]) -> Interval:
    seen = list(ends)
    low = min(value for value, _ in seen)
    high = max(value for value, _ in seen)
    return Interval(
        low,
        high,
        any(closed for value, closed in seen if value == low),
        any(closed for value, closed in seen if value == high),
    )
