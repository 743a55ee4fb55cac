"""What a report says under 存在问题 or 改进措施: one text, and where each part of it stands in the report."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.quality.items import items
from pipeline.records import Reading, Section, SectionKind, Span

_SPACE = re.compile(r"\s+")
_LEAD = re.compile(r"^[\s：:。．.、，]+")
_NONE = re.compile(r"(?:暂|目前)?(?:无|没有|未发现|不存在)[^，。；]{0,10}[。.；;]?|略[。.]?")
# A line that names a section (经验教训与建议) is no problem and no measure.
_HEADING = re.compile(
    r"[（(]?[\d一二三四五六七八九十]{0,3}[）)、.．]?\s*(?:存在|主要|有关|相关|其他|经验|教训|做法|问题|不足|困难|建议|措施|原因|分析|改进|整改|下一步|工作|绩效|打算|[的和与及、])+[：:]?"
)


@dataclass(frozen=True, slots=True)
class Passage:
    """``text`` has a line for each block; ``starts`` says where in it each of ``spans`` begins."""

    text: str
    starts: tuple[int, ...]
    spans: tuple[Span, ...]

    @property
    def says_none(self) -> bool:
        """Whether it says that there is nothing to say (无, 暂无)."""
        return _NONE.fullmatch(self.text.strip()) is not None

    def items(self) -> list[tuple[str, tuple[Span, ...]]]:
        """The items, each with its words and where they stand, block by block."""
        found = [(self.text[one.start : one.end], tuple(self._places(one.start, one.end))) for one in items(self.text)]
        return [(text, spans) for text, spans in found if not _HEADING.fullmatch(text.strip())]

    def _places(self, start: int, end: int) -> Iterator[Span]:
        for at in range(bisect_right(self.starts, start) - 1, len(self.spans)):
            span, first = self.spans[at], self.starts[at]
            if first >= end:
                return
            shift = span.start - first
            yield Span(span.block, max(start, first) + shift, min(end + shift, span.end))


def passage(reading: Reading, kind: SectionKind) -> Passage | None:
    """The passage of all sections of ``kind``, their headings left out; None where there is none."""
    owner: list[Section | None] = [None] * len(reading.report.blocks)
    for section in sorted(reading.sections, key=lambda s: s.last - s.first, reverse=True):
        owner[section.first : section.last] = [section] * (section.last - section.first)
    spans = [
        span
        for block, section in zip(reading.report.blocks, owner, strict=True)
        if section is not None and section.kind == kind and (span := _body(block.index, block.text, section))
    ]
    return _joined([reading.report.quote(span) for span in spans], spans)


def _joined(texts: Sequence[str], spans: Sequence[Span]) -> Passage | None:
    starts, at = [], 0
    for text in texts:
        starts.append(at)
        at += len(text) + 1
    return Passage("\n".join(texts), tuple(starts), tuple(spans)) if spans else None


def _body(index: int, text: str, section: Section) -> Span | None:
    """The block but for the section's heading, if that is in it; None where nothing else is."""
    start = 0
    if index == section.first:
        head = _headed(text, section.title)
        if head:
            start = head + len(_LEAD.match(text[head:]).group()) if _LEAD.match(text[head:]) else head  # type: ignore[union-attr]
    rest = text[start:]
    end = start + len(rest.rstrip())
    start += len(rest) - len(rest.lstrip())
    return Span(index, start, end) if start < end else None


def _headed(text: str, title: str) -> int:
    """Where the title ends in ``text``, whatever its white space and numbering; 0 where it is not at the head."""
    wanted = _SPACE.sub("", title)
    place = _SPACE.sub("", text).find(wanted) if wanted else -1
    if not 0 <= place <= 8:
        return 0
    left = place + len(wanted)
    for at, letter in enumerate(text, 1):
        left -= not letter.isspace()
        if left == 0:
            return at
    return 0
