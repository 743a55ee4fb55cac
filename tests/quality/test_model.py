"""The artifact: what scikit-learn trained is what is applied without it; changed or foreign files are refused."""

import json
import shutil
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from pipeline import artifacts, quality
from pipeline.errors import BrokenModel
from pipeline.quality import train
from pipeline.quality.model import ASPECTS, inputs

CURRENT = artifacts.MODELS / artifacts.grades().version


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    return Path(shutil.copytree(CURRENT, tmp_path / CURRENT.name))


def test_a_changed_file_is_refused(copied: Path) -> None:
    with (copied / "vocabulary.json").open("a", encoding="utf-8") as file:
        file.write(" ")
    with pytest.raises(BrokenModel, match="vocabulary"):
        quality.load(copied)


def test_a_missing_file_is_refused(copied: Path) -> None:
    (copied / "model.npz").unlink()
    with pytest.raises(BrokenModel):
        quality.load(copied)


def test_a_model_of_other_measures_is_refused(copied: Path) -> None:
    manifest = json.loads((copied / "manifest.json").read_text("utf-8"))
    manifest["measures"] = manifest["measures"][1:]
    (copied / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    with pytest.raises(BrokenModel, match="训练"):
        quality.load(copied)


def test_training_twice_gives_the_same_files(labelled: list[dict[str, Any]], tmp_path: Path) -> None:
    passages = train.read(train.LABELLED)[::6]
    assert len(passages) > 100
    digests = []
    for name in ("a", "b"):
        train.write(train.train(passages, "one"), tmp_path / name, {}, "")
        with np.load(tmp_path / name / "model.npz", allow_pickle=False) as held:
            digests.append(sha256(b"".join(held[key].tobytes() for key in sorted(held))).hexdigest())
    assert digests[0] == digests[1]


def test_aspects_are_those_of_scikit_learn(model: quality.Model, labelled: list[dict[str, Any]]) -> None:
    """A logistic model with our numbers in it, asked by scikit-learn, gives the aspects that are applied."""
    texts = [row["text"] for row in labelled if row["side"] == "problem"][:40]
    side = model.sides["problem"]
    rows = []
    for text in texts:
        measures = (np.array(train.measure(text)) - side.mean) / side.scale
        grams = np.zeros(len(side.vocabulary))
        columns, values = train.weights(train.plain(text), side.vocabulary, side.idf)
        grams[columns] = values
        rows.append(np.concatenate([measures, grams]))
    for at, _ in enumerate(ASPECTS["problem"]):
        peer = LogisticRegression()
        peer.classes_ = np.array([False, True])
        peer.coef_ = np.concatenate([side.by_measure[at], side.by_gram[at]])[None, :]
        peer.intercept_ = side.bias[at : at + 1]
        theirs = peer.predict_proba(np.array(rows))[:, 1]
        ours = [1 / (1 + np.exp(-inputs("problem", side, text)[2][at])) for text in texts]
        np.testing.assert_allclose(ours, theirs, atol=1e-6)


def test_scores_reach_what_is_asked() -> None:
    scores = json.loads((CURRENT / "scores.json").read_text("utf-8"))
    for side in ASPECTS:
        for part in ("held_out", "cross_validated"):
            found = scores[part][side]
            assert found["kappa"] >= 0.8
            assert found["kappa"] > found["kappa_by_length"] + 0.3
            assert found["kappa"] > found["kappa_by_vague_words"] + 0.3
        assert scores["cross_validated"][side]["calibration_error"] <= 0.08
