"""Indicators with the kind they are put under: in tables, and in text under headings such as 质量指标."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from pipeline.checks._passages import Key
from pipeline.checks._scores import sheets
from pipeline.checks._text import numbered
from pipeline.records import Evidence, Report, Span

_KINDS = {
    "数量": "数量",
    "质量": "质量",
    "时效": "时效",
    "成本": "成本",
    "经济": "经济",
    "社会": "社会",
    "生态": "生态",
    "可持续": "可持续",
    "服务对象满意度": "满意度",
    "满意度": "满意度",
}
_HEAD = re.compile(
    r"(?P<kind>数量|质量|时效|成本|经济|社会|生态|可持续|服务对象满意度|满意度)(?:效益|影响)?(?:指标)?(?:完成情况|情况|分析)?\s*(?:[：:]|$)"
)
_SENTENCE = re.compile(r"[^。；;，,\n]+")
_NUMBERED = re.compile(r"指标\s*\d+\s*[：:]?")
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Kinded:
    """An indicator: its words, the kind it stands under, and the span that says so. ``result`` and ``target`` in tables."""

    name: str
    kind: str
    span: Span
    label: tuple[Span, ...]
    in_table: bool
    target: str | None = None
    result: str | None = None


def kinded(evidence: Evidence) -> tuple[Kinded, ...]:
    """The indicators of tables, then those of text."""
    return _kinded(Key(evidence))


@lru_cache(maxsize=1)
def _kinded(key: Key) -> tuple[Kinded, ...]:
    return (*_of_tables(key.evidence), *_of_text(key.evidence.reading.report))


def _of_tables(evidence: Evidence) -> Iterator[Kinded]:
    for sheet in sheets(evidence):
        for one in sheet.indicators:
            if one.kind is None or one.name.blank:
                continue
            label = next((level.name.spans[:1] for level in reversed(one.levels) if level.kind == one.kind), ())
            target, result = (
                entry.text.strip() if entry and not entry.blank else None for entry in (one.target, one.result)
            )
            yield Kinded(one.name.text, one.kind, one.name.spans[0], label, True, target, result)


def _of_text(report: Report) -> Iterator[Kinded]:
    """Clauses under a heading that names a kind, or behind one on its own line; one paragraph each."""
    kind: str | None = None
    label: Span | None = None
    for block in report.blocks:
        text = block.text
        if block.cell is not None or not text.strip():
            continue
        number = numbered(text)
        start = number.end if number else 0
        head = _HEAD.match(text, start)
        if head is not None:
            kind, label = _KINDS[head["kind"]], Span(block.index, head.start("kind"), head.end("kind"))
            start = head.end()
        elif number is not None or block.level:
            kind = None
        if kind is None or label is None or start >= len(text):
            continue
        for found in _SENTENCE.finditer(text, start):
            words = _NUMBERED.sub("", found.group()).strip()
            if 2 < len(words) <= _LONGEST:
                at = found.start() + found.group().index(words) if words in found.group() else found.start()
                yield Kinded(words, kind, Span(block.index, at, at + len(words)), (label,), False)
        kind = None
