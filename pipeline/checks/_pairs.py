"""Quotation marks and brackets that have no partner."""

import re
from collections.abc import Iterator

from pipeline.checks._text import joined
from pipeline.records import Report, Span

# Full and half width, and the several square brackets of document numbers, are taken for one another.
_PAIRS = ("“”", "‘’", "（）", "()", "《》", "【】", "［］", "[]", "〔〕", "「」")
_SAME = str.maketrans(")］]〕", "）】】】")
_OPEN = {pair[0]: pair[1].translate(_SAME) for pair in _PAIRS}
_CLOSE = {pair[1]: pair[1].translate(_SAME) for pair in _PAIRS}
_MARKS = re.compile("[" + re.escape("".join({*_OPEN, *_CLOSE})) + "]")
# 1） a) 一） number an item; an apostrophe between letters or behind a digit is no quotation mark.
_ITEM = re.compile(r"(?:^|[\s。；;：:，,、）)])[（(]?\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3}|[a-zA-Zⅰ-ⅻⅠ-Ⅻ])\s*$")
_ITEM_REACH = 12
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
    for span, found in joined(report).search(_MARKS):
        mark, now = found.group(), paragraphs[span.block]
        while waiting and now - paragraphs[waiting[0][1].block] > _REACH:
            lonely.append(waiting.pop(0)[1])
        if mark in _OPEN:
            waiting.append((_OPEN[mark], span))
        elif not _closes(waiting, _CLOSE[mark]) and not _other_use(report.blocks[span.block].text, mark, span.start):
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


def _other_use(text: str, mark: str, at: int) -> bool:
    if mark in "）)":
        return bool(_ITEM.search(text[max(0, at - _ITEM_REACH) : at]))
    return mark == "’" and text[max(0, at - 1) : at].isalnum()


def _other_use_of_opening(report: Report, span: Span) -> bool:
    return report.quote(span) in "‘’" and report.blocks[span.block].text[max(0, span.start - 1) : span.start].isalnum()
