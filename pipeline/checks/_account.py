"""A whole, its parts, and what their sum says."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipeline.checks._arithmetic import Verdict, judge
from pipeline.quantity import Interval, total
from pipeline.records import Claim


@dataclass(frozen=True, slots=True)
class Account:
    """A whole, its parts and what their sum says; ``complete`` where the parts are surely meant to be the whole, ``likely``
    where they seem to be. ``called`` is the whole's name in the report's words."""

    whole: Claim
    parts: tuple[Claim, ...]
    names: tuple[str, ...]
    verdict: Verdict
    complete: bool
    likely: bool = False
    called: str = ""

    @property
    def added(self) -> Decimal:
        return sum((part.quantity.value or Decimal(0) for part in self.parts), Decimal(0))


def judged(whole: Claim, parts: Sequence[Claim]) -> Verdict | None:
    return judge(whole.quantity, [part.quantity for part in parts], total)


def judged_sum(wholes: Sequence[Claim], parts: Sequence[Claim]) -> Verdict | None:
    """Whether the parts add to several wholes together (预算313.88万元，上年结转14.35万元)."""
    added = total(Interval.of(whole.quantity) for whole in wholes)
    return "agrees" if added.meets(total_of(parts)) else "apart"


def whole_exceeded(whole: Claim, parts: Sequence[Claim]) -> bool:
    """Whether the parts are together more than the whole, however the numbers were rounded."""
    return Interval.of(whole.quantity).below(total_of(parts))


def near(whole: Claim, parts: Sequence[Claim]) -> bool:
    """Whether the difference is less than any part, so that none can be missing or said twice."""
    values = [part.quantity.value for part in parts if part.quantity.value]
    if len(values) < 3 or whole.quantity.value is None:
        return False
    return abs(whole.quantity.value - sum(values)) < min(values)


def total_of(parts: Sequence[Claim]) -> Interval:
    return total(Interval.of(part.quantity) for part in parts)


def running(parts: Sequence[Claim]) -> list[Interval]:
    """The sums of the first one, two, … of ``parts``; ends where a part is unbounded."""
    sums: list[Interval] = []
    low = high = Decimal(0)
    low_closed = high_closed = True
    for part in parts:
        quantity = part.quantity
        if quantity.low is None or quantity.high is None:
            break
        low += quantity.low
        high += quantity.high
        low_closed = low_closed and quantity.low_closed
        high_closed = high_closed and quantity.high_closed
        sums.append(Interval(low, high, low_closed, high_closed))
    return sums


def collapsed(parts: list[Claim], names: list[str]) -> tuple[list[Claim], list[str]]:
    """``parts`` without those that are the parts of the one before them (结转41.83亿元，本级30.21亿元，下达11.62亿元)."""
    kept: list[int] = []
    at = 0
    while at < len(parts):
        kept.append(at)
        own = Interval.of(parts[at].quantity)
        sums = running(parts[at + 1 :])
        inner = next((count for count in range(len(sums), 1, -1) if sums[count - 1].meets(own)), 0)
        at += inner
        at += 1
    return [parts[at] for at in kept], [names[at] for at in kept]


def topmost(parts: Sequence[Claim]) -> list[int]:
    """The places of ``parts`` that are left when each one's own parts, which follow it, are taken away, at all depths
    (类, 款, 项 under one another; a single 款 repeats the amount of its 类)."""
    kept: list[int] = []
    for at in range(len(parts) - 1, -1, -1):
        own = Interval.of(parts[at].quantity)
        sums = running([parts[place] for place in kept])
        inner = next((count for count in range(len(sums), 0, -1) if sums[count - 1].meets(own)), 0)
        kept = [at, *kept[inner:]]
    return kept
