"""Fingerprints: hashes of 8 characters, of which winnowing keeps the least of every 13 in a row.

Any run of 20 characters (8 + 13 - 1) that two texts share gives both at least one same fingerprint, whatever stands around
it (Schleimer, Wilkerson, Aiken 2003).
"""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from pipeline.reuse.normalise import Units

GRAM = 8
WINDOW = 13
# The shortest shared run that is promised to be found.
SHORTEST = GRAM + WINDOW - 1
# Anything that changes what is hashed, or how, is another edition.
EDITION = f"winnow/{GRAM}/{WINDOW}/1"

Hashes = NDArray[np.uint64]

_SEED = 20130530
_FACTOR = 0x9E3779B97F4A7C15 | 1
_DIGITS = 1 << 64


@cache
def _salt() -> Hashes:
    return np.random.default_rng(_SEED).integers(0, 2**64, 65536, dtype=np.uint64, endpoint=False)


def grams(units: Units) -> Hashes:
    """The hash of the 8 characters from each place on; empty where there are fewer."""
    if len(units) < GRAM:
        return np.empty(0, np.uint64)
    hashes = _salt()[units]
    factor, width = _FACTOR, 1
    while width < GRAM:
        hashes = hashes[:-width] * np.uint64(factor) + hashes[width:]
        factor = factor * factor % _DIGITS
        width *= 2
    return hashes


def winnow(hashes: Hashes) -> NDArray[np.int64]:
    """The places of ``hashes`` that are the least of some window of 13; all of equal ones."""
    values = mixed(hashes)
    size = min(WINDOW, len(values))
    if size == 0:
        return np.empty(0, np.int64)
    least = _sliding(values, size, np.minimum)
    around = np.zeros(len(least) + 2 * (size - 1), np.uint64)
    around[size - 1 : size - 1 + len(least)] = least
    return np.flatnonzero(_sliding(around, size, np.maximum) == values)


def fingerprints(units: Units) -> tuple[Hashes, NDArray[np.int64]]:
    """The fingerprints of a text, evenly spread over all 64 bits, and their places in it."""
    hashes = grams(units)
    places = winnow(hashes)
    # The least of many crowd at the low end: mixed once more they can be parted by their top bits.
    return mixed(hashes[places] ^ np.uint64(_FACTOR)), places


def _sliding(values: Hashes, size: int, fold: np.ufunc) -> Hashes:
    """``fold`` over every window of ``size``, by doubling."""
    width = 1
    while 2 * width <= size:
        values = fold(values[:-width], values[width:])
        width *= 2
    rest = size - width
    return fold(values[: len(values) - rest], values[rest:]) if rest else values


def mixed(hashes: Hashes) -> Hashes:
    """The finalizer of MurmurHash3: a bijection after which every bit hangs on every other."""
    hashes = hashes ^ (hashes >> np.uint64(33))
    hashes *= np.uint64(0xFF51AFD7ED558CCD)
    hashes ^= hashes >> np.uint64(33)
    hashes *= np.uint64(0xC4CEB9FE1A85EC53)
    hashes ^= hashes >> np.uint64(33)
    return hashes
