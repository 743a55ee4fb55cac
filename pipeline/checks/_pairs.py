"""Quotation marks and brackets that have no partner."""

import re
from collections.abc import Iterator

from pipeline.records import Report, Span

# Full and half width, and the several square brackets of document numbers, are taken for one another.
_OPEN = {"“": "”", "‘": "’", "（": "）", "(": "）", "《": "》", "【": "】", "［": "】", "[": "】", "〔": "】", "「": "」"}
_CLOSE = {"”": "”", "’": "’", "）": "）", ")": "）", "》": "》", "】": "】", "］": "】", "]": "】", "〕": "】", "」": "」"}
_MARKS = re.compile("[" + re.escape("".join({*_OPEN, *_CLOSE})) + "]")
# 1） a) 一） number an item; an apostrophe between letters or behind a digit is no quotation mark.
_ITEM = re.compile(r"(?:^|[\s。；;：:，,、）)])[（(]?\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3}|[a-zA-Zⅰ-ⅻⅠ-Ⅻ])\s*$")
_REACH = 3


def unmatched(report: Report) -> Iterator[tuple[Span, ...]]:
    """Marks without a partner, the ones of a paragraph together. A pair may span up to three following paragraphs."""
    waiting: list[tuple[str, Span]] = []
    lonely: list[Span] = []
    for block in report.blocks:
        waiting, lost = _aged(waiting, block.index)
        lonely += lost
        if not any(mark in block.text for mark in "“”‘’（）()《》【】［］[]〔〕「」"):
            continue
        for found in _MARKS.finditer(block.text):
            mark, span = found.group(), Span(block.index, *found.span())
            if mark in _OPEN:
                waiting.append((_OPEN[mark], span))
            elif not _closes(waiting, _CLOSE[mark]) and not _other_use(block.text, found):
                lonely.append(span)
    lonely += [span for _, span in waiting]
    lonely = [span for span in lonely if not _other_use_of_opening(report, span)]
    blocks: dict[int, list[Span]] = {}
    for span in sorted(lonely, key=lambda s: (s.block, s.start)):
        blocks.setdefault(span.block, []).append(span)
    yield from (tuple(spans) for spans in blocks.values())


def _aged(waiting: list[tuple[str, Span]], block: int) -> tuple[list[tuple[str, Span]], list[Span]]:
    lost = [span for _, span in waiting if block - span.block > _REACH]
    return [(mark, span) for mark, span in waiting if block - span.block <= _REACH], lost


def _closes(waiting: list[tuple[str, Span]], mark: str) -> bool:
    """Whether ``mark`` closes one that waits: the innermost of its kind."""
    for at in range(len(waiting) - 1, -1, -1):
        if waiting[at][0] == mark:
            del waiting[at]
            return True
    return False


def _other_use(text: str, found: re.Match[str]) -> bool:
    if found.group() in "）)":
        return bool(_ITEM.search(text[: found.start()]))
    return found.group() == "’" and text[max(0, found.start() - 1) : found.start()].isalnum()


def _other_use_of_opening(report: Report, span: Span) -> bool:
    return report.quote(span) in "‘’" and report.blocks[span.block].text[max(0, span.start - 1) : span.start].isalnum()
