"""Numbered sequences: marks in reading order → lists of one style → the places where a list does not count on."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from pipeline.numbering import Mark

# A larger leap is another list whose beginning was not seen.
_WIDEST_GAP = 3
_STYLES = ("第一章", "一、", "（一）", "1.", "（1）", "1）", "①")


def rank(mark: Mark) -> int:
    """How deep marks of this style commonly stand: 0 for 第一章, more for lower levels."""
    return _STYLES.index(mark.style) if mark.style in _STYLES else len(_STYLES)


@dataclass(frozen=True, slots=True)
class Item:
    """A mark and the block that it stands in."""

    block: int
    mark: Mark


@dataclass(slots=True)
class Sequence:
    """Items of one list in reading order."""

    style: str
    prefix: tuple[int, ...]
    items: list[Item] = field(default_factory=list)

    @property
    def numbers(self) -> list[int]:
        return [item.mark.number for item in self.items]

    def follows(self, number: int) -> bool:
        """Whether ``number`` counts the list on."""
        return number in (self.numbers[-1] + 1, max(self.numbers) + 1)

    def misplaces(self, number: int) -> bool:
        """Whether ``number`` belongs here but stands at a wrong place: a number left out, said again, or leapt to."""
        numbers = self.numbers
        left_out = min(numbers) < number < max(numbers) and number not in numbers
        return left_out or number == numbers[-1] or 1 < number - max(numbers) <= _WIDEST_GAP + 1


@dataclass(frozen=True, slots=True)
class Fault:
    """``item`` does not count on from ``before``; ``missing`` are the numbers that a gap leaves out."""

    kind: Literal["gap", "repeat", "order"]
    before: Item
    item: Item
    missing: tuple[int, ...] = ()


def lists(items: Iterable[Item]) -> Iterator[Sequence]:
    """The lists that ``items`` make. A list is closed where one that it stands in counts on."""
    open_: list[Sequence] = []
    for item in items:
        mark = item.mark
        same = [s for s in reversed(open_) if s.style == mark.style and s.prefix == mark.parts[:-1]]
        holder = None
        if mark.number > 1:
            holder = next((s for s in same if s.follows(mark.number)), None)
            if holder is None and same and same[0].misplaces(mark.number):
                holder = same[0]
        if holder is None:
            open_.append(Sequence(mark.style, mark.parts[:-1]))
            yield open_[-1]
        else:
            del open_[open_.index(holder) + 1 :]
        open_[-1].items.append(item)


def faults(sequence: Sequence) -> Iterator[Fault]:
    """The places where ``sequence`` does not count on, in reading order."""
    seen: dict[int, Item] = {}
    numbers = sequence.numbers
    for at, item in enumerate(sequence.items):
        number = item.mark.number
        if at:
            before, highest = sequence.items[at - 1], max(seen)
            missing = tuple(n for n in range(highest + 1, number) if n not in numbers[at:])
            if number in seen:
                yield Fault("repeat", seen[number], item)
            elif number < highest:
                yield Fault("order", before, item)
            elif missing:
                yield Fault("gap", before, item, missing)
        seen.setdefault(number, item)
