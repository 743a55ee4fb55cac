"""From seeds to passages: chained along diagonals, extended over edits, joined where little lies between."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.reuse.align import Extended, Runs, extend
from pipeline.reuse.fingerprint import GRAM, SHORTEST
from pipeline.reuse.seeds import Seeds
from pipeline.reuse.shelf import Numbers, Ordinals, Shelf

# What scores less is chance: unrelated reports share up to 18 characters.
LEAST_SCORE = SHORTEST
# Passages with so little between them, on both sides, are one.
BETWEEN = 25
_CHAINED = 32
_CLUSTERED = 64
# So often the longest chain of a cluster is extended and the others wait; then, in repetitive text, all that are left.
_ROUNDS = 6
_APART = np.int64(1) << 40

Index = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Passages:
    """Shared passages, by target text, source text and place; bounds are half-open ordinals of the shelf.

    ``matched`` counts the same characters, ``reports`` is the median number of reports that the passage's fingerprints are
    in. ``runs`` are the stretches that are the same, by passage and place.
    """

    target_text: Numbers
    source_text: Numbers
    target: Ordinals
    target_end: Ordinals
    source: Ordinals
    source_end: Ordinals
    matched: Numbers
    reports: Numbers
    runs: Runs

    def __len__(self) -> int:
        return len(self.target)


def passages(seeds: Seeds, shelf: Shelf) -> Passages:
    """The passages that ``seeds`` are in."""
    seeds, chain, cluster = _chained(seeds, shelf)
    extended, of_seed = _extended(seeds, chain, cluster, shelf)
    pair = shelf.texts_of(extended.target).astype(np.int64) << 32 | shelf.texts_of(extended.source)
    joined = _joined(extended, pair)
    runs = _in_order(extended.runs, joined)
    count = int(joined.max(initial=-1)) + 1
    members = np.flatnonzero(joined >= 0)
    first = np.full(count, -1)
    first[joined[members[::-1]]] = members[::-1]
    matched = np.bincount(runs.owner, runs.length, count).astype(np.int32)
    starts = np.searchsorted(runs.owner, np.arange(count))
    ends = np.searchsorted(runs.owner, np.arange(count), "right") - 1
    return Passages(
        shelf.texts_of(extended.target[first]), shelf.texts_of(extended.source[first]),
        runs.target[starts], runs.target[ends] + runs.length[ends],
        runs.source[starts], runs.source[ends] + runs.length[ends],
        matched, _medians(seeds.reports, joined[of_seed], count), runs,
    )  # fmt: skip


def _chained(seeds: Seeds, shelf: Shelf) -> tuple[Seeds, Index, Index]:
    """The seeds with the number of the chain and of the cluster of each, by cluster, the longest chain first.

    A chain is of one diagonal in a row; in a cluster are chains that stand so near that one extension may cover them.
    """
    diagonal = seeds.target - seeds.source
    order = _by(diagonal, seeds.target)
    target, diagonal = seeds.target[order], diagonal[order]
    pair = shelf.texts_of(target).astype(np.int64) << 32 | shelf.texts_of(target - diagonal)
    begins = np.ones(len(target), np.bool_)
    begins[1:] = (np.diff(diagonal) != 0) | (np.diff(target) > _CHAINED) | (np.diff(pair) != 0)
    heads = np.flatnonzero(begins)
    ends = np.append(heads[1:], len(target))[: len(heads)] - 1
    cluster = _clusters(pair[heads], target[heads], target[ends] + GRAM)
    rank = np.empty(len(heads), np.int64)
    rank[np.lexsort((target[heads] - target[ends], cluster))] = np.arange(len(heads))
    chain = rank[np.cumsum(begins) - 1]
    by_rank = np.argsort(chain, kind="stable")
    order, chain = order[by_rank], chain[by_rank]
    return Seeds(seeds.target[order], seeds.source[order], seeds.reports[order]), chain, np.sort(cluster)[chain]


def _by(first: Ordinals, second: Ordinals) -> Index:
    """The order by ``first``, then ``second``; of one number made of both where they fit, which is far quicker."""
    low, high = int(second.min(initial=0)), int(second.max(initial=0))
    if int(first.max(initial=0)).bit_length() + (high - low).bit_length() > 62:
        return np.lexsort((second, first))
    return np.argsort(first << (high - low).bit_length() | (second - low))


def _clusters(pair: Index, target: Ordinals, target_end: Ordinals) -> Index:
    """The number of the cluster of each chain, in the order of pairs and places."""
    order = np.lexsort((target, pair))
    changes = np.ones(len(order), np.bool_)
    changes[1:] = np.diff(pair[order]) != 0
    # Pairs are set far apart, so that the furthest end up to here is that of this pair.
    shift = np.cumsum(changes) * _APART
    furthest = np.maximum.accumulate(target_end[order] + shift)
    changes[1:] |= (target[order] + shift)[1:] > furthest[:-1] + _CLUSTERED
    numbers = np.empty(len(order), np.int64)
    numbers[order] = np.cumsum(changes) - 1
    return numbers


def _extended(seeds: Seeds, chain: Index, cluster: Index, shelf: Shelf) -> tuple[Extended, Index]:
    """Extensions of seeds that no other goes through, and the number of that which goes through each seed."""
    of_seed = np.full(len(seeds), -1)
    waiting = np.arange(len(seeds))
    parts: list[Extended] = []
    count = 0
    while len(waiting):
        group = (cluster if len(parts) < _ROUNDS else chain)[waiting]
        leading = np.ones(len(waiting), np.bool_)
        leading[1:] = np.diff(group) != 0
        target, source = seeds.target[waiting], seeds.source[waiting]
        part = extend(target[leading], source[leading], shelf)
        lead = np.cumsum(leading) - 1
        # An extension that comes to nothing covers nothing: a seed that it went through may do better by itself.
        covered = leading | (_hold(part, lead, target, target - source) & (part.score >= LEAST_SCORE)[lead])
        of_seed[waiting[covered]] = lead[covered] + count
        waiting = waiting[~covered]
        parts.append(part)
        count += len(part.target)
    return _together(parts), of_seed


def _hold(extended: Extended, owner: Index, target: Ordinals, diagonal: Ordinals) -> NDArray[np.bool_]:
    """Whether the extension ``owner`` goes through each place on its diagonal."""
    runs = extended.runs
    if not len(runs.owner):
        return np.zeros(len(target), np.bool_)
    keys = runs.owner * _APART + runs.target
    order = np.argsort(keys)
    key = owner * _APART + target
    at = order[np.maximum(np.searchsorted(keys, key, "right", sorter=order) - 1, 0)]
    inside = (keys[at] <= key) & (key < keys[at] + runs.length[at])
    held: NDArray[np.bool_] = inside & ((runs.target - runs.source)[at] == diagonal)
    return held


def _together(parts: list[Extended]) -> Extended:
    if not parts:
        nothing = np.empty(0, np.int64)
        return extend(nothing, nothing, Shelf(np.empty(0, np.uint16), nothing, np.empty(0, np.int32)))
    counts = np.cumsum([0] + [len(part.target) for part in parts])
    runs = Runs(
        np.concatenate([part.runs.owner + first for part, first in zip(parts, counts, strict=False)]),
        np.concatenate([part.runs.target for part in parts]),
        np.concatenate([part.runs.source for part in parts]),
        np.concatenate([part.runs.length for part in parts]),
    )
    return Extended(
        np.concatenate([part.target for part in parts]),
        np.concatenate([part.target_end for part in parts]),
        np.concatenate([part.source for part in parts]),
        np.concatenate([part.source_end for part in parts]),
        np.concatenate([part.score for part in parts]),
        runs,
    )


def _joined(extended: Extended, pair: Index) -> Index:
    """The number of the passage of each extension, -1 for those that score too little or stand inside another."""
    number = np.full(len(pair), -1)
    kept = np.flatnonzero(extended.score >= LEAST_SCORE)
    kept = kept[np.lexsort((-extended.target_end[kept], extended.target[kept], pair[kept]))]
    if not len(kept):
        return number
    fresh = np.ones(len(kept), np.bool_)
    fresh[1:] = np.diff(pair[kept]) != 0
    shift = np.cumsum(fresh) * _APART
    end = extended.target_end[kept] + shift
    furthest = np.maximum.accumulate(end)
    outside = fresh.copy()
    outside[1:] |= end[1:] > furthest[:-1]
    kept, fresh = kept[outside], fresh[outside]
    begins = fresh.copy()
    for start, ends in ((extended.target, extended.target_end), (extended.source, extended.source_end)):
        gap = start[kept][1:] - ends[kept][:-1]
        begins[1:] |= gap > BETWEEN
        # Little between them also means: not the other way round.
        begins[1:] |= ends[kept][1:] <= ends[kept][:-1]
        begins[1:] |= start[kept][1:] < start[kept][:-1]
    number[kept] = np.cumsum(begins) - 1
    return number


def _in_order(runs: Runs, joined: Index) -> Runs:
    """The runs by passage and place, cut where they overlap."""
    owner = joined[runs.owner]
    kept = np.flatnonzero(owner >= 0)
    kept = kept[np.lexsort((runs.source[kept], runs.target[kept], owner[kept]))]
    owner, target, source = owner[kept], runs.target[kept], runs.source[kept]
    length = runs.length[kept].astype(np.int64)
    if not len(kept):
        return Runs(owner, target, source, runs.length[kept])
    shift = owner * _APART
    over = np.zeros(len(kept), np.int64)
    for start in (target, source):
        furthest = np.maximum.accumulate(start + length + shift)
        over[1:] = np.maximum(over[1:], furthest[:-1] - (start + shift)[1:])
    target, source, length = target + over, source + over, length - over
    left = length > 0
    return Runs(owner[left], target[left], source[left], length[left].astype(np.int32))


def _medians(values: Numbers, group: Index, count: int) -> Numbers:
    """The median of the values of each group, -1 being none; 0 for a group without any."""
    kept = np.flatnonzero(group >= 0)
    kept = kept[np.lexsort((values[kept], group[kept]))]
    first = np.searchsorted(group[kept], np.arange(count))
    behind = np.searchsorted(group[kept], np.arange(count), "right")
    medians = np.zeros(count, np.int32)
    some = behind > first
    medians[some] = values[kept][(first + (behind - first - 1) // 2)[some]]
    return medians
