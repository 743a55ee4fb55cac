"""Ranges of a result as a standard names them, and which of two neighbours an end belongs to."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipeline.quantity import Interval
from pipeline.standard.wording import LEFT_OUT, SAID


@dataclass(frozen=True, slots=True)
class Range:
    """``low``..``high``, None where unbounded. An end's sureness says how the standard includes it (wording.SAID …)."""

    low: Decimal | None
    high: Decimal | None
    low_sure: int = SAID
    high_sure: int = SAID

    def both(self, other: "Range") -> "Range":
        """What lies in this one and in ``other``."""
        low, low_sure = max((self._least(), other._least()), key=lambda end: (end[0], -end[1]))
        high, high_sure = min((self._most(), other._most()), key=lambda end: (end[0], end[1]))
        return Range(
            low if low.is_finite() else None, high if high.is_finite() else None, low_sure, high_sure
        )  # fmt: skip

    def _least(self) -> tuple[Decimal, int]:
        return (Decimal("-Infinity") if self.low is None else self.low), self.low_sure

    def _most(self) -> tuple[Decimal, int]:
        return (Decimal("Infinity") if self.high is None else self.high), self.high_sure

    @property
    def empty(self) -> bool:
        if self.low is None or self.high is None or self.low < self.high:
            return False
        return self.low > self.high or LEFT_OUT in (self.low_sure, self.high_sure)

    def ends(self) -> list[tuple[Decimal, int]]:
        return [
            (end, sure) for end, sure in ((self.low, self.low_sure), (self.high, self.high_sure)) if end is not None
        ]


EVERYWHERE = Range(None, None)


def settled(ranges: Sequence[Range]) -> list[Interval]:
    """The ranges with open and closed ends: an end that two name belongs to the one that says so more surely.

    Where both are as sure it belongs to both: the standard leaves it open.
    """
    surest: dict[Decimal, int] = {}
    for one in ranges:
        for end, sure in one.ends():
            surest[end] = max(surest.get(end, LEFT_OUT), sure)

    def closed(end: Decimal | None, sure: int) -> bool:
        return end is not None and sure != LEFT_OUT and sure == surest[end]

    return [
        Interval(one.low, one.high, closed(one.low, one.low_sure), closed(one.high, one.high_sure)) for one in ranges
    ]


def overlap(one: Interval, other: Interval) -> bool:
    """Whether the two share more than a single point."""
    low = max((end for end in (one.low, other.low) if end is not None), default=None)
    high = min((end for end in (one.high, other.high) if end is not None), default=None)
    return low is None or high is None or low < high


def parts(result: Interval, borders: Sequence[Decimal]) -> list[Interval]:
    """``result`` cut at the ``borders`` inside it, each border a part of its own."""
    inside = [
        border
        for border in sorted(set(borders))
        if (result.low is None or border > result.low) and (result.high is None or border < result.high)
    ]
    if result.low is not None and result.low == result.high:
        return [result]
    found: list[Interval] = []
    if result.low is not None and result.low_closed:
        found.append(Interval.exactly(result.low))
    low = result.low
    for border in inside:
        found += [Interval(low, border, False, False), Interval.exactly(border)]
        low = border
    found.append(Interval(low, result.high, False, False))
    if result.high is not None and result.high_closed:
        found.append(Interval.exactly(result.high))
    return found


def holds(whole: Interval, part: Interval) -> bool:
    """Whether ``part``, as cut by ``parts``, lies in ``whole``."""
    if part.low is not None and part.low == part.high:
        return part.low in whole
    low_in = whole.low is None or (part.low is not None and part.low >= whole.low)
    high_in = whole.high is None or (part.high is not None and part.high <= whole.high)
    return low_in and high_in
