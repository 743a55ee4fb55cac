"""Character n-grams of a passage, weighted by tf-idf, over a vocabulary fixed at training."""

import re
from collections import Counter
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from pipeline.numbering import mark
from pipeline.quality.features import CLAUSE

SIZES = (1, 2)
_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(r"\d+(?:\.\d+)?(?:余|多)?(?:[万亿千百]+(?=元))?")


def grams(text: str) -> Counter[str]:
    """Every run of 1 and 2 characters inside a clause of ``text``, which is in plain form, with its number; numbers are
    0, numbering marks are passed over. The order of clauses and the size of amounts make no difference."""
    found: Counter[str] = Counter()
    for clause in CLAUSE.findall(text):
        number = mark(clause)
        words = clause[number.end :] if number else clause
        if _DIGIT.search(words):
            words = _NUMBER.sub("0", words)
        for size in SIZES:
            found.update([words[at : at + size] for at in range(len(words) - size + 1)])
    return found


def weights(
    text: str, vocabulary: Mapping[str, int], idf: NDArray[np.float64]
) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """Columns and values of the n-grams of ``text`` that the vocabulary has: sublinear tf times idf, of length 1."""
    known = [(vocabulary[gram], count) for gram, count in grams(text).items() if gram in vocabulary]
    if not known:
        return np.empty(0, np.intp), np.empty(0)
    columns = np.array([column for column, _ in known], np.intp)
    values = (1.0 + np.log([count for _, count in known])) * idf[columns]
    return columns, values / np.linalg.norm(values)
