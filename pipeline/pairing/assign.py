"""The best pairs of two lists: an optimal assignment first, then results that answer several targets."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment  # type: ignore[import-untyped]

from pipeline.pairing.likeness import Kind, Statement, likeness, model


@dataclass(frozen=True, slots=True)
class Candidate:
    """Places in the two lists and the probability that they belong together."""

    left: int
    right: int
    likeness: float


@dataclass(frozen=True, slots=True)
class Pairing:
    """``pairs`` are taken for sure; for each statement left over, its best candidate, or None where the other list is empty."""

    pairs: tuple[Candidate, ...]
    left_over: tuple[tuple[int, Candidate | None], ...]
    right_over: tuple[tuple[int, Candidate | None], ...]


def pair(left: Sequence[Statement], right: Sequence[Statement], kind: Kind = "targets") -> Pairing:
    """Which of ``left`` belongs to which of ``right``. One of either side may belong to several of the other.

    The assignment that is likeliest on the whole is taken where it is likelier than the threshold of ``kind``; what is left then goes to its best counterpart if that is likelier than the threshold.
    """
    least = float(str(model(kind)["threshold"]))
    if not left or not right:
        return Pairing((), tuple((at, None) for at in range(len(left))), tuple((at, None) for at in range(len(right))))
    table = likeness(left, right, kind)
    rows, columns = linear_sum_assignment(-table)
    taken = {(int(row), int(column)) for row, column in zip(rows, columns, strict=True) if table[row, column] >= least}
    for row in set(range(len(left))) - {row for row, _ in taken}:
        column = int(np.argmax(table[row]))
        if table[row, column] >= least:
            taken.add((row, column))
    for column in set(range(len(right))) - {column for _, column in taken}:
        row = int(np.argmax(table[:, column]))
        if table[row, column] >= least:
            taken.add((row, column))
    pairs = tuple(Candidate(row, column, float(table[row, column])) for row, column in sorted(taken))
    held_rows, held_columns = {one.left for one in pairs}, {one.right for one in pairs}
    left_over = tuple(
        (row, Candidate(row, best := int(np.argmax(table[row])), float(table[row, best])))
        for row in range(len(left))
        if row not in held_rows
    )
    right_over = tuple(
        (column, Candidate(best := int(np.argmax(table[:, column])), column, float(table[best, column])))
        for column in range(len(right))
        if column not in held_columns
    )
    return Pairing(pairs, left_over, right_over)
