"""Training of the grades: ``python -m pipeline.quality.train [--labelled DIR] [--out DIR]``, deterministic, minutes on two cores.

For each side four logistic models say the aspects from measures and n-grams; a cumulative logit model says the grade from
the aspects' logits, out of fold, and the measures. Passages are split by the writer's unit kinds, never by item.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]
from sklearn.model_selection import GroupKFold, cross_val_predict  # type: ignore[import-untyped]

from pipeline.quality.features import measure, names, plain
from pipeline.quality.measuring import report
from pipeline.quality.model import ASPECTS, MANIFEST, Floats, Model, Said, Side, SideModel, by_rubric, judged, load
from pipeline.quality.ngrams import grams, weights
from pipeline.quality.ordinal import Ordinal, fit

HERE = Path(__file__).parents[2]
LABELLED = HERE / "corpora" / "labelled" / "quality"
LEAST_PASSAGES = 3  # An n-gram of fewer passages says nothing of others.
STRENGTH = 4.0  # Inverse of the aspects' penalty, chosen by cross-validation, as the three below.
MEASURES_SCALE = 0.15
MEASURES_SHARE = 0.3
PENALTY = 1.0
FOLDS = 5


@dataclass(frozen=True, slots=True)
class Passage:
    """A labelled passage; ``group`` is its writer and kind of unit."""

    id: str
    side: Side
    text: str
    grade: int
    aspects: Mapping[str, bool]
    group: str


def read(folder: Path) -> list[Passage]:
    """All labelled passages, in the order of their ids."""
    rows = [
        json.loads(line) for path in sorted(folder.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()
    ]
    return sorted(
        (Passage(row["id"], row["side"], row["text"], row["grade"], row["aspects"], f"{row['id'][0]}{row['unit_kind']}") for row in rows),
        key=lambda one: one.id,
    )  # fmt: skip


def scored(passages: Sequence[Passage]) -> dict[str, object]:
    """How models do on passages of units and writers that they have not seen: on one group in
    five, and on every passage, each by the model of the four fifths that its group is not in."""
    groups = sorted({one.group for one in passages}, key=lambda group: sha256(group.encode()).hexdigest())
    parts: list[list[tuple[Passage, Said]]] = []
    for fold in range(FOLDS):
        apart = set(groups[fold::FOLDS])
        model = train([one for one in passages if one.group not in apart], "")
        parts.append([(one, model.say(one.side, one.text)) for one in passages if one.group in apart])
    return {
        "held_out": _report(parts[0]),
        "cross_validated": _report([pair for part in parts for pair in part]),
        "passages": len(passages),
    }


def _report(found: Sequence[tuple[Passage, Said]]) -> dict[str, object]:
    return report([(one.side, one.text, one.grade, one.aspects) for one, _ in found], [said for _, said in found])


def train(passages: Sequence[Passage], version: str) -> Model:
    """A model of both sides."""
    return Model(version, {side: _side([one for one in passages if one.side == side], side) for side in ASPECTS})


def _side(passages: Sequence[Passage], side: Side) -> SideModel:
    measures = np.array([measure(one.text) for one in passages])
    mean, scale = measures.mean(0), measures.std(0) + 0.02
    scaled = (measures - mean) / scale
    vocabulary, idf = _vocabulary(passages)
    rows = hstack([csr_matrix(scaled * MEASURES_SCALE), _matrix(passages, vocabulary, idf)]).tocsr()
    groups = np.array([one.group for one in passages])
    folds = GroupKFold(FOLDS)
    fitted, logits = [], []
    for aspect in ASPECTS[side]:
        model = LogisticRegression(C=STRENGTH, max_iter=5000, tol=1e-6)
        wanted = np.array([one.aspects[aspect] for one in passages])
        chances = cross_val_predict(model, rows, wanted, groups=groups, cv=folds, method="predict_proba")[:, 1]
        logits.append(np.log(chances / (1 - chances)))
        fitted.append(model.fit(rows, wanted))
    coefficients = np.vstack([model.coef_[0] for model in fitted])
    of_aspects = np.array(logits).T
    seen = np.hstack([of_aspects, by_rubric(side, of_aspects)])
    of_aspects = judged(side, of_aspects)
    grades = np.array([one.grade for one in passages])
    fitted_on = np.hstack([of_aspects, scaled * MEASURES_SHARE])
    grade = _calibrated(fitted_on, grades, groups, folds)
    shares = np.concatenate([np.ones(of_aspects.shape[1]), np.full(len(mean), MEASURES_SHARE)])
    grade = Ordinal(grade.weights * shares, grade.thresholds)
    centre = np.hstack([of_aspects, scaled]).mean(0)
    values = np.hstack([1 / (1 + np.exp(-seen)), measures])
    width = len(mean)
    return SideModel(
        vocabulary, idf, mean, scale, coefficients[:, :width] * MEASURES_SCALE, coefficients[:, width:],
        np.array([model.intercept_[0] for model in fitted]), centre, grade, np.quantile(values, (0.1, 0.9), axis=0),
    )  # fmt: skip


def _calibrated(inputs: Floats, grades: NDArray[np.int64], groups: NDArray[np.str_], folds: GroupKFold) -> Ordinal:
    """The grade's model, its score warmed so that probabilities out of fold are right on the whole."""
    pieces = []
    for known, unknown in folds.split(inputs, grades, groups):
        model = fit(inputs[known], grades[known], PENALTY)
        pieces.append((unknown, model))

    def gap(warmth: float) -> float:
        """How far the sureness of the likeliest grade is from how often it is right."""
        chances = np.vstack(
            [Ordinal(m.weights / warmth, m.thresholds / warmth).probabilities(inputs[at]) for at, m in pieces]
        )
        right = np.concatenate([grades[at] for at, _ in pieces])
        return abs(float(chances.max(1).mean()) - float((chances.argmax(1) + 1 == right).mean()))

    warmth = min(np.linspace(0.4, 3.0, 53), key=gap)
    whole = fit(inputs, grades, PENALTY)
    return Ordinal(whole.weights / warmth, whole.thresholds / warmth)


