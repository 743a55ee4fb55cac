"""Problems paired with measures on the sample reports: ``python -m benchmarks.pairing [--write]``.

Weights are fitted on all reports but one and tried on that one, for every report in turn; beside them two peers: the share
of common characters (difflib) and the share of common words (Jaccard), each at the threshold that is best for it afterwards.
``--write`` fits on all reports and writes the weights of problems to ``pipeline/pairing/weights.json``.
"""

import argparse
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment
from sklearn.linear_model import LogisticRegression

from pipeline import language
from pipeline.ingest import read
from pipeline.pairing import Statement
from pipeline.pairing.likeness import features
from pipeline.quality.passage import passage
from pipeline.review import outline, tools

ROOT = Path(__file__).parents[1]
WEIGHTS = ROOT / "pipeline" / "pairing" / "weights.json"
THRESHOLD = 0.3
# Samples whose measures follow their problems one by one, but for these, and those without two lists.
PAIRED = {"04": ((0, 0), (1, 1)), "19": ((0, 0), (1, 1))}
LEFT_OUT = {"10", "12", "15", "17", "21", "24"}

Table = NDArray[np.float64]


@dataclass(frozen=True)
class Case:
    """The problems and measures of a report, and which belong together."""

    problems: tuple[str, ...]
    measures: tuple[str, ...]
    gold: frozenset[tuple[int, int]]

    def features(self) -> Table:
        return features([Statement(text) for text in self.problems], [Statement(text) for text in self.measures])


def cases() -> list[Case]:
    kit, found = tools(), []
    for path in sorted((ROOT / "corpora" / "samples").iterdir()):
        number = path.name[:2]
        if number in LEFT_OUT:
            continue
        _, reading = outline(read(path), kit)
        sides = [passage(reading, kind) for kind in ("problems", "measures")]
        left, right = (tuple(text for text, _ in side.items()) if side else () for side in sides)
        gold = PAIRED.get(number) or tuple((at, at) for at in range(len(left)))
        found.append(Case(left, right, frozenset(gold)))
    return found


def fitted(known: Sequence[Case]) -> LogisticRegression:
    rows = [case.features() for case in known]
    right = [
        [(i, j) in case.gold for i in range(len(case.problems)) for j in range(len(case.measures))] for case in known
    ]
    return LogisticRegression(C=10, max_iter=1000).fit(
        np.vstack([row.reshape(-1, row.shape[2]) for row in rows]), np.concatenate(right)
    )


def scores(tables: Sequence[tuple[Table, Case]], threshold: float) -> tuple[float, float]:
    """Precision and recall of the optimal assignment where it reaches ``threshold``."""
    right = given = wanted = 0
    for table, case in tables:
        rows, columns = linear_sum_assignment(-table)
        pairs = {(int(i), int(j)) for i, j in zip(rows, columns, strict=True) if table[i, j] >= threshold}
        right, given, wanted = right + len(pairs & case.gold), given + len(pairs), wanted + len(case.gold)
    return right / max(1, given), right / max(1, wanted)


def by(measure: Callable[[str, str], float], every: Sequence[Case]) -> list[tuple[Table, Case]]:
    return [(np.array([[measure(a, b) for b in case.measures] for a in case.problems]), case) for case in every]


def jaccard(one: str, other: str) -> float:
    a, b = set(language.words(one)), set(language.words(other))
    return len(a & b) / max(1, len(a | b))


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--write", action="store_true")
    write = parser.parse_args().write
    every = cases()
    print(f"{len(every)} reports, {sum(len(case.gold) for case in every)} pairs")
    tables = []
    for case in every:
        model = fitted([other for other in every if other is not case])
        rows = case.features()
        chances = model.predict_proba(rows.reshape(-1, rows.shape[2]))[:, 1].reshape(rows.shape[:2])
        tables.append((chances, case))
    print("jishen   precision {:.3f} recall {:.3f}".format(*scores(tables, THRESHOLD)))
    for name, measure in (("difflib", lambda a, b: SequenceMatcher(None, a, b).ratio()), ("jaccard", jaccard)):
        peer = by(measure, every)
        best = max((scores(peer, step / 100) for step in range(1, 60)), key=lambda pair: pair[0] * pair[1])
        print("{:8} precision {:.3f} recall {:.3f}".format(name, *best))
    if write:
        whole = fitted(every)
        held = json.loads(WEIGHTS.read_text("utf-8"))
        held["problems"] = {
            "weights": [round(float(one), 2) for one in whole.coef_[0]],
            "bias": round(float(whole.intercept_[0]), 2),
            "threshold": THRESHOLD,
            "got": f"python -m benchmarks.pairing --write, {sum(len(case.gold) for case in every)} pairs of the samples",
        }
        WEIGHTS.write_text(json.dumps(held, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
