"""Texts that everybody is given: blank forms and stock phrases. What stands in them is nobody's own."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.reuse.fingerprint import GRAM, Hashes, grams
from pipeline.reuse.normalise import normalise

# Of a passage so large a share stands in the background texts.
_MOSTLY = 0.8


@dataclass(frozen=True, slots=True)
class Background:
    """The sorted hashes of all 8 characters in a row of some texts."""

    hashes: Hashes

    def covers(self, text: str) -> bool:
        """Whether nearly every character of ``text`` stands in the background texts, 8 in a row at least."""
        if not len(self.hashes):
            return False
        found = grams(normalise(text).units)
        if not len(found):
            return False
        at = np.minimum(np.searchsorted(self.hashes, found), len(self.hashes) - 1)
        covered: NDArray[np.bool_] = np.zeros(len(found) + GRAM - 1, np.bool_)
        for place in np.flatnonzero(self.hashes[at] == found):
            covered[place : place + GRAM] = True
        return float(covered.mean()) >= _MOSTLY


def background(texts: Iterable[str]) -> Background:
    """The background of ``texts``: one of a blank form's blocks, or a phrase, each."""
    found = [grams(normalise(text).units) for text in texts]
    return Background(np.unique(np.concatenate(found)) if found else np.empty(0, np.uint64))


NONE = background(())
