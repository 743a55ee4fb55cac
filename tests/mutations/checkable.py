"""Groups of numbers of a report whose arithmetic holds and can be checked in one sentence or one table.

They are found by the values alone, not by the words that the rules go by: a result that its neighbours give to the last
written digit is one. So what the rules miss can be measured.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import permutations
from typing import Literal

from pipeline.records import Claim, Reading

Kind = Literal["sum", "share", "growth", "fall", "year"]

# Fewer digits than these agree by chance.
_SHARE_DIGITS, _SUM_DIGITS = 3, 4
_NEAR = 4
_FALL = re.compile(r"下降|减少|降低|压[减缩降]|缩[短减]|少|降")
_STOP = "。！？\n"


@dataclass(frozen=True, slots=True)
class Group:
    """``claims[0]`` is what the others make: the sum of parts, or the share, growth or fall of two amounts in per cent.

    ``kind`` is ``year`` where the year of the sentence is what was changed.
    """

    kind: Kind
    claims: tuple[Claim, ...]

    def exact(self) -> Decimal | None:
        """What the amounts of a rate give, not rounded; None for a sum."""
        one, other = (claim.quantity.value or Decimal(0) for claim in self.claims[1:3])
        return _rate(self.kind, one, other)

    def holds(self, values: Sequence[Decimal]) -> bool:
        """Whether ``values`` of the claims agree to half a unit of the last digit of each, as they are written."""
        halves = [_half(claim) for claim in self.claims]
        result, given = values[0], values[1:]
        if self.kind == "sum":
            return abs(result - sum(given, Decimal(0))) <= sum(halves, Decimal(0))
        corners = [
            rate
            for one in (given[0] - halves[1], given[0] + halves[1])
            for other in (given[1] - halves[2], given[1] + halves[2])
            if (rate := _rate(self.kind, one, other)) is not None
        ]
        return bool(corners) and min(corners) - halves[0] <= result <= max(corners) + halves[0]


def groups(reading: Reading) -> tuple[Group, ...]:
    """The checkable groups of a report in reading order; a number is the result of one of them at most."""
    found: dict[str, Group] = {}
    for line in (*_sentences(reading), *_rows(reading)):
        for group in (*_rates(line, reading), *_sums(line)):
            found.setdefault(group.claims[0].id, group)
    for column in _columns(reading):
        for group in _sums(column):
            found.setdefault(group.claims[0].id, group)
    return tuple(sorted(found.values(), key=lambda group: (group.claims[0].span.block, group.claims[0].span.start)))


def sentence(reading: Reading, claim: Claim) -> tuple[int, int]:
    """Where the sentence of a claim starts and ends in its block."""
    text = reading.report.blocks[claim.span.block].text
    start = max(text.rfind(mark, 0, claim.span.start) for mark in _STOP) + 1
    ends = [at for mark in _STOP if (at := text.find(mark, claim.span.end)) >= 0]
    return start, min(ends, default=len(text))


def _plain(claim: Claim) -> bool:
    return (
        claim.quantity.value is not None and claim.quantity.qualifier in ("none", "reach") and claim.quantity.value > 0
    )


def _sentences(reading: Reading) -> Iterator[list[Claim]]:
    found: dict[tuple[int, int], list[Claim]] = defaultdict(list)
    for claim in reading.claims:
        if claim.source == "prose" and _plain(claim):
            found[claim.span.block, sentence(reading, claim)[0]].append(claim)
    yield from found.values()


def _cells(reading: Reading) -> Iterator[tuple[Claim, int, int, int]]:
    for claim in reading.claims:
        cell = reading.report.blocks[claim.span.block].cell
        if claim.source == "table" and cell is not None and _plain(claim):
            yield claim, cell.table, cell.row, cell.column


def _rows(reading: Reading) -> Iterator[list[Claim]]:
    found: dict[tuple[int, int], list[Claim]] = defaultdict(list)
    for claim, table, row, _ in _cells(reading):
        found[table, row].append(claim)
    yield from found.values()


def _columns(reading: Reading) -> Iterator[list[Claim]]:
    found: dict[tuple[int, int], list[Claim]] = defaultdict(list)
    for claim, table, _, column in _cells(reading):
        found[table, column].append(claim)
    yield from found.values()


def _alike(one: Claim, other: Claim) -> bool:
    return one.quantity.kind == other.quantity.kind and one.quantity.unit == other.quantity.unit


def _digits(claim: Claim) -> int:
    value = claim.quantity.value or Decimal(0)
    return len(value.normalize().as_tuple().digits)


def _half(claim: Claim) -> Decimal:
    low, high = claim.quantity.low, claim.quantity.high
    return Decimal(0) if low is None or high is None else (high - low) / 2


def _rate(kind: Kind, one: Decimal, other: Decimal) -> Decimal | None:
    if other <= 0:
        return None
    share = one / other * 100
    return {"share": share, "growth": share - 100, "fall": 100 - share}.get(kind)


def _rates(line: Sequence[Claim], reading: Reading) -> Iterator[Group]:
    """The percentages of a line with the two amounts, the nearest first, that they are the rate of."""
    for at, claim in enumerate(line):
        value = claim.quantity.value
        if claim.quantity.kind != "percent" or value is None or _digits(claim) < _SHARE_DIGITS:
            continue
        amounts = [one for one in line[max(0, at - _NEAR) : at] if one.quantity.kind in ("money", "count", "measure")]
        lead = reading.report.blocks[claim.span.block].text[: claim.span.end][-12:]
        kinds: tuple[Kind, ...] = ("share", "fall") if _FALL.search(lead) else ("share", "growth")
        for one, other in permutations(reversed(amounts), 2):
            if not _alike(one, other) or min(_digits(one), _digits(other)) < 2:
                continue
            for kind in kinds:
                rate = _rate(kind, one.quantity.value or Decimal(0), other.quantity.value or Decimal(0))
                if rate is not None and _written(rate, claim) == value:
                    yield Group(kind, (claim, one, other))


def _written(rate: Decimal, claim: Claim) -> Decimal:
    return rate.quantize(Decimal(1).scaleb(-claim.quantity.places), ROUND_HALF_UP)


def _sums(line: Sequence[Claim]) -> Iterator[Group]:
    """Amounts of money of a line that the ones right behind or right before them add up to."""
    money = [claim for claim in line if claim.quantity.kind == "money"]
    for at, claim in enumerate(money):
        if _digits(claim) < _SUM_DIGITS:
            continue
        for run in (money[at + 1 :], money[:at][::-1]):
            total = Decimal(0)
            for size, part in enumerate(run, 1):
                if not _alike(part, claim):
                    break
                total += part.quantity.value or Decimal(0)
                if total == claim.quantity.value and size > 1:
                    yield Group("sum", (claim, *run[:size]))
                if total >= (claim.quantity.value or Decimal(0)):
                    break
