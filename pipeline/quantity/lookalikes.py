"""What looks like a quantity and is none: the named patterns of lexicon/lookalikes.toml."""

import re
from dataclasses import dataclass
from functools import cache

from pipeline import lexicon

_N = "[〇零一二三四五六七八九十百两]"


@dataclass(frozen=True, slots=True)
class Lookalike:
    start: int
    end: int
    reason: str


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    book = lexicon.load("lookalikes")
    patterns = [
        (entry["reason"], re.compile(entry["pattern"].replace("{N}", _N), re.MULTILINE)) for entry in book["pattern"]
    ]
    words = sorted(book["name"]["words"], key=len, reverse=True)
    patterns.append(("name", re.compile("|".join(map(re.escape, words)))))
    words = sorted(book["idiom"]["words"], key=len, reverse=True)
    patterns.append(("idiom", re.compile("|".join(map(re.escape, words)))))
    return tuple(patterns)


def find(plain: str) -> list[Lookalike]:
    """The look-alikes of a ``plain`` text in order of their starts; they may overlap."""
    found = [Lookalike(*m.span(), reason) for reason, pattern in _patterns() for m in pattern.finditer(plain)]
    found.sort(key=lambda one: (one.start, -one.end))
    return found
