"""Quotation marks and brackets that have no partner."""

import re
from bisect import bisect_right
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
_ENDED = re.compile(r"[。；！？!?;：:]\s*$")
_SHORT = 20


def unmatched(report: Report) -> Iterator[tuple[Span, ...]]:
    """Marks without a partner, the ones of a paragraph together.

    A pair may span up to three following paragraphs; lines broken inside a sentence are one paragraph.
    """
    text = joined(report)
    waiting: list[tuple[str, int]] = []
    lonely: list[int] = []
    ends = _ends(report)
    for found in _MARKS.finditer(text.string):
        mark, at = found.group(), found.start()
        while waiting and bisect_right(ends, at) - bisect_right(ends, waiting[0][1]) > _REACH:
            lonely.append(waiting.pop(0)[1])
        if mark in _OPEN:
            waiting.append((_OPEN[mark], at))
        elif not _closes(waiting, _CLOSE[mark]) and not _numbers_item(text.string, mark, at):
            lonely.append(at)
    lonely += [at for _, at in waiting]
    apart = [at for at in lonely if not (text.string[at] in "‘’" and text.string[max(0, at - 1)].isalnum())]
    spans = filter(None, (text.span(at, at + 1) for at in sorted(apart)))
    blocks: dict[int, list[Span]] = {}
    for span in spans:
        blocks.setdefault(span.block, []).append(span)
    yield from map(tuple, blocks.values())


def _ends(report: Report) -> list[int]:
    """Where paragraphs end in the report's joined text."""
    ends, at = [], 0
    for block in report.blocks:
        at += len(block.text) + 1
        if block.cell is not None or len(block.text) <= _SHORT or _ENDED.search(block.text):
            ends.append(at)
    return ends


def _closes(waiting: list[tuple[str, int]], mark: str) -> bool:
    """Whether ``mark`` closes one that waits: the innermost of its kind."""
    for at in range(len(waiting) - 1, -1, -1):
        if waiting[at][0] == mark:
            del waiting[at]
            return True
    return False


def _numbers_item(string: str, mark: str, at: int) -> bool:
    return mark in "）)" and bool(_ITEM.search(string[max(0, at - _ITEM_REACH) : at]))
