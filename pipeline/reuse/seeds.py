"""Seeds: pairs of places with the same fingerprint, joined as a star instead of each with each.

A place is joined with the last report before it that has the fingerprint, with the first report of all, and with the last
place in its own report. So the work is in proportion to the fingerprints however common a phrase is. What a star alone
can miss, a run of 20 characters shared with a report in the middle only, is looked up among all pairs where the
fingerprint is in few places.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.reuse.fingerprint import GRAM, SHORTEST, Hashes
from pipeline.reuse.shelf import Numbers, Ordinals, Shelf

# In more places than this a fingerprint is a stock phrase, joined with its first report only.
COMMON = 50
# In more reports than this what has it is a stock phrase: groups that copy do not grow with their number, phrases do.
STOCK = 30
# A shared run of 20 that holds a gram reaches at most so far on either side of it.
_REACH = SHORTEST - GRAM
# A row of 12 + 8 + 12 characters as 8 words of 4: those of the gram; and, without them, the two on either side of it.
_GRAM_WORDS = (3, 4)
_NEAR = (1, 2, 3, 4)

_Places = NDArray[np.int64]
# The star's sources of places, given by number: the last before in the report, the last report's, the first report's.
_STAR: tuple[Callable[[_Places, _Places, _Places], _Places], ...] = (
    lambda at, before, head: at - 1,
    lambda at, before, head: np.maximum(before[at], head[at]),
    lambda at, before, head: head[at],
)


@dataclass(frozen=True, slots=True)
class Seeds:
    """Places that begin with the same 8 characters, ``source`` before ``target``; ``reports`` that have them somewhere."""

    target: Ordinals
    source: Ordinals
    reports: Numbers

    def __len__(self) -> int:
        return len(self.target)


def none() -> Seeds:
    return Seeds(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.int32))


def packed(hashes: Hashes, places: Ordinals, bits: int) -> Hashes:
    """Fingerprints and their places as sorted numbers: the high bits of the hash, then ``bits`` of the place.

    Sorting numbers is far cheaper than sorting pairs. Grams that agree in the high bits only are told apart by their
    characters, as all chance seeds are.
    """
    width = np.uint64(bits)
    numbers = (hashes >> width << width) | places.astype(np.uint64)
    numbers.sort()
    return numbers


def join(postings: Hashes, bits: int, shelf: Shelf, first_target: int = 0) -> Seeds:
    """The seeds among ``packed`` fingerprints, all there are of each; targets are from ``first_target`` on."""
    if len(postings) < 2:
        return none()
    tops = postings >> np.uint64(bits)
    same = tops[1:] == tops[:-1]
    shared = np.zeros(len(postings), np.bool_)
    shared[1:] = same
    shared[:-1] |= same
    begins = shared.copy()
    begins[1:] &= ~same
    places = (postings[shared] & np.uint64((1 << bits) - 1)).astype(np.int64)
    return _star(places, begins[shared], shelf, first_target) if len(places) else none()


def _star(places: Ordinals, begins: NDArray[np.bool_], shelf: Shelf, first_target: int) -> Seeds:
    """``begins`` marks the first place of every group of one fingerprint."""
    at = np.arange(len(places))
    texts = shelf.texts_of(places)
    changes = begins.copy()
    changes[1:] |= texts[1:] != texts[:-1]
    heads = np.flatnonzero(begins)
    group = np.cumsum(begins) - 1
    head = heads[group]
    run = np.maximum.accumulate(np.where(changes, at, 0))
    sizes = np.diff(heads, append=len(places))
    reports = np.add.reduceat(changes, heads, dtype=np.int32)[group]
    common = (sizes > COMMON)[group]
    wanted = places >= first_target
    before = run - 1
    pairs = [
        _pair(at, at - 1, wanted & ~changes),
        _pair(at, before, wanted & (before >= head) & ~common),
        _pair(at, head, wanted & (head < run) & ((head != before) | common)),
    ]
    pairs.append(_middle(places, head, before, at[wanted & ~common & (reports <= STOCK) & (at - head > 2)], shelf))
    target, source = (np.concatenate(side) for side in zip(*pairs, strict=True))
    return Seeds(places[target], places[source], reports[target])


def _pair(
    target: NDArray[np.int64], source: NDArray[np.int64], wanted: NDArray[np.bool_]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    return target[wanted], source[wanted]


def _middle(
    places: Ordinals, head: NDArray[np.int64], before: NDArray[np.int64], targets: NDArray[np.int64], shelf: Shelf
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Pairs outside the star that share a run of 20, and more of it than any of the star's pairs."""
    rows = np.ascontiguousarray(shelf.windows(places, _REACH, GRAM + _REACH))
    words = rows.view(np.uint64)
    beside = np.delete(words, _GRAM_WORDS, axis=1)
    near = np.ascontiguousarray(beside[:, _NEAR].T)
    for star in _STAR:
        # Where the star follows as far as any run of 20 goes, nothing is missed.
        targets = targets[(beside[targets] != beside[star(targets, before, head)]).any(1)]
    pairs = [(targets[:0], targets[:0])]
    part = targets
    for lag in range(2, int((part - head[part]).max(initial=0))):
        part = part[part - lag > head[part]]
        source = part - lag
        # Of 12 characters on both sides together, two whole words are next to the gram: two on one side, or one on each.
        far_left, left, right, far_right = (word[part] == word[source] for word in near)
        likely = ((left & (far_left | right)) | (right & far_right)) & (source != before[part])
        pairs.append((part[likely], source[likely]))
    target, source = (np.concatenate(side) for side in zip(*pairs, strict=True))
    left, right = _reach(rows, target, source)
    more = left + right >= SHORTEST - GRAM
    target, source, left, right = target[more], source[more], left[more], right[more]
    more = np.ones(len(target), np.bool_)
    for star in _STAR:
        far_left, far_right = _reach(rows, target, star(target, before, head))
        more &= (left > far_left) | (right > far_right)
    return target[more], source[more]


def _reach(rows: NDArray[np.uint16], one: NDArray[np.int64], other: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    """How many characters left and right of a shared gram are the same too, at most 12 on either side."""
    differ = (rows[one] != rows[other]) | (rows[one] == 0)
    sides = differ[:, _REACH - 1 :: -1], differ[:, _REACH + GRAM :]
    return [np.where(side.any(1), side.argmax(1), _REACH) for side in sides]
