"""The units of lexicon/units.toml, found at a place of a text by their longest writing."""

from decimal import Decimal
from functools import cache
from typing import Literal, NamedTuple

from pipeline import lexicon
from pipeline.quantity.endings import Endings
from pipeline.records import ClaimKind


class Unit(NamedTuple):
    """A unit as written (``word``) and as it is known (``unit``, times ``scale``)."""

    word: str
    unit: str
    kind: ClaimKind
    scale: Decimal = Decimal(1)
    numeral: Literal["any", "arabic", "chinese"] = "any"
    not_before: tuple[str, ...] = ()


NONE = Unit("", "", "count")


@cache
def _table() -> dict[str, list[Unit]]:
    """The units by their first characters, longest first."""
    units: dict[str, Unit] = {}
    book = lexicon.load("units")
    for entry in book["unit"]:
        for word in entry["words"]:
            units[word] = Unit(
                word,
                entry.get("unit", word),
                entry["kind"],
                Decimal(entry.get("scale", "1")),
                entry.get("numeral", "any"),
                (*entry.get("not_before", ""), *book["not_before"].get(word, ())),
            )
    table: dict[str, list[Unit]] = {}
    for word in sorted(units, key=len, reverse=True):
        table.setdefault(word[0], []).append(units[word])
    return table


def first_characters() -> str:
    return "".join(_table())


def at(text: str, position: int) -> Unit | None:
    """The longest unit that stands at ``position``."""
    for unit in _table().get(text[position : position + 1], ()):
        if not text.startswith(unit.word, position):
            continue
        end = position + len(unit.word)
        if text.startswith(unit.not_before, end):
            continue
        if (
            unit.word[-1].isascii()
            and unit.word[-1].isalpha()
            and text[end : end + 1].isascii()
            and text[end : end + 1].isalpha()
        ):
            continue
        return unit
    return None


@cache
def named(word: str) -> Unit:
    """The unit whose whole writing is ``word``; KeyError where there is none."""
    for unit in _table().get(word[:1], ()):
        if unit.word == word:
            return unit
    raise KeyError(word)


def words(name: str) -> tuple[str, ...]:
    """The words of the group ``name`` that, standing before a number, tell how it is to be read (units.toml, cue)."""
    return tuple(lexicon.load("units")["cue"][name])


@cache
def cue(name: str) -> Endings:
    """The words of the group ``name``, to be looked for just before a number."""
    return Endings(words(name))
