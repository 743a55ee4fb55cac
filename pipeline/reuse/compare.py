"""All reports with each other, in one batch: how much there are is bounded by the disk, not by memory."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray

from pipeline.records import MatchKind, Source
from pipeline.reuse.buckets import Buckets
from pipeline.reuse.document import Document
from pipeline.reuse.fingerprint import fingerprints
from pipeline.reuse.label import PLAIN, Labels, quote
from pipeline.reuse.normalise import normalise
from pipeline.reuse.passages import Passages, passages
from pipeline.reuse.pieces import Piece
from pipeline.reuse.seeds import Seeds, join
from pipeline.reuse.segment import NO_YEAR, Segment
from pipeline.reuse.segment_writer import Writer
from pipeline.reuse.shared import Shared, Text, shared

_SEED = np.dtype([("target", "<i8"), ("source", "<i8"), ("reports", "<i4")])
# Postings joined at a time, reports whose seeds are extended at a time, texts kept at hand.
_JOINED = 1 << 20
_SHARD = 1024
_KEPT = 1024


@dataclass(frozen=True, slots=True)
class Pair:
    """A passage of ``a`` that stands in ``b`` too: an earlier report of the batch, of the unit, or the same one.

    ``length`` is of ``a``'s passage in compared characters; ``count`` says how many reports have it, ``reason`` why it is
    set aside, if it is.
    """

    a: Source
    b: Source
    length: int
    similarity: float
    kind: MatchKind
    reason: str
    figures_only: bool
    count: int


def compare(documents: Iterable[Document], labels: Labels = PLAIN, scratch: Path | None = None) -> Iterator[Pair]:
    """All passages that the reports share, each with the last report before that has it and the first of all.

    Reports are taken one by one and kept in a folder under ``scratch`` (the system's for temporary files) until done:
    about 60 KB each. A report that comes twice counts once.
    """
    for one in shared_passages(documents, labels, scratch):
        yield _pair(one)


def shared_passages(
    documents: Iterable[Document], labels: Labels = PLAIN, scratch: Path | None = None
) -> Iterator[Shared]:
    """As ``compare``, before the passages are quoted."""
    with TemporaryDirectory(prefix="jishen-", dir=scratch) as name:
        folder = Path(name)
        whole = written(documents, folder / "whole")
        keep = lru_cache(_KEPT)(whole.text)
        for found in all_passages(whole, folder, not_own_years(whole)):
            yield from shared(found, whole.shelf, keep, labels)
        yield from _own_years(whole, folder, labels)


def written(documents: Iterable[Document], folder: Path, *, apart: bool = False) -> Segment:
    """A segment of the documents, each once."""
    folder.mkdir()
    writer = Writer(folder, level=0, apart=apart)
    seen: set[str] = set()
    for one in documents:
        if one.id not in seen:
            seen.add(one.id)
            writer.add(one)
    writer.finish()
    return Segment(folder)


def all_passages(segment: Segment, folder: Path, wanted: Callable[[Seeds], NDArray[np.bool_]]) -> Iterator[Passages]:
    """The passages of a segment, some reports at a time, in their order. ``folder`` takes seeds that are too many."""
    buckets = Buckets(folder, "seeds", _SEED)
    for part in _groups(segment):
        seeds = join(part, segment.bits, segment.shelf)
        kept = wanted(seeds)
        rows = np.empty(int(kept.sum()), _SEED)
        rows["target"], rows["source"], rows["reports"] = seeds.target[kept], seeds.source[kept], seeds.reports[kept]
        buckets.put(segment.shelf.texts_of(rows["target"]).astype(np.int64) // _SHARD, rows)
    for rows in buckets.drain():
        yield passages(Seeds(*(np.ascontiguousarray(rows[name]) for name in _SEED.names or ())), segment.shelf)


def _groups(segment: Segment) -> Iterator[NDArray[np.uint64]]:
    """The postings in parts that cut no fingerprint in two."""
    postings, bits = segment.postings, np.uint64(segment.bits)
    first = 0
    while first < len(postings):
        last = min(first + _JOINED, len(postings))
        if last < len(postings):
            top = postings[last - 1] >> bits
            last = int(np.searchsorted(postings, top << bits | np.uint64((1 << segment.bits) - 1), "right"))
        yield np.array(postings[first:last])
        first = last


def not_own_years(segment: Segment) -> Callable[[Seeds], NDArray[np.bool_]]:
    """Leaves out what a unit's reports of several years share: those are compared with their numerals folded."""
    agencies, years = np.array(segment.agencies), np.array(segment.years)

    def wanted(seeds: Seeds) -> NDArray[np.bool_]:
        one, other = segment.shelf.texts_of(seeds.target), segment.shelf.texts_of(seeds.source)
        known = (agencies[one] != 0) & (years[one] != NO_YEAR) & (years[other] != NO_YEAR)
        own: NDArray[np.bool_] = known & (agencies[one] == agencies[other]) & (years[one] != years[other])
        return ~own

    return wanted


def _own_years(whole: Segment, folder: Path, labels: Labels) -> Iterator[Shared]:
    """What reports share with those of the same unit and of earlier years."""
    agencies, years = np.array(whole.agencies), np.array(whole.years)
    order = np.lexsort((years, agencies))
    order = order[(agencies[order] != 0) & (years[order] != NO_YEAR)]
    _, unit, count = np.unique(agencies[order], return_inverse=True, return_counts=True)
    order = order[count[unit] > 1]
    if not len(order):
        return
    own = written((whole.document(int(number)) for number in order), folder / "own", apart=True)

    def wanted(seeds: Seeds) -> NDArray[np.bool_]:
        one, other = own.shelf.texts_of(seeds.target), own.shelf.texts_of(seeds.source)
        different: NDArray[np.bool_] = own.years[one] != own.years[other]
        return different

    @lru_cache(_KEPT)
    def text(number: int) -> Text:
        return own.text(number, fold_numerals=True)

    def reports(target: Document, piece: Piece) -> int:
        hashes, _ = fingerprints(normalise(quote(target, piece.span)).units)
        counts = np.sort(whole.reports(hashes))
        return int(counts[(len(counts) - 1) // 2]) if len(counts) else 1

    for found in all_passages(own, folder, wanted):
        yield from shared(found, own.shelf, text, labels, reports)


def _pair(one: Shared) -> Pair:
    piece, label = one.piece, one.label
    a = Source(one.target.id, one.target.name, piece.span, quote(one.target, piece.span))
    b = Source(one.source.id, one.source.name, piece.source, quote(one.source, piece.source))
    return Pair(
        a,
        b,
        piece.length,
        round(piece.similarity, 4),
        label.kind,
        label.reason,
        piece.figures_only,
        max(one.reports, 2),
    )
