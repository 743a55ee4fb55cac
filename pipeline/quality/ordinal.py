"""Cumulative logit (proportional odds) model: one direction, ordered thresholds (McCullagh 1980)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Ordinal:
    """``P(grade > k) = expit(x·weights - thresholds[k-1])`` for k = 1..3; thresholds rise."""

    weights: Floats
    thresholds: Floats

    def probabilities(self, rows: Floats) -> Floats:
        """Shape (rows, grades): the probability of each grade, the worst first."""
        above = 1.0 / (1.0 + np.exp(np.clip(self.thresholds[None, :] - (rows @ self.weights)[:, None], -40, 40)))
        edges = np.hstack([np.ones((len(rows), 1)), above, np.zeros((len(rows), 1))])
        return edges[:, :-1] - edges[:, 1:]


def fit(rows: Floats, grades: NDArray[np.int64], penalty: float, emphasis: Floats | None = None) -> Ordinal:
    """The model of the least penalised log loss; ``grades`` 1..4; ``penalty`` times the squared weights is added."""
    from scipy.optimize import minimize  # type: ignore[import-untyped]

    count, width = rows.shape
    levels = 4
    each = np.ones(count) if emphasis is None else emphasis

    def loss(values: Floats) -> tuple[float, Floats]:
        slope, first, steps = values[:width], values[width], np.exp(values[width + 1 :])
        thresholds = first + np.concatenate([[0.0], np.cumsum(steps)])
        padded = np.concatenate([[-50.0], thresholds, [50.0]])
        score = rows @ slope
        high = 1 / (1 + np.exp(-(padded[grades] - score)))
        low = 1 / (1 + np.exp(-(padded[grades - 1] - score)))
        chance = np.maximum(high - low, 1e-12)
        up, down = high * (1 - high) / chance, low * (1 - low) / chance
        gradient = np.zeros_like(values)
        gradient[:width] = rows.T @ (each * (up - down)) + 2 * penalty * slope
        by_threshold = np.zeros(levels - 1)
        for level in range(levels - 1):
            by_threshold[level] = -np.sum(each * up * (grades == level + 1)) + np.sum(
                each * down * (grades == level + 2)
            )
        gradient[width] = by_threshold.sum()
        for step in range(levels - 2):
            gradient[width + 1 + step] = by_threshold[step + 1 :].sum() * steps[step]
        return float(-np.sum(each * np.log(chance)) + penalty * slope @ slope), gradient

    start = np.concatenate([np.zeros(width), [-1.0, 0.0, 0.0]])
    best = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 2000}).x
    thresholds = best[width] + np.concatenate([[0.0], np.cumsum(np.exp(best[width + 1 :]))])
    return Ordinal(best[:width], thresholds)
