"""The matches of one report with those in the index, and within itself."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from hashlib import blake2b

import numpy as np

from pipeline.records import Match, Reading, Source
from pipeline.reuse.document import Document, document
from pipeline.reuse.fingerprint import Hashes, fingerprints
from pipeline.reuse.index import NOTHING, Index, Place
from pipeline.reuse.label import PLAIN, Labels, quote
from pipeline.reuse.passages import passages
from pipeline.reuse.pieces import Piece, Side
from pipeline.reuse.seeds import Seeds, join, packed
from pipeline.reuse.shared import Shared, Text, shared
from pipeline.reuse.shelf import Ordinals, Shelf, shelve

# So many of the unit's own earlier reports are compared with their numerals folded.
_EARLIER = 5


def find(reading: Reading, index: Index | None = None, labels: Labels = PLAIN) -> tuple[Match, ...]:
    """The matches of a report, in the order of its text: for each passage and kind the closest source.

    The report itself may be in ``index``; it is passed over there. Raises UnusableIndex where the index is damaged.
    """
    here = document(reading)
    earlier = _own_earlier(here, index) if index else []
    found = list(_with_all(here, index, labels, set(earlier)))
    if index and earlier:
        found += _with_own_years(here, index, labels, earlier[:_EARLIER])
    return tuple(_matches(_closest(found)))


def _own_earlier(here: Document, index: Index) -> list[Place]:
    return index.of_unit(here.unit, here.year) if here.unit and here.year is not None else []


def _with_all(here: Document, index: Index | None, labels: Labels, skipped: set[Place]) -> Iterator[Shared]:
    """What the report shares within itself and with others but those of ``skipped``."""
    normal = here.normal()
    hashes, places = fingerprints(normal.units)
    known, slot = np.unique(hashes, return_inverse=True)
    found, reports = index.lookup(known, here.id) if index else (NOTHING, np.zeros(len(known), np.int64))
    codes, text = np.unique(found.segment << 32 | found.number, return_inverse=True)
    others = [Place(int(code >> 32), int(code & 0xFFFFFFFF)) for code in codes]
    kept = np.array([other not in skipped for other in others], np.bool_)[text]
    shelf = shelve([*(index.units(other) for other in others if index), normal.units])
    start = int(shelf.starts[-2])
    seeds = _joined(
        np.concatenate([known[found.fingerprint[kept]], hashes]),
        np.concatenate([found.place[kept] + shelf.starts[text[kept]], places + start]),
        shelf,
    )
    # The index knows how many reports have a fingerprint, of which not all are on the shelf.
    counts = reports[slot[np.searchsorted(places, seeds.target - start)]] + 1
    seeds = replace(seeds, reports=counts.astype(np.int32))

    @cache
    def text_of(number: int) -> Text:
        if index and number < len(others):
            return index.text(others[number])
        return Text(here, Side(here.blocks, here.borders(normal), len(normal.units)))

    yield from shared(passages(seeds, shelf), shelf, text_of, labels)


def _with_own_years(here: Document, index: Index, labels: Labels, earlier: Sequence[Place]) -> Iterator[Shared]:
    """What the report shares with its unit's earlier ones, whatever the figures."""
    documents = [*(index.text(place).document for place in earlier), here]
    normals = [document.normal(fold_numerals=True) for document in documents]
    shelf = shelve(normal.units for normal in normals)
    prints = [fingerprints(normal.units) for normal in normals]
    seeds = _joined(
        np.concatenate([hashes for hashes, _ in prints]),
        np.concatenate([places + start for (_, places), start in zip(prints, shelf.starts, strict=False)]),
        shelf,
    )

    @cache
    def text_of(number: int) -> Text:
        document, normal = documents[number], normals[number]
        return Text(document, Side(document.blocks, document.borders(normal), len(normal.units), fold_numerals=True))

    @cache
    def reports(document: Document, piece: Piece) -> int:
        return index.reports(quote(document, piece.span)) + 1

    for one in shared(passages(seeds, shelf), shelf, text_of, labels, reports):
        if one.source is not here:
            yield one


def _joined(hashes: Hashes, places: Ordinals, shelf: Shelf) -> Seeds:
    """The seeds of the last text of the shelf."""
    bits = int(shelf.starts[-1]).bit_length()
    return join(packed(hashes, places, bits), bits, shelf, int(shelf.starts[-2]))


def _closest(found: Sequence[Shared]) -> list[Shared]:
    """Of what overlaps and is of one kind, the piece with most in common, the earlier source among equals."""
    chosen: dict[tuple[str, int], list[Shared]] = {}
    for one in sorted(found, key=lambda one: (-one.piece.matched, -one.piece.similarity)):
        span = one.piece.span
        rivals = chosen.setdefault((one.label.kind, span.block), [])
        covered = sum(
            max(0, min(span.end, rival.piece.span.end) - max(span.start, rival.piece.span.start)) for rival in rivals
        )
        if 2 * covered < span.end - span.start:
            rivals.append(one)
    return sorted(
        (one for rivals in chosen.values() for one in rivals),
        key=lambda one: (one.piece.span.block, one.piece.span.start, one.label.kind),
    )


def _matches(found: Sequence[Shared]) -> Iterator[Match]:
    seen: Counter[str] = Counter()
    for one in found:
        piece, label = one.piece, one.label
        source = Source(one.source.id, one.source.name, piece.source, quote(one.source, piece.source))
        said = "\0".join((label.kind, quote(one.target, piece.span), source.report, source.text))
        digest = blake2b(said.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
        seen[digest] += 1
        yield Match(
            digest if seen[digest] == 1 else f"{digest}-{seen[digest]}", piece.span, source, label.kind, piece.length,
            round(piece.similarity, 4), label.reason, piece.figures_only, one.reports,
        )  # fmt: skip
