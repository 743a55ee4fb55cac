"""What two reports share, piece by piece: from passages on a shelf to spans of the reports."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.reuse.document import Document
from pipeline.reuse.label import Label, Labels, mean_block, quote
from pipeline.reuse.passages import Passages
from pipeline.reuse.pieces import Piece, Side, pieces, recounted
from pipeline.reuse.shelf import Shelf


@dataclass(frozen=True, slots=True)
class Text:
    """A text on the shelf: the report it is of, and its side of passages."""

    document: Document
    side: Side


@dataclass(frozen=True, slots=True)
class Shared:
    """A piece that ``target`` has in common with ``source``; so many ``reports`` have it, the two included."""

    target: Document
    source: Document
    piece: Piece
    label: Label
    reports: int


def shared(
    found: Passages,
    shelf: Shelf,
    text: Callable[[int], Text],
    labels: Labels,
    reports: Callable[[Document, Piece], int] | None = None,
) -> Iterator[Shared]:
    """The pieces of all passages, by target and source. ``text`` gives the texts of the shelf by their number;
    ``reports`` how many have a piece, if not those of the passage."""
    runs = found.runs
    target_numbers, source_numbers = found.target_text.tolist(), found.source_text.tolist()
    bounds = np.searchsorted(runs.owner, np.arange(len(found) + 1)).tolist()
    places = (runs.target - shelf.starts[found.target_text[runs.owner]]).tolist()
    source_places = (runs.source - shelf.starts[found.source_text[runs.owner]]).tolist()
    lengths, counts = runs.length.tolist(), found.reports.tolist()
    for at, (target_number, source_number) in enumerate(zip(target_numbers, source_numbers, strict=True)):
        target, source = text(target_number), text(source_number)
        own = slice(bounds[at], bounds[at + 1])
        whole = list(zip(places[own], source_places[own], lengths[own], strict=True))
        for apart in _apart(whole) if target_number == source_number else [whole]:
            cut = pieces(apart, target.side, source.side)
            cell = mean_block(cut, target.side) if cut else 0.0
            for piece in cut:
                if target.side.folded:
                    words = quote(target.document, piece.span), quote(source.document, piece.source)
                    piece = recounted(piece, *words)
                count = reports(target.document, piece) if reports else counts[at]
                label = labels.of(piece, target.document, source.document, count, cell)
                yield Shared(target.document, source.document, piece, label, count)


def _apart(runs: Sequence[tuple[int, int, int]]) -> Iterator[list[tuple[int, int, int]]]:
    """The runs of a passage that repeats itself within one text, in parts that do not reach into their own source."""
    part: list[tuple[int, int, int]] = []
    for target, source, rest in runs:
        while rest:
            room = (part[0][0] if part else target) - source
            if room <= 0:
                yield part
                part = []
                continue
            length = min(rest, room)
            part.append((target, source, length))
            target, source, rest = target + length, source + length, rest - length
    yield part
