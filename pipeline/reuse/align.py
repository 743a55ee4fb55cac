"""Extension of seeds over edits: X-drop, all seeds of a batch in step.

From a seed the two texts are followed as long as they are the same. Where they differ, they go on from the nearest two
characters within 8 that are the same again; each place passed over costs one. An extension ends where none are found, or
where it has lost 12 since its best, and is taken back to its best.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.reuse.shelf import Numbers, Ordinals, Shelf

# How far the texts may part, how many same characters bring them together again, how much may be lost.
PARTED = 8
AGAIN = 2
LOST = 12
_STRIDE = 32
_BATCH = 1 << 16


def _detours() -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """The ways past a difference, the cheapest first: their numbers, steps on both sides, costs."""
    steps = np.stack(np.divmod(np.arange((PARTED + 1) ** 2), PARTED + 1))
    cost = steps.max(0)
    order = np.lexsort((np.abs(steps[0] - steps[1]), cost))[1:]
    return order, steps[:, order], cost[order]


_WAYS, _STEPS, _COSTS = _detours()
_ENDS = (np.uint32(0xFFFFFFFE), np.uint32(0xFFFFFFFF))


@dataclass(frozen=True, slots=True)
class Runs:
    """Stretches that are the same on both sides: of which extension, where on either side, how long."""

    owner: NDArray[np.int64]
    target: Ordinals
    source: Ordinals
    length: Numbers


@dataclass(frozen=True, slots=True)
class Extended:
    """What became of each seed: half-open bounds on both sides and the score; ``runs`` of all, in no order."""

    target: Ordinals
    target_end: Ordinals
    source: Ordinals
    source_end: Ordinals
    score: Numbers
    runs: Runs


def extend(target: Ordinals, source: Ordinals, shelf: Shelf) -> Extended:
    """Extends the seeds that begin at ``target`` and ``source`` to both sides."""
    parts = []
    for first in range(0, len(target), _BATCH):
        part = slice(first, first + _BATCH)
        parts += [_follow(target[part], source[part], shelf, first, side) for side in (1, -1)]
    rights, lefts = parts[::2], parts[1::2]
    right = np.concatenate([way.reached for way in rights], axis=1) if rights else np.zeros((3, 0), np.int64)
    left = np.concatenate([way.reached for way in lefts], axis=1) if lefts else np.zeros((3, 0), np.int64)
    found = [way.runs for way in parts] or [_no_runs()]
    runs = Runs(
        np.concatenate([part.owner for part in found]),
        np.concatenate([part.target for part in found]),
        np.concatenate([part.source for part in found]),
        np.concatenate([part.length for part in found]),
    )
    score = (left[2] + right[2]).astype(np.int32)
    return Extended(left[0] + 1, right[0], left[1] + 1, right[1], score, runs)


@dataclass(frozen=True, slots=True)
class _Way:
    """One side of a batch: ``reached`` holds target, source and score at the best of each seed."""

    reached: NDArray[np.int64]
    runs: Runs


def _no_runs() -> Runs:
    nothing = np.empty(0, np.int64)
    return Runs(nothing, nothing, nothing, np.empty(0, np.int32))


def _follow(target: Ordinals, source: Ordinals, shelf: Shelf, first: int, side: int) -> _Way:
    """From the seeds on (``side`` 1), or from the place before them back (-1)."""
    at = np.stack([target, source]) if side == 1 else np.stack([target - 1, source - 1])
    reached = np.concatenate([at, np.zeros((1, len(target)), np.int64)])
    owner = np.arange(len(target))
    score = np.zeros(len(target), np.int64)
    best = np.zeros(len(target), np.int64)
    best_step = np.full(len(target), -1)
    steps: list[tuple[NDArray[np.int64], ...]] = []
    while len(owner):
        one, other = (_ahead(shelf, place, _STRIDE, side) for place in at)
        differ = (one != other) | (one == 0)
        length = np.where(differ.any(1), differ.argmax(1), _STRIDE)
        steps.append((owner, *(at if side == 1 else at - length + 1), length))
        at = at + side * length
        score = score + length
        ahead = score > best[owner]
        best[owner[ahead]] = score[ahead]
        best_step[owner[ahead]] = len(steps) - 1
        reached[:2, owner[ahead]] = at[:, ahead]
        reached[2, owner[ahead]] = score[ahead]
        goes_on = np.ones(len(owner), np.bool_)
        parted = np.flatnonzero(length < _STRIDE)
        passed, cost = _detour(shelf, at[:, parted], side)
        at[:, parted] += side * passed
        score[parted] -= cost
        goes_on[parted] = (cost > 0) & (score[parted] >= best[owner[parted]] - LOST)
        # Within one text a detour may lead to the very same place.
        goes_on &= at[0] > at[1]
        owner, score, at = owner[goes_on], score[goes_on], at[:, goes_on]
    return _Way(reached, _kept(steps, best_step, first))


def _ahead(shelf: Shelf, place: Ordinals, count: int, side: int) -> NDArray[np.uint16]:
    """The next ``count`` units from each place on, the nearest first."""
    return shelf.windows(place, 0, count) if side == 1 else shelf.windows(place + 1, count, 0)[:, ::-1]


def _detour(shelf: Shelf, at: NDArray[np.int64], side: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The cheapest way past a difference: steps on both sides, and the cost; 0 where there is none."""
    steps, cost = np.zeros((2, at.shape[1]), np.int64), np.zeros(at.shape[1], np.int64)
    # Beyond the end of a text nothing is the same, not even the end of another.
    one, other = (_twos(_ahead(shelf, place, PARTED + AGAIN, side), end) for place, end in zip(at, _ENDS, strict=True))
    again = (one[:, :, None] == other[:, None, :]).reshape(len(one), len(_WAYS) + 1)
    found = np.flatnonzero(again.any(1))
    choice = again[found][:, _WAYS].argmax(1)
    steps[:, found] = _STEPS[:, choice]
    cost[found] = _COSTS[choice]
    return steps, cost


def _twos(units: NDArray[np.uint16], end: np.uint32) -> NDArray[np.uint32]:
    """Each two characters in a row as one number, ``end`` where one of them is none."""
    first, second = units[:, :-1], units[:, 1:]
    twos: NDArray[np.uint32] = first.astype(np.uint32) << np.uint32(16) | second
    twos[(first == 0) | (second == 0)] = end
    return twos


def _kept(steps: list[tuple[NDArray[np.int64], ...]], best_step: NDArray[np.int64], first: int) -> Runs:
    """The runs up to the best of each seed."""
    if not steps:
        return _no_runs()
    number = np.repeat(np.arange(len(steps)), [len(step[0]) for step in steps])
    owner, target, source, length = (np.concatenate(column) for column in zip(*steps, strict=True))
    kept = (number <= best_step[owner]) & (length > 0)
    return Runs(owner[kept] + first, target[kept], source[kept], length[kept].astype(np.int32))
