"""How much two statements are about the same thing: words, runs of characters, numbers; weighted by how telling each is."""

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import log
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from pipeline import language, lexicon
from pipeline.records import Claim, Span

Floats = NDArray[np.float64]
Kind = Literal["targets", "problems"]
FEATURES = ("words", "back", "grams", "back grams", "run", "numbers", "heads")
_WORD = re.compile(r"[\u4e00-\u9fffA-Za-z]+")
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_HEAD = 8
_RUN = 8


@dataclass(frozen=True, slots=True)
class Statement:
    """A task, target, result, problem or measure: its words, where they stand, and the claims in them."""

    text: str
    span: Span | None = None
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class _Read:
    words: frozenset[str]
    grams: frozenset[str]
    numbers: frozenset[tuple[str, str]]
    runs: tuple[frozenset[str], ...]
    heads: frozenset[str]


@cache
def model(kind: Kind) -> Mapping[str, object]:
    """Weights of the features and the threshold, with how they were got (``python -m benchmarks.pairing``)."""
    found: Mapping[Kind, Mapping[str, object]] = json.loads((files(__package__) / "weights.json").read_text("utf-8"))
    return found[kind]


def apart(near: bool) -> float:
    """The likeness under which targets and results hardly ever belong together: ``near`` where the lists stand side by side."""
    limits = model("targets")["apart"]
    return float(limits[1 if near else 0])  # type: ignore[index]


def likeness(left: Sequence[Statement], right: Sequence[Statement], kind: Kind = "targets") -> Floats:
    """Shape (left, right): the probability that two statements are about the same thing.

    ``kind``: targets with results, or problems with measures.
    """
    rows = features(left, right)
    held = model(kind)
    weights, bias = np.array(held["weights"], float), float(str(held["bias"]))
    return np.asarray(1 / (1 + np.exp(-(rows @ weights + bias))))


def features(left: Sequence[Statement], right: Sequence[Statement]) -> Floats:
    """Shape (left, right, features): what the probability is made of, each between 0 and 1."""
    lefts, rights = [_read(one) for one in left], [_read(one) for one in right]
    everything = lefts + rights
    word_weights = _weights([one.words for one in everything])
    gram_weights = _weights([one.grams for one in everything])
    found = np.zeros((len(left), len(right), len(FEATURES)))
    for row, one in enumerate(lefts):
        for column, other in enumerate(rights):
            found[row, column] = (
                _covered(one.words, other.words, word_weights),
                _covered(other.words, one.words, word_weights),
                _covered(one.grams, other.grams, gram_weights),
                _covered(other.grams, one.grams, gram_weights),
                _longest(one, other) / _RUN,
                1.0 if one.numbers & other.numbers else 0.0,
                _covered(one.heads, other.heads, word_weights),
            )
    return found


def topics(text: str) -> frozenset[str]:
    """What a statement is about: every two characters in a row of its telling words (普查 of 普查员)."""
    general = _filler() | frozenset(lexicon.load("pairing")["general"])
    words = [word for word in language.words(text) if len(word) > 1 and _HAN.fullmatch(word) and word not in general]
    return frozenset(word[at : at + 2] for word in words for at in range(len(word) - 1)) - general


def _read(one: Statement) -> _Read:
    text = one.text
    filler = _filler()
    words = [word for word in language.words(text) if _WORD.fullmatch(word) and word not in filler]
    plain = "".join(words)
    grams = frozenset(plain[at : at + 2] for at in range(len(plain) - 1))
    numbers = frozenset(
        (str(claim.quantity.value.normalize()), claim.quantity.unit)
        for claim in one.claims
        if claim.quantity.value is not None
    )
    return _Read(frozenset(words), grams, numbers, _runs(plain), frozenset(words[:_HEAD]))


@cache
def _filler() -> frozenset[str]:
    return frozenset(lexicon.load("pairing")["filler"])


def _weights(sets: Sequence[frozenset[str]]) -> dict[str, float]:
    """How telling each token is among these statements: rarer is more; longer words are more."""
    counts = Counter(token for one in sets for token in one)
    return {token: log((1 + len(sets)) / count) * (1 + 0.25 * (len(token) - 1)) for token, count in counts.items()}


def _covered(one: frozenset[str], other: frozenset[str], weights: Mapping[str, float]) -> float:
    """The share of what ``one`` says that ``other`` says too."""
    whole = sum(weights[token] for token in one)
    return sum(weights[token] for token in one & other) / whole if whole else 0.0


def _longest(one: _Read, other: _Read) -> int:
    """The length of the longest run of up to ``_RUN`` characters that both have; 0 where there is none."""
    return next(
        (_RUN - at for at, (a, b) in enumerate(zip(one.runs, other.runs, strict=True)) if not a.isdisjoint(b)), 0
    )


def _runs(plain: str) -> tuple[frozenset[str], ...]:
    """All runs of ``_RUN`` characters of a text, of one less, … of one."""
    return tuple(frozenset(plain[at : at + size] for at in range(len(plain) - size + 1)) for size in range(_RUN, 0, -1))
