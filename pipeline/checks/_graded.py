"""Items of 存在问题 and 改进措施 with their grades and their words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from pipeline import lexicon
from pipeline.records import Evidence, Grade, GradedItem, SectionKind, Span

_SPACE = re.compile(r"\s+")
_SHOWN = 36
_PERFORMANCE = re.compile(r"绩\s*效|自\s*评|评\s*价")
_HEAD, _LINE = 60, 60
SURE = 0.6
"""So likely must it be that a passage is graded 2 or less before anything is said of it."""


@dataclass(frozen=True, slots=True)
class Item:
    """``text`` is the whole item, which may go on over several blocks; ``span`` where it begins."""

    text: str
    graded: GradedItem

    @property
    def span(self) -> Span:
        return self.graded.span


def evaluates(evidence: Evidence) -> bool:
    """Whether the document is about performance at all: a budget or a work report owes nobody problems and measures."""
    report, title = evidence.reading.report, evidence.reading.cover.title
    head = (block.text for block in report.blocks[:_HEAD] if len(block.text) <= _LINE)
    return any(_PERFORMANCE.search(text) for text in (title, *head))


def problems(evidence: Evidence) -> list[Item]:
    return _items(evidence, evidence.grades.problems)


def measures(evidence: Evidence) -> list[Item]:
    return _items(evidence, evidence.grades.measures)


def weak(grade: Grade) -> float:
    """How likely the grade is 2 or less."""
    return grade.probabilities[0] + grade.probabilities[1]


def section_spans(evidence: Evidence, kind: SectionKind) -> tuple[Span, ...]:
    """The text of the first section of ``kind``, block by block, its bare heading left out."""
    section = next((one for one in evidence.reading.sections if one.kind == kind), None)
    if section is None:
        return ()
    blocks = [block for block in evidence.reading.report.blocks[section.first : section.last] if block.text.strip()]
    title = _SPACE.sub("", section.title)
    bodies = [block for block in blocks if not (title and _SPACE.sub("", block.text).endswith(title))] or blocks
    return tuple(Span(block.index, 0, len(block.text)) for block in bodies)


def short(text: str) -> str:
    plain = _SPACE.sub("", text)
    return plain if len(plain) <= _SHOWN else plain[: _SHOWN - 1] + "…"


def quoted(items: Sequence[Item], most: int = 3) -> str:
    """The first items for a message."""
    return "；".join(f"“{short(item.text)}”" for item in items[:most]) + ("等" if len(items) > most else "")


@cache
def words(group: str) -> re.Pattern[str]:
    """The wordings of a group of ``lexicon/quality.toml``, anywhere in a text."""
    return re.compile("|".join(lexicon.load("quality")[group]["words"]))


@cache
def starts(group: str) -> tuple[str, ...]:
    return tuple(lexicon.load("quality")[group]["starts"])


def clauses(text: str) -> list[str]:
    return [clause for clause in re.split(r"[，,。；;：:！!？?\n]", text) if len(clause.strip()) > 1]


def _items(evidence: Evidence, grade: Grade | None) -> list[Item]:
    if not evaluates(evidence):
        return []
    quote = evidence.reading.report.quote
    return [
        Item("\n".join(map(quote, (one.span, *one.rest))), one) for one in (grade.items if grade is not None else ())
    ]