def _vocabulary(passages: Sequence[Passage]) -> tuple[dict[str, int], Floats]:
    counts = Counter(gram for one in passages for gram in grams(plain(one.text)))
    kept = sorted(gram for gram, count in counts.items() if count >= LEAST_PASSAGES)
    idf = np.array([np.log((1 + len(passages)) / (1 + counts[gram])) + 1 for gram in kept])
    return {gram: at for at, gram in enumerate(kept)}, idf


def _matrix(passages: Sequence[Passage], vocabulary: Mapping[str, int], idf: Floats) -> csr_matrix:
    pairs = [weights(plain(one.text), vocabulary, idf) for one in passages]
    ends = np.cumsum([0, *(len(columns) for columns, _ in pairs)])
    columns, values = (np.concatenate(parts) for parts in zip(*pairs, strict=True))
    return csr_matrix((values, columns, ends), shape=(len(passages), len(vocabulary)))


def write(model: Model, folder: Path, scores: Mapping[str, object], card: str) -> None:
    """The model's files, its card, its scores, and the manifest of their hashes."""
    folder.mkdir(parents=True, exist_ok=True)
    arrays: dict[str, Floats] = {}
    for side, one in model.sides.items():
        held = {
            "idf": one.idf, "mean": one.mean, "scale": one.scale, "by_measure": one.by_measure, "by_gram": one.by_gram,
            "bias": one.bias, "centre": one.centre, "weights": one.grade.weights, "thresholds": one.grade.thresholds, "usual": one.usual,
        }  # fmt: skip
        arrays |= {f"{side}.{name}": values for name, values in held.items()}
    np.savez_compressed(folder / "model.npz", **arrays)  # type: ignore[arg-type]
    words = {side: sorted(one.vocabulary, key=one.vocabulary.__getitem__) for side, one in model.sides.items()}
    (folder / "vocabulary.json").write_text(json.dumps(words, ensure_ascii=False), "utf-8")
    (folder / "scores.json").write_text(json.dumps(scores, ensure_ascii=False, indent=1) + "\n", "utf-8")
    (folder / "README.md").write_text(card, "utf-8")
    digests = {
        path.name: sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir()) if path.name != MANIFEST
    }
    manifest = {"measures": list(names()), "sha256": digests}
    (folder / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--labelled", type=Path, default=LABELLED)
    parser.add_argument("--out", type=Path, default=HERE / "models" / "quality-1")
    arguments = parser.parse_args()
    passages = read(arguments.labelled)
    scores = scored(passages)
    write(train(passages, arguments.out.name), arguments.out, scores, _card(arguments.out.name, passages, scores))
    load(arguments.out)
    sys.stdout.write(json.dumps(scores, ensure_ascii=False, indent=1) + "\n")


def _card(name: str, passages: Sequence[Passage], scores: Mapping[str, object]) -> str:
    return f"""# {name}

Grades passages of 存在问题 and 改进措施 from 1 to 4 and says which aspects they have. A hint to a reviewer, never a verdict.

- Trained on the {len(passages)} passages of `corpora/labelled/quality` (see its data card). `scores.json` says how models of the same
  recipe do on units and writers that they have not seen: `held_out` (one group in five) and `cross_validated` (all, in five parts).
- Aspects: logistic models over the measures of `pipeline/quality/features.py` and character n-grams. Grade: cumulative logit
  over the aspects' logits and the measures; `P(grade > k)` falls with k by construction.
- Made by `python -m pipeline.quality.train`; the same passages and program give the same numbers.
- Files are numbers and text; nothing in them is run. `{MANIFEST}` holds their SHA-256.
- Limits: passages of written Chinese of a budget unit; damaged text and passages under 15 characters are graded less surely.
"""


if __name__ == "__main__":
    main()
