"""Misprints of fixed terms: one character replaced by another that sounds or looks like it."""

from collections.abc import Iterator, Mapping
from functools import cache

from pipeline import lexicon

_LEAST = 4


def misprints(text: str) -> Iterator[tuple[int, str, str]]:
    """Places of misprinted terms in ``text``: start, as written, as it should be; of two that overlap, the longer one."""
    taken: set[int] = set()
    for length, wrong in sorted(_wrong().items(), reverse=True):
        for start in range(len(text) - length + 1):
            written = text[start : start + length]
            if written in wrong and taken.isdisjoint(range(start, start + length)):
                taken.update(range(start, start + length))
                yield start, written, wrong[written]


@cache
def _wrong() -> Mapping[int, Mapping[str, str]]:
    """Misprints and the terms that they stand for, by length."""
    data = lexicon.load("terms")
    right = {*data["terms"], *data["accepted"]}
    found: dict[int, dict[str, str]] = {}
    for term in data["terms"]:
        if len(term) >= _LEAST:
            for variant in _variants(term):
                if variant not in right:
                    found.setdefault(len(term), {})[variant] = term
    for wrong, term in lexicon.load("confusions")["plain"].items():
        found.setdefault(len(wrong), {}).setdefault(wrong, term)
    return found


def _variants(term: str) -> Iterator[str]:
    groups = lexicon.load("terms")["alike"]
    for at, character in enumerate(term):
        for group in groups:
            if character in group:
                yield from (term[:at] + other + term[at + 1 :] for other in group if other != character)
