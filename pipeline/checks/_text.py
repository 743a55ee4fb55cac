"""The report's text as one string, and the way back from a match in it to a span."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate

from pipeline.identity import Same
from pipeline.numbering import mark
from pipeline.records import Report, Span


class Text:
    """Blocks joined by line feeds. A match that crosses a border of blocks has no span and is passed over."""

    __slots__ = ("_starts", "string")

    def __init__(self, texts: Sequence[str]) -> None:
        self.string = "\n".join(texts)
        self._starts = [0, *accumulate(len(text) + 1 for text in texts)][:-1] or [0]

    def span(self, start: int, end: int) -> Span | None:
        block = bisect_right(self._starts, start) - 1
        first = self._starts[block]
        last = self._starts[block + 1] - 1 if block + 1 < len(self._starts) else len(self.string)
        return Span(block, start - first, end - first) if start < end <= last else None

    def search(self, pattern: re.Pattern[str], group: int | str = 0) -> Iterator[tuple[Span, re.Match[str]]]:
        """Matches of ``pattern`` with the span of ``group``, in reading order."""
        for found in pattern.finditer(self.string):
            span = self.span(*found.span(group))
            if span is not None:
                yield span, found

    def places(self, words: str) -> Iterator[Span]:
        """Places of ``words`` as they stand."""
        at = self.string.find(words)
        while at >= 0:
            span = self.span(at, at + len(words))
            if span is not None:
                yield span
            at = self.string.find(words, at + len(words))


def joined(report: Report) -> Text:
    """The report's text; made once for all the rules that ask for it."""
    return _joined(Same(report))


@lru_cache(maxsize=1)
def _joined(same: Same) -> Text:
    return Text([block.text for block in same.report.blocks])


numbered = mark
"""The numbering mark at the head of a text."""


def whole(report: Report, block: int) -> Span | None:
    """The span of a block's text without the white space around it; None where it has none."""
    text = report.blocks[block].text
    body = text.strip()
    if not body:
        return None
    start = text.index(body)
    return Span(block, start, start + len(body))
