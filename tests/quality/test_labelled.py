"""The labelled passages keep the rubric's logic and share no words."""

import re
from collections import Counter
from typing import Any

from pipeline.quality import ASPECTS

RUN = 12
_LETTERS = re.compile(r"[^\u4e00-\u9fffA-Za-z0-9]")


def test_labels_follow_the_rubric(labelled: list[dict[str, Any]]) -> None:
    wrong = []
    for row in labelled:
        assert tuple(row["aspects"]) == ASPECTS[row["side"]]
        a, grade = row["aspects"], row["grade"]
        if row["side"] == "problem":
            solid = a["specific"] and a["own"]
            four = solid and a["evidence"] and a["cause"]
            three = solid and (a["evidence"] or a["cause"]) and not four
        else:
            four = a["actionable"] and a["verifiable"] and (a["time_bound"] or a["responsible"])
            three = a["actionable"] and not four
        # A list is graded by its typical item, so that aspects of single items may stand beside a lower grade.
        if (
            not (four if grade == 4 else three if grade == 3 else not (four or three))
            and "mixed-list" not in row["hard"]
        ):
            wrong.append(row["id"])
    assert len(wrong) <= len(labelled) * 0.02, wrong


def test_ids_are_unique_and_every_kind_of_passage_is_there(labelled: list[dict[str, Any]]) -> None:
    assert len({row["id"] for row in labelled}) == len(labelled)
    assert len({row["unit_kind"] for row in labelled}) >= 40
    for side in ASPECTS:
        grades = Counter(row["grade"] for row in labelled if row["side"] == side)
        assert all(grades[grade] >= 0.15 * sum(grades.values()) for grade in (1, 2, 3, 4)), grades
    hard = Counter(kind for row in labelled for kind in row["hard"])
    assert len(hard) >= 12


def test_no_two_passages_share_a_run_of_words(labelled: list[dict[str, Any]]) -> None:
    owner: dict[str, str] = {}
    shared = []
    for row in labelled:
        text = _LETTERS.sub("", row["text"])
        for run in {text[at : at + RUN] for at in range(len(text) - RUN + 1)}:
            other = owner.setdefault(run, row["id"])
            if other != row["id"]:
                shared.append((other, row["id"], run))
    assert not shared


def test_nobody_real_is_named(labelled: list[dict[str, Any]]) -> None:
    for row in labelled:
        assert not re.search(r"1[3-9]\d{9}|\d{17}[\dXx]|临湘|芙蓉区|祁东", row["text"]), row["id"]
