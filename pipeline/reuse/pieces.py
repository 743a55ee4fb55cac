"""A passage cut at the borders of blocks, on both sides, into spans of the two reports."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from pipeline.records import Span
from pipeline.reuse.normalise import Normal, letters, normalise

# Of a passage over several blocks, what is shorter is a label or a heading that came with it.
LEAST_PIECE = 8
_DIGITS = re.compile(r"\d+")

# Where a stretch that is the same begins in the target and in the source, and its length.
Run = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Piece:
    """Spans on both sides; how many characters of each are compared, and how many of them are the same.

    ``figures_only``: something differs, and nothing but figures.
    """

    span: Span
    source: Span
    length: int
    source_length: int
    matched: int
    figures_only: bool

    @property
    def similarity(self) -> float:
        return 2 * self.matched / (self.length + self.source_length)


class Side:
    """One side of a passage: the blocks of a report and where each begins among its compared characters."""

    def __init__(self, blocks: Sequence[str], borders: Sequence[int], end: int, *, fold_numerals: bool = False) -> None:
        self.blocks = blocks
        self.folded = fold_numerals
        self._borders = borders
        self._end = end
        self._normal: dict[int, Normal] = {}

    def length(self, block: int) -> int:
        """How many of the block's characters are compared."""
        return self.end(block) - self._borders[block]

    def block(self, place: int) -> int:
        """The block that a compared character stands in; of empty blocks before it none."""
        return bisect_right(self._borders, place) - 1

    def end(self, block: int) -> int:
        """Where the block ends among the compared characters."""
        return self._borders[block + 1] if block + 1 < len(self._borders) else self._end

    def span(self, block: int, start: int, end: int) -> Span:
        """The words of ``block`` that the compared characters ``start``..``end - 1`` stand for."""
        at = self._of(block).at
        first = self._borders[block]
        text = self.blocks[block]
        begin, behind = int(at[start - first]), int(at[end - 1 - first]) + 1
        if self.folded:
            # One 0 stands for all the digits, and for what is dropped between them.
            while behind < len(text) and text[behind].isdecimal() and text[behind - 1].isdecimal():
                behind += 1
        return Span(block, begin, behind)

    def letters(self, block: int, start: int, end: int) -> str:
        """The compared characters ``start``..``end - 1``, all of ``block``."""
        first = self._borders[block]
        return "".join(map(chr, self._of(block).units[start - first : end - first].tolist()))

    def _of(self, block: int) -> Normal:
        if block not in self._normal:
            self._normal[block] = normalise(self.blocks[block], fold_numerals=self.folded)
        return self._normal[block]


def pieces(runs: Sequence[Run], target: Side, source: Side) -> list[Piece]:
    """The pieces of a passage given as its ``runs``, in order."""
    return [
        _piece(block, source_block, parts, target, source) for block, source_block, parts in _cut(runs, target, source)
    ]


def _cut(runs: Sequence[Run], target: Side, source: Side) -> list[tuple[int, int, list[Run]]]:
    """The runs by blocks of target and source, without those blocks that have too little of the passage."""
    groups: list[tuple[int, int, list[Run]]] = []
    end = source_end = first = source_first = block = source_block = -1
    for place, source_place, rest in runs:
        while rest:
            if not first <= place < end:
                block = target.block(place)
                first, end = place, target.end(block)
            if not source_first <= source_place < source_end:
                source_block = source.block(source_place)
                source_first, source_end = source_place, source.end(source_block)
            length = min(rest, end - place, source_end - source_place)
            if not groups or groups[-1][0] != block or groups[-1][1] != source_block:
                groups.append((block, source_block, []))
            groups[-1][2].append((place, source_place, length))
            place, source_place, rest = place + length, source_place + length, rest - length
    return [group for group in groups if sum(length for _, _, length in group[2]) >= LEAST_PIECE]


def _piece(block: int, source_block: int, parts: Sequence[Run], target: Side, source: Side) -> Piece:
    (start, source_start, _), (last, source_last, length) = parts[0], parts[-1]
    end, source_end = last + length, source_last + length
    matched = sum(length for _, _, length in parts)
    figures = False
    if not matched == end - start == source_end - source_start:
        here, there = target.letters(block, start, end), source.letters(source_block, source_start, source_end)
        figures = here != there and _same_but_figures(here, there)
    return Piece(
        target.span(block, start, end), source.span(source_block, source_start, source_end),
        end - start, source_end - source_start, matched, figures,
    )  # fmt: skip


def recounted(piece: Piece, text: str, source: str) -> Piece:
    """A piece found with folded numerals, counted in the characters of both texts as they are."""
    here, there = letters(text), letters(source)
    if here == there:
        return replace(piece, length=len(here), source_length=len(there), matched=len(here), figures_only=False)
    blocks = SequenceMatcher(None, here, there, autojunk=False).get_matching_blocks()
    matched = sum(block.size for block in blocks)
    figures = _same_but_figures(here, there)
    return Piece(piece.span, piece.source, len(here), len(there), matched, figures)


def _same_but_figures(here: str, there: str) -> bool:
    return _DIGITS.sub("0", here) == _DIGITS.sub("0", there)
