"""The text of one or more cells, cut into entries and points that know where they stand."""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import accumulate

from pipeline.indicators.sheet import Entry, Points
from pipeline.quantity.plain import plain
from pipeline.records import Claim, Span
from pipeline.table import Place

# Recognition splits numbers (8. 5, 1 0); what stands behind a sum (10-1.5=8.5) is its result.
_POINTS = re.compile(
    r"(?:.*=)?\s*(?:得|计|扣|减|-|\+|共)?\s*(?P<number>\d(?:[ \u3000]?\d)*(?:[ \u3000]?[.．。·][ \u3000]?\d(?:[ \u3000]?\d)*)?)"
)
_SCALED = re.compile(r"[（(]\s*(?:满分|共|计|权重)?\s*(?P<number>\d{1,3}(?:\.\d{1,2})?)\s*(?:分|%)\s*[）)]")
_SCALED_BARE = re.compile(_SCALED.pattern.replace("(?:分|%)", "(?:分|%)?"))
_MOST = Decimal(1000)


class Passage:
    """The paragraphs of ``places``, joined by line feeds."""

    __slots__ = ("_blocks", "_claims", "_starts", "text")

    def __init__(self, places: Sequence[Place], claims: Mapping[int, Sequence[Claim]]) -> None:
        self._blocks = [block for place in places for block in place.blocks]
        self._claims = claims
        texts = [block.text for block in self._blocks]
        self.text = texts[0] if len(texts) == 1 else "\n".join(texts)
        self._starts = [0, *accumulate(len(text) + 1 for text in texts[:-1])]

    def entry(self, start: int = 0, end: int | None = None) -> Entry:
        """``text[start:end]`` without white space at its ends."""
        end = len(self.text) if end is None else end
        piece = self.text[start:end]
        start += len(piece) - len(piece.lstrip())
        end = max(start, start + len(piece.strip()))
        spans = tuple(self._spans(start, end))
        claims = tuple(
            [
                claim
                for span in spans
                if span.block in self._claims
                for claim in self._claims[span.block]
                if span.start <= claim.span.start and claim.span.end <= span.end
            ]
        )
        return Entry(self.text[start:end], spans, claims)

    def _spans(self, start: int, end: int) -> list[Span]:
        found: list[Span] = []
        if len(self._blocks) == 1:
            return [Span(self._blocks[0].index, start, end)]
        at = max(0, bisect_right(self._starts, start) - 1)
        if start == end:
            first = self._starts[at]
            inside = min(start - first, len(self._blocks[at].text))
            return [Span(self._blocks[at].index, inside, inside)]
        while at < len(self._blocks) and self._starts[at] < end:
            first, block = self._starts[at], self._blocks[at]
            left, right = max(start - first, 0), min(end - first, len(block.text))
            while left < right and block.text[left].isspace():
                left += 1
            while left < right and block.text[right - 1].isspace():
                right -= 1
            if left < right:
                found.append(Span(block.index, left, right))
            at += 1
        return found

    def points(self, start: int = 0, end: int | None = None) -> Points | None:
        """The points that ``text[start:end]`` begins with (10, 8.5分, 8. 5, 10-1.5=8.5)."""
        text = plain(self.text[start:end] if end is not None else self.text[start:])
        return self._number(_POINTS.match(text), start)

    def scaled(self, start: int = 0, end: int | None = None, bare: bool = False) -> tuple[Points, int, int] | None:
        """Points in brackets (（40分）; （40） if ``bare``) within ``text[start:end]``, and where the brackets stand."""
        if "（" not in self.text and "(" not in self.text:
            return None
        pattern = _SCALED_BARE if bare else _SCALED
        found = pattern.search(plain(self.text), start, len(self.text) if end is None else end)
        points = self._number(found, 0)
        return None if found is None or points is None else (points, found.start(), found.end())

    def _number(self, found: re.Match[str] | None, offset: int) -> Points | None:
        if found is None:
            return None
        digits = re.sub(r"[ \u3000]", "", found["number"])
        value = Decimal(re.sub("[．。·]", ".", digits))
        spans = self._spans(offset + found.start("number"), offset + found.end("number"))
        return Points(value, spans[0]) if value <= _MOST and len(spans) == 1 else None
