"""A review made ready for a page: text with marks, cards with both sides of the evidence, passages side by side."""

from dataclasses import dataclass
from difflib import SequenceMatcher

from pipeline import codec
from pipeline.desk.rules import rule_cards
from pipeline.errors import WrongUsage
from pipeline.export.names import Named
from pipeline.export.page.fragment import Fragment, fragment
from pipeline.records import Match, Review, Span
from pipeline.store import Store

# Longer passages are compared word by word only so far; beyond that they are shown without their differences marked.
_COMPARED = 4000


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a passage; ``change``: "" the same on both sides, ``figures`` where figures alone differ, ``words``."""

    text: str
    change: str


@dataclass(frozen=True, slots=True)
class SideBySide:
    """One shared passage, cut where the two sides differ."""

    match: Match
    here: tuple[Piece, ...]
    there: tuple[Piece, ...]


class Showing:
    """Reviews of one edition as pages show them."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def review(self, report: str) -> Review | None:
        """The newest review of the report, or None."""
        found = self._store.newest(report)
        return None if found is None else codec.decode(found[1])

    def data(self, report: str) -> bytes | None:
        """The review file of the report, or None."""
        found = self._store.newest(report)
        return None if found is None else found[1]

    def sheet(self, report: str) -> Fragment | None:
        """The report as its page shows it, or None where there is no review."""
        review = self.review(report)
        return None if review is None else fragment(1, Named(review.reading.report.name, review), rule_cards())

    def place(self, report: str, text: str) -> Span:
        """Where selected words stand: their first line, in the first block that has it. Raises WrongUsage for no place."""
        review = self.review(report)
        line = next((part.strip() for part in text.splitlines() if part.strip()), "")
        for block in review.reading.report.blocks if review and line else ():
            at = block.text.find(line)
            if at >= 0:
                return Span(block.index, at, at + len(line))
        raise WrongUsage("选中的文字在报告里找不到。请在正文的一段之内重新选择。")

    def side_by_side(self, report: str, number: int) -> tuple[Review, SideBySide] | None:
        """Match ``number`` (from 1) of the report with its differences. Raises WrongUsage where there is no such match."""
        review = self.review(report)
        if review is None:
            return None
        if not 1 <= number <= len(review.matches):
            raise WrongUsage("没有这一处相同文字。请回到报告页，从列表里打开。")
        match = review.matches[number - 1]
        here, there = _differences(review.reading.report.quote(match.span), match.source.text)
        return review, SideBySide(match, here, there)


def _differences(here: str, there: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    if max(len(here), len(there)) > _COMPARED:
        return (Piece(here, ""),), (Piece(there, ""),)
    ours, theirs = [], []
    for kind, a, b, c, d in SequenceMatcher(None, here, there, autojunk=False).get_opcodes():
        change = "" if kind == "equal" else "figures" if _figures(here[a:b] + there[c:d]) else "words"
        ours.append(Piece(here[a:b], change))
        theirs.append(Piece(there[c:d], change))
    return tuple(p for p in ours if p.text), tuple(p for p in theirs if p.text)


def _figures(text: str) -> bool:
    return all(letter.isdigit() or letter in ".,%％" for letter in text)
