"""Which blocks are headings: by number, wording, shortness and style, and where a body shares the heading's line."""

import re
from dataclasses import dataclass

from pipeline.numbering import Mark, mark
from pipeline.records import Block
from pipeline.segment import titles
from pipeline.segment.titles import Title

CORE = ("duties", "achievements", "problems", "measures")

_LONGEST = 40
_INLINE = re.compile(r"[。：:；;！]")
# What a line of a table of contents ends with.
_PAGE_ENDS = frozenset("-—）)")
_CONTENTS_LINE = re.compile(r"(?:[.…·．_]{3,}|\t|(?<=[\u4e00-\u9fff]) +)\s*[-—（(]?\s*\d{1,3}\s*[-—）)]?$")
_ATTACHMENT = re.compile(
    r"^附\s*(?:件|表|录)\s*[0-9０-９一二三四五六七八九十]{0,3}\s*(?:[-－—.]\s*\d{1,2})?\s*(?:[：:、.．]|$|(?=\S{2,30}(?:表|报告|清单)$))"
)
_SENTENCE_END = re.compile(r"[。！；;]$")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading found in block ``block``; ``whole`` where the block holds nothing else."""

    block: int
    mark: Mark | None
    text: str
    title: Title
    whole: bool
    level: int

    @property
    def attachment(self) -> bool:
        return self.title.kinds == ("attachment",) and self.mark is None


def heading(block: Block) -> Heading | None:
    """The heading that ``block`` is or begins with, or None."""
    text = block.text.strip()
    if not text or _is_contents_line(text):
        return None
    if len(text) <= _LONGEST and _ATTACHMENT.match(text):
        return Heading(block.index, None, text, Title(("attachment",), True), True, block.level)
    number = mark(text)
    rest = text[number.end :] if number else text
    if not rest:
        return None
    cut = _INLINE.search(rest)
    if cut is None or cut.end() == len(rest.rstrip()):
        return _whole_line(block, number, rest)
    return _inline(block, number, rest[: cut.start()], rest[cut.start()])


def _is_contents_line(text: str) -> bool:
    return (text[-1] in _PAGE_ENDS or text[-1].isdecimal()) and _CONTENTS_LINE.search(text) is not None


def _whole_line(block: Block, number: Mark | None, text: str) -> Heading | None:
    if len(text) > _LONGEST and not block.level:
        return None
    title = titles.read(text.split("，")[0] if "，主要包括" in text else text)
    if block.level or number:
        # A numbered sentence with a full stop is a list item, unless its wording is that of a heading.
        if not block.level and _SENTENCE_END.search(text) and not title.sure:
            return None
        return Heading(block.index, number, text, title, True, block.level)
    if title.sure and any(kind in CORE for kind in title.kinds) and len(titles.bare(text)) >= 4:
        return Heading(block.index, None, text, title, True, 0)
    return None


def _inline(block: Block, number: Mark | None, text: str, delimiter: str) -> Heading | None:
    if len(text) > _LONGEST - 8:
        return None
    title = titles.read(text)
    if not title.sure or not (title.kinds or title.weak):
        return None
    if number or (delimiter in "：:" and any(kind in CORE for kind in title.kinds) and len(titles.bare(text)) >= 4):
        return Heading(block.index, number, text, title, False, block.level)
    return None
