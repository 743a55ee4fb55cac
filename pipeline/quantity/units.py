"""The units of lexicon/units.toml, found at a place of a text by their longest writing."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Literal, cast

from pipeline import lexicon
from pipeline.records import ClaimKind


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as written (``word``) and as it is known (``unit``, times ``scale``)."""

    word: str
    unit: str
    kind: ClaimKind
    scale: Decimal
    numeral: Literal["any", "arabic", "chinese"]
    not_before: str


@cache
def _table() -> tuple[dict[str, Unit], dict[str, tuple[int, ...]]]:
    units: dict[str, Unit] = {}
    lengths: dict[str, set[int]] = {}
    for entry in lexicon.load("units")["unit"]:
        for word in entry["words"]:
            units[word] = Unit(
                word,
                entry.get("unit", word),
                cast(ClaimKind, entry["kind"]),
                Decimal(entry.get("scale", "1")),
                entry.get("numeral", "any"),
                entry.get("not_before", ""),
            )
            lengths.setdefault(word[0], set()).add(len(word))
    return units, {first: tuple(sorted(sizes, reverse=True)) for first, sizes in lengths.items()}


def first_characters() -> str:
    return "".join(_table()[1])


def at(text: str, position: int) -> Unit | None:
    """The longest unit that stands at ``position``."""
    if position >= len(text):
        return None
    units, lengths = _table()
    for size in lengths.get(text[position], ()):
        unit = units.get(text[position : position + size])
        if unit is None:
            continue
        after = text[position + size : position + size + 1]
        if after and after in unit.not_before:
            continue
        if after and after.isascii() and after.isalpha() and unit.word[-1].isascii() and unit.word[-1].isalpha():
            continue
        return unit
    return None


def named(word: str) -> Unit | None:
    """The unit whose whole writing is ``word``."""
    return _table()[0].get(word)
