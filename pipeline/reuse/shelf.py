"""Several texts in one array of units, so that a place in any of them is one number."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from pipeline.reuse.normalise import Units

# Every text begins on a page of its own. The first and the last page are empty, so that a window around any place lies
# inside.
PAGE = 256
# So many empty units at least, which equal nothing, stand behind every text: more than an extension can pass over.
_GAP = 16

Ordinals = NDArray[np.int64]
Numbers = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Shelf:
    """``units`` of all texts, 0 between them; ``starts`` of each and, last, the end; ``pages`` to the number of a text."""

    units: Units
    starts: Ordinals
    pages: Numbers

    def texts_of(self, ordinals: Ordinals) -> Numbers:
        """The number of the text that each place is in."""
        return self.pages[ordinals // PAGE]

    def windows(self, ordinals: Ordinals, before: int, after: int) -> Units:
        """A row of units for each place: ``before`` of them left of it, ``after`` from it on; each at most a page."""
        rows: Units = sliding_window_view(self.units, before + after)[ordinals - before]
        return rows


def room(length: int) -> int:
    """How many units a text of ``length`` takes up, a whole number of pages."""
    return ((length + _GAP) // PAGE + 1) * PAGE


def padded(units: Units) -> Units:
    """``units`` with the empty rest of their last page."""
    whole = np.zeros(room(len(units)), np.uint16)
    whole[: len(units)] = units
    return whole


def shelf(units: Units, starts: Ordinals) -> Shelf:
    """The shelf of padded texts that begin at ``starts``, the first behind an empty page, the end last."""
    numbers = np.repeat(np.arange(len(starts) - 1, dtype=np.int32), np.diff(starts) // PAGE)
    return Shelf(units, starts, np.concatenate([np.zeros(1, np.int32), numbers, np.zeros(1, np.int32)]))


def shelve(texts: Iterable[Units]) -> Shelf:
    """The texts on one shelf."""
    empty = np.zeros(PAGE, np.uint16)
    parts = [empty, *map(padded, texts), empty]
    starts = np.cumsum([len(part) for part in parts[:-1]])
    return shelf(np.concatenate(parts), starts.astype(np.int64))
