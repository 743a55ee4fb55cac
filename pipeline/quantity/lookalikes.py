"""What looks like a quantity and is none: the named patterns and words of lexicon/lookalikes.toml."""

import re
from functools import cache
from typing import Any

from pipeline import lexicon
from pipeline.quantity.chinese import NUMERALS
from pipeline.quantity.mention import Rejected

# A number first and little behind it, as in a table's cell: nothing stands before the number.
_CELL = re.compile(r"-?[0-9][0-9,.]*[^0-9\s、.)）]{0,6}\Z")
_N = "[〇零一二三四五六七八九十百两]"


def _reading(entry: dict[str, Any]) -> str:
    return str(entry["pattern"]).replace("{N}", _N)


@cache
def _numbers() -> tuple[re.Pattern[str], tuple[str, ...]]:
    """All that starts with its number as one pattern, its groups numbered as the reasons are."""
    entries = lexicon.load("lookalikes")["number"]
    pattern = re.compile("|".join(f"({_reading(entry)})" for entry in entries), re.ASCII)
    if pattern.groups != len(entries):
        raise ValueError("lookalikes.toml: a pattern may hold no group of its own")
    return pattern, tuple(entry["reason"] for entry in entries)


@cache
def _phrases() -> tuple[tuple[str, re.Pattern[str]], ...]:
    entries = lexicon.load("lookalikes")["phrase"]
    return tuple((entry["reason"], re.compile(_reading(entry), re.ASCII)) for entry in entries)


@cache
def _words() -> dict[str, list[tuple[str, int, str]]]:
    """Names and idioms by two characters, one of them a numeral: the word, where that numeral is in it, the reason.

    A word is filed under each of its numerals with the character behind it, or before it where the word ends.
    """
    table: dict[str, list[tuple[str, int, str]]] = {}
    for reason in ("name", "idiom"):
        for word in sorted(lexicon.load("lookalikes")[reason]["words"], key=len, reverse=True):
            for at, character in enumerate(word):
                if character in NUMERALS or character == "半" or character.isdigit():
                    pair = word[at : at + 2] if at + 1 < len(word) else word[at - 1 : at + 1]
                    table.setdefault(pair, []).append((word, at, reason))
    return table


def phrases(plain: str) -> list[Rejected]:
    """The look-alikes of a ``plain`` text that start before their number, in order; they may overlap."""
    if _CELL.match(plain):
        return []
    # A line's start is a line feed, the text's too: a pattern with a first character is found fast.
    text = f"\n{plain}"
    found = [
        Rejected(max(start - 1, 0), end - 1, reason)
        for reason, pattern in _phrases()
        for start, end in (one.span() for one in pattern.finditer(text))
    ]
    found.sort(key=lambda one: (one.start, -one.end))
    return found


def at(plain: str, start: int) -> Rejected | None:
    """The look-alike whose number starts at ``start``."""
    pattern, reasons = _numbers()
    if (found := pattern.match(plain, start)) is not None:
        return Rejected(start, found.end(), reasons[(found.lastindex or 1) - 1])
    table = _words()
    for pair in (plain[start : start + 2], plain[start - 1 : start + 1] if start else ""):
        for word, numeral, reason in table.get(pair, ()):
            first = start - numeral
            if first >= 0 and plain.startswith(word, first):
                return Rejected(start, first + len(word), reason)
    return None
