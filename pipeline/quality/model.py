"""The model as it is applied: a folder of numbers, read without running anything in it, and what it says of a passage."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from pipeline.errors import BrokenModel
from pipeline.quality.features import measure, names, plain, said
from pipeline.quality.ngrams import weights
from pipeline.quality.ordinal import Ordinal
from pipeline.records import Feature

Side = Literal["problem", "measure"]
ASPECTS: Mapping[Side, tuple[str, ...]] = {
    "problem": ("specific", "evidence", "cause", "own"),
    "measure": ("actionable", "verifiable", "time_bound", "responsible"),
}
MANIFEST = "manifest.json"
_REASONS = 4
_ASPECT_WORDS = {
    "specific": "写明具体对象", "evidence": "有可核对的事实", "cause": "说明原因", "own": "是本单位自身的不足",
    "actionable": "有具体动作", "verifiable": "成果可检验", "time_bound": "有时间要求", "responsible": "写明责任人",
}  # fmt: skip

SURE = 2.0
_CONDITIONS = ("合乎3级条件的把握", "合乎4级条件的把握")

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class SideModel:
    """One side's numbers. ``mean`` and ``scale`` of the measures; rows of ``by_measure``, ``by_gram`` and ``bias`` are the
    aspects' logistic models; ``grade`` weighs the aspects' logits, the rubric's conditions and the measures; ``usual`` is the middle 80 % of
    the training passages for each of these; ``warmth`` divides the score before it becomes probabilities."""

    vocabulary: Mapping[str, int]
    idf: Floats
    mean: Floats
    scale: Floats
    by_measure: Floats
    by_gram: Floats
    bias: Floats
    centre: Floats
    grade: Ordinal
    usual: Floats


@dataclass(frozen=True, slots=True)
class Said:
    """What the model says of a passage: ``grade`` is the median of ``probabilities``."""

    grade: int
    probabilities: tuple[float, float, float, float]
    aspects: Mapping[str, float]
    because: tuple[Feature, ...]


@dataclass(frozen=True, slots=True)
class Model:
    version: str
    sides: Mapping[Side, SideModel]

    def say(self, side: Side, text: str) -> Said:
        """Grade of one passage or item."""
        model = self.sides[side]
        row, measures, logits = inputs(side, model, text)
        chances = model.grade.probabilities(row[None, :])[0]
        grade = 1 + int(np.searchsorted(np.cumsum(chances), 0.5))
        aspects = {name: round(float(_expit(logit)), 4) for name, logit in zip(ASPECTS[side], logits, strict=True)}
        seen = np.concatenate([logits, by_rubric(side, logits[None, :])[0]])
        values = np.concatenate([_expit(seen), measures])
        shares = model.grade.weights * (row - model.centre)
        labels = _labels(side)
        strongest = np.argsort(-np.abs(shares), kind="stable")[:_REASONS]
        because = tuple(
            Feature(labels[at], round(float(values[at]), 3), (round(float(model.usual[0, at]), 3), round(float(model.usual[1, at]), 3)), round(float(shares[at]), 3))
            for at in strongest
        )  # fmt: skip
        a, b, c, d = (round(float(chance), 4) for chance in chances)
        return Said(grade, (a, b, c, d), aspects, because)


@cache
def _labels(side: Side) -> tuple[str, ...]:
    """What a reader is told each part of the row is."""
    aspects = (f"{_ASPECT_WORDS[name]}的把握" for name in ASPECTS[side])
    return (*aspects, *_CONDITIONS, *map(said, names()))


def inputs(side: Side, model: SideModel, text: str) -> tuple[Floats, Floats, Floats]:
    """The row that the grade is made of (aspects' logits, those of the rubric's conditions, scaled measures), the measures, and the logits."""
    measures = np.array(measure(text))
    scaled = (measures - model.mean) / model.scale
    columns, values = weights(plain(text), model.vocabulary, model.idf)
    logits = model.by_measure @ scaled + model.by_gram[:, columns] @ values + model.bias
    return np.concatenate([judged(side, logits[None, :])[0], scaled]), measures, logits


def judged(side: Side, logits: Floats) -> Floats:
    """For rows of the four aspects what the grade is made of: their logits and those of the rubric's conditions, each cut
    at ``SURE``: once an aspect is sure to be there or not, being surer still makes a passage no better and no worse."""
    return np.clip(np.hstack([logits, by_rubric(side, logits)]), -SURE, SURE)


def by_rubric(side: Side, logits: Floats) -> Floats:
    """For rows of the four aspects, the logits of what the rubric asks for grade 3 and for grade 4, as if independent."""
    chances = {name: _expit(column) for name, column in zip(ASPECTS[side], logits.T, strict=True)}
    if side == "problem":
        needed = chances["specific"] * chances["own"]
        three = needed * (1 - (1 - chances["evidence"]) * (1 - chances["cause"]))
        four = needed * chances["evidence"] * chances["cause"]
    else:
        three = chances["actionable"]
        four = three * chances["verifiable"] * (1 - (1 - chances["time_bound"]) * (1 - chances["responsible"]))
    both = np.clip(np.stack([three, four], axis=1), 1e-6, 1 - 1e-6)
    return np.asarray(np.log(both / (1 - both)))


def _expit(values: Floats) -> Floats:
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(values, -40, 40))))


def load(folder: Path) -> Model:
    """The model in ``folder``. Raises BrokenModel where a file is missing or is not the one that was trained."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
        for name, digest in manifest["sha256"].items():
            if sha256((folder / name).read_bytes()).hexdigest() != digest:
                raise BrokenModel(
                    f"模型文件“{folder.name}/{name}”与清单不符，可能已损坏或被改动。请重新安装，或恢复原来的文件。"
                )
        vocabularies = json.loads((folder / "vocabulary.json").read_text("utf-8"))
        with np.load(folder / "model.npz", allow_pickle=False) as arrays:
            sides: dict[Side, SideModel] = {side: _side(side, arrays, vocabularies[side]) for side in ASPECTS}
    except (OSError, ValueError, KeyError) as error:
        raise BrokenModel(
            f"无法读取模型“{folder.name}”：文件不全或格式不对。请重新安装程序，或恢复 models 文件夹。"
        ) from error
    if manifest["measures"] != list(names()):
        raise BrokenModel(f"模型“{folder.name}”是用另一版程序训练的。请用当前程序重新训练，或换用与程序同版的模型。")
    return Model(folder.name, sides)


def _side(side: str, arrays: Mapping[str, Floats], vocabulary: list[str]) -> SideModel:
    def of(name: str) -> Floats:
        return arrays[f"{side}.{name}"]

    return SideModel(
        {gram: at for at, gram in enumerate(vocabulary)}, of("idf"), of("mean"), of("scale"), of("by_measure"), of("by_gram"),
        of("bias"), of("centre"), Ordinal(of("weights"), of("thresholds")), of("usual"),
    )  # fmt: skip
