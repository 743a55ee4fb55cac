"""How well grades agree with labels: weighted kappa, aspects' F1, calibration, each beside simple peers."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.quality.features import measure, names, plain
from pipeline.quality.model import ASPECTS, Said, Side

Labelled = tuple[Side, str, int, Mapping[str, bool]]
_SAMPLES = 1000
_BINS = 10
_LEVELS = 4


def report(passages: Sequence[Labelled], said: Sequence[Said]) -> dict[str, object]:
    """For each side: number, kappa with its 95 % bootstrap interval and those of two peers, aspects' F1, calibration error.

    ``said``: what a model that has not seen them says of the passages.
    """
    pairs = list(zip(passages, said, strict=True))
    return {side: _side(side, [pair for pair in pairs if pair[0][0] == side]) for side in ASPECTS}


def _side(side: Side, pairs: Sequence[tuple[Labelled, Said]]) -> dict[str, object]:
    passages, said = [one for one, _ in pairs], [other for _, other in pairs]
    right = np.array([grade for _, _, grade, _ in passages])
    given = np.array([one.grade for one in said])
    chances = np.array([one.probabilities for one in said])
    aspects = {
        name: round(f1([one.aspects[name] > 0.5 for one in said], [labels[name] for *_, labels in passages]), 3)
        for name in ASPECTS[side]
    }
    vague = names().index("bare.clauses")
    return {
        "passages": len(passages),
        "kappa": round(kappa(right, given), 3),
        "kappa_interval": interval(right, given),
        "kappa_by_length": round(kappa(right, _ranked(right, [len(plain(text)) for _, text, _, _ in passages])), 3),
        "kappa_by_vague_words": round(kappa(right, _ranked(right, [-measure(text)[vague] for _, text, _, _ in passages])), 3),
        "aspects_f1": aspects,
        "calibration_error": round(calibration_error(chances, right), 3),
    }  # fmt: skip


def kappa(right: NDArray[np.int64], given: NDArray[np.int64]) -> float:
    """Cohen's kappa with quadratic weights over the grades 1 to 4 (Cohen 1968)."""
    seen = np.zeros((_LEVELS, _LEVELS))
    np.add.at(seen, (right - 1, given - 1), 1)
    chance = np.outer(seen.sum(1), seen.sum(0)) / max(1, len(right))
    weights = np.subtract.outer(np.arange(_LEVELS), np.arange(_LEVELS)) ** 2
    apart = float((weights * chance).sum())
    return 1.0 if apart == 0 else 1 - float((weights * seen).sum()) / apart


def interval(right: NDArray[np.int64], given: NDArray[np.int64]) -> list[float]:
    """The 95 % bootstrap interval of kappa."""
    chooser = np.random.default_rng(0)
    drawn = (chooser.integers(0, len(right), len(right)) for _ in range(_SAMPLES))
    found = [kappa(right[at], given[at]) for at in drawn]
    return [round(float(edge), 3) for edge in np.quantile(found, (0.025, 0.975))]


def f1(given: Sequence[bool], right: Sequence[bool]) -> float:
    """F1 of the positive class; 1 where there is none and none is given."""
    both = sum(a and b for a, b in zip(given, right, strict=True))
    total = sum(given) + sum(right)
    return 2 * both / total if total else 1.0


def calibration_error(chances: NDArray[np.float64], right: NDArray[np.int64]) -> float:
    """Expected calibration error of the likeliest grade over ten bins (Guo et al. 2017)."""
    sure = chances.max(1)
    hit = chances.argmax(1) + 1 == right
    bins = np.minimum((sure * _BINS).astype(int), _BINS - 1)
    parts = (
        np.abs(hit[bins == at].mean() - sure[bins == at].mean()) * (bins == at).mean() for at in set(bins.tolist())
    )
    return float(sum(parts))


def _ranked(right: NDArray[np.int64], values: Sequence[float]) -> NDArray[np.int64]:
    """Grades given by rank of one value, in the numbers that the labels have: the most that such a value can do."""
    grades = np.empty(len(right), np.int64)
    grades[np.argsort(values, kind="stable")] = np.sort(right)
    return grades
