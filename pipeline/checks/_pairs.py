"""Quotation marks and brackets that have no partner."""

import re
from collections.abc import Iterator

from pipeline.records import Report, Span

# Full and half width, and the several square brackets of document numbers, are taken for one another.
_PAIRS = ("“”", "‘’", "（）", "()", "《》", "【】", "［］", "[]", "〔〕", "「」")
_SAME = str.maketrans(")］]〕", "）】】】")
_OPEN = {pair[0]: pair[1].translate(_SAME) for pair in _PAIRS}
_CLOSE = {pair[1]: pair[1].translate(_SAME) for pair in _PAIRS}
_MARKS = re.compile("[" + re.escape("".join({*_OPEN, *_CLOSE})) + "]")
# 1） a) 一） number an item; an apostrophe between letters or behind a digit is no quotation mark.
_ITEM = re.compile(r"(?:^|[\s。；;：:，,、）)])[（(]?\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3}|[a-zA-Zⅰ-ⅻⅠ-Ⅻ])\s*$")
_REACH = 3
# A line broken by hand or by a conversion is long and does not end a sentence.
_BROKEN = re.compile(r"[^。；！？!?;：:]\s*")
_SHORT = 20


def unmatched(report: Report) -> Iterator[tuple[Span, ...]]:
    """Marks without a partner, the ones of a paragraph together.

    A pair may span up to three following paragraphs; lines broken inside a sentence are one paragraph.
    """
    waiting: list[tuple[str, Span]] = []
    lonely: list[Span] = []
    paragraphs = _paragraphs(report)
    for block in report.blocks:
        now = paragraphs[block.index]
        lonely += [span for _, span in waiting if now - paragraphs[span.block] > _REACH]
        waiting = [pair for pair in waiting if now - paragraphs[pair[1].block] <= _REACH]
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


def _paragraphs(report: Report) -> list[int]:
    """For each block the number of the paragraph that it is part of."""
    numbers, number = [], 0
    for block in report.blocks:
        numbers.append(number)
        broken = block.cell is None and len(block.text) > _SHORT and _BROKEN.fullmatch(block.text[-2:].strip()[-1:])
        number += not broken
    return numbers


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
