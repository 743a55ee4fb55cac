"""What a shared passage is: another unit's words, the unit's own of an earlier year, a repeat, the form, a stock phrase.

Passages that are nobody's own are set aside with a reason: headings, names of documents and their articles, short cells,
the blank form, the duties of one unit, and what many reports have.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from pipeline.records import MatchKind, Span
from pipeline.reuse.background import NONE, Background
from pipeline.reuse.document import CELL, DUTIES, HEADING, Document
from pipeline.reuse.fingerprint import SHORTEST
from pipeline.reuse.pieces import Piece, Side
from pipeline.reuse.seeds import STOCK

# Cells and lines of a form hold fewer characters than this in the mean.
_SHORT = 15
_MOSTLY = 0.6
# A document's name with its number, and of an article what it says to the end of the sentence.
_NAMED = re.compile(
    r"[《〈][^《》〈〉]{2,80}[》〉](?:\s*[（(][^（）()]{2,40}[）)])?(?:[^。；《]{0,12}第[一二三四五六七八九十百零〇\d]+条[^。]*。?)?"
)
_NUMBERED = re.compile(r"[〔\[（(]\s*(?:19|20)\d\d\s*[〕\]）)]\s*\d+\s*号")
# So many characters before a document's number say who issued it.
_ISSUER = 4


UNKNOWN = "有一方看不出是哪个单位"


@dataclass(frozen=True, slots=True)
class Label:
    """``reason`` says why a passage is set aside, or what is uncertain of a peer's; "" where nothing is."""

    kind: MatchKind
    reason: str


@dataclass(frozen=True, slots=True)
class Labels:
    """What tells the kinds apart: the forms and phrases that everybody is given, and the limit of reports."""

    forms: Background = NONE
    phrases: Background = NONE
    stock: int = STOCK

    def of(self, piece: Piece, target: Document, source: Document, reports: int, mean: float) -> Label:
        """The label of ``piece``, which stands in ``reports`` reports; ``mean``: see ``mean_block``."""
        kind, reason = self._set_aside(piece, target, source, reports, mean) or _whose(target, source)
        return Label(kind, reason)

    def _set_aside(
        self, piece: Piece, target: Document, source: Document, reports: int, mean: float
    ) -> tuple[MatchKind, str] | None:
        flags = target.flags[piece.span.block] & source.flags[piece.source.block]
        if (target.flags[piece.span.block] | source.flags[piece.source.block]) & HEADING:
            return "form", "章节标题"
        if _is_cited(target, piece.span):
            return "stock", "文件名称或条文引用"
        if mean < _SHORT and piece.length < SHORTEST:
            return "form", "表格栏目" if flags & CELL else "短栏目"
        if self.forms.covers(quote(target, piece.span)):
            return "form", "空白表格或提纲原文"
        if flags & DUTIES and target.unit and target.unit == source.unit and target.id != source.id:
            return "form", "同一单位的职能职责"
        if self.phrases.covers(quote(target, piece.span)):
            return "stock", "常用套话"
        if reports > self.stock:
            return "stock", f"见于{reports}份报告"
        return None


def _whose(target: Document, source: Document) -> tuple[MatchKind, str]:
    if target.id == source.id:
        return "within", ""
    if not target.unit or not source.unit:
        return "peer", UNKNOWN
    if target.unit != source.unit:
        return "peer", ""
    if target.year is None or source.year is None:
        return "form", "同一单位的另一份报告，年度不明"
    if source.year < target.year:
        return "last-year", ""
    return "form", "同一单位同年度的另一份报告" if source.year == target.year else "同一单位以后年度的报告"


def quote(document: Document, span: Span) -> str:
    return document.blocks[span.block][span.start : span.end]


def mean_block(pieces: Sequence[Piece], side: Side) -> float:
    """How many compared characters the blocks from the first to the last of ``pieces`` have in the mean."""
    lengths = [side.length(block) for block in range(pieces[0].span.block, pieces[-1].span.block + 1)]
    filled = [length for length in lengths if length]
    return sum(filled) / len(filled)


def _is_cited(document: Document, span: Span) -> bool:
    """Whether most of the span names documents and cites them."""
    cited = sum(
        max(0, min(end, span.end) - max(start, span.start)) for start, end in _citations(document.blocks[span.block])
    )
    return cited >= _MOSTLY * (span.end - span.start)


@lru_cache(maxsize=256)
def _citations(block: str) -> tuple[tuple[int, int], ...]:
    """Where a text names documents: names, articles, numbers."""
    found = [found.span() for found in _NAMED.finditer(block)] if "《" in block or "〈" in block else []
    if "号" in block:
        found += [(max(0, number.start() - _ISSUER), number.end()) for number in _NUMBERED.finditer(block)]
    found.sort()
    ends = accumulate((end for _, end in found), max, initial=0)
    return tuple((max(start, before), end) for (start, end), before in zip(found, ends, strict=False) if end > before)


PLAIN = Labels()
