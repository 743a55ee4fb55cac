"""What must not change a grade does not; what must not raise one does not raise it."""

import random
from typing import Any

import pytest

from pipeline import quality
from pipeline.quality.items import items

SLOGANS = "我们将进一步提高认识，切实加强领导，不断开创各项工作新局面。"


@pytest.fixture(scope="module")
def drawn(labelled: list[dict[str, Any]]) -> list[dict[str, Any]]:
    # Damaged text is left out: what damaged it and what is done here would mix.
    sound = [row for row in labelled if "ocr-damage" not in row["hard"]]
    return random.Random(7).sample(sound, 120)  # noqa: S311


def changed(model: quality.Model, drawn: list[dict[str, Any]], change: Any) -> list[tuple[str, int, int]]:
    found = []
    for row in drawn:
        before, after = (model.say(row["side"], text).grade for text in (row["text"], change(row)))
        if before != after:
            found.append((row["id"], before, after))
    return found


def test_full_width_digits_change_nothing(model: quality.Model, drawn: list[dict[str, Any]]) -> None:
    wide = str.maketrans("0123456789%", "０１２３４５６７８９％")
    assert not changed(model, drawn, lambda row: row["text"].translate(wide))


def test_white_space_changes_nothing(model: quality.Model, drawn: list[dict[str, Any]]) -> None:
    def spaced(row: dict[str, Any]) -> str:
        return "　" + row["text"].replace("，", "， ").replace("。", "。 ") + "  "

    assert not changed(model, drawn, spaced)


def test_the_units_name_changes_hardly_anything(model: quality.Model, drawn: list[dict[str, Any]]) -> None:
    named = [row for row in drawn if row["unit"] in row["text"] or "我局" in row["text"] or "我县" in row["text"]]
    assert named
    moved = changed(
        model,
        named,
        lambda row: row["text"].replace(row["unit"], "青岚县水利局").replace("我局", "我中心").replace("我县", "我市"),
    )
    assert not [one for one in moved if abs(one[1] - one[2]) > 1]
    assert len(moved) <= len(named) * 0.1


def test_the_order_of_items_changes_nothing(model: quality.Model, labelled: list[dict[str, Any]]) -> None:
    listed = [row for row in labelled if len(items(row["text"])) > 2 and row["text"].startswith("一是")]
    assert len(listed) > 5

    def turned(row: dict[str, Any]) -> str:
        parts = [row["text"][item.start : item.end] for item in items(row["text"])]
        bare = [part[2:].rstrip("；。;") for part in parts]
        return (
            "。".join(f"{mark}是{text}" for mark, text in zip("一二三四五六七八九", reversed(bare), strict=False))
            + "。"
        )

    def straight(row: dict[str, Any]) -> str:
        parts = [row["text"][item.start : item.end] for item in items(row["text"])]
        return (
            "。".join(
                f"{mark}是{part[2:].rstrip('；。;')}" for mark, part in zip("一二三四五六七八九", parts, strict=False)
            )
            + "。"
        )

    for row in listed:
        assert model.say(row["side"], turned(row)).grade == model.say(row["side"], straight(row)).grade, row["id"]


def test_amounts_in_yuan_or_in_ten_thousands_are_the_same(model: quality.Model) -> None:
    for side, text in (
        ("problem", "车辆保险多付{}，续保时没有核对已经报废的3辆车。"),
        ("measure", "办公室6月底前收回多付的保险费{}，逐车核对保单。"),
    ):
        grades = {model.say(side, text.format(said)).grade for said in ("1.26万元", "12600元", "12,600元")}  # type: ignore[arg-type]
        assert len(grades) == 1


def test_padding_with_slogans_makes_nothing_better_than_slogans(
    model: quality.Model, labelled: list[dict[str, Any]]
) -> None:
    measures = [row for row in labelled if row["side"] == "measure"]
    moved = changed(model, measures, lambda row: row["text"].rstrip("。") + "。" + SLOGANS * 3)
    # What asks others for money and then goes on in slogans is slogans: from 1 to 2, and no further. Of passages on the
    # border of 3 and 4 one in a hundred may cross it.
    assert len([one for one in moved if one[2] > max(one[1], 2)]) <= len(measures) * 0.01


def test_numbers_without_bearing_do_not_make_a_good_problem(model: quality.Model) -> None:
    bare = "内部管理还不够规范，绩效意识有待增强，业务能力有待提高。"
    sprinkled = "全局共有职工86人、内设科室9个，全年召开会议24次。" + bare + "今年预算3216万元。"
    assert model.say("problem", bare).grade <= 2
    assert model.say("problem", sprinkled).grade <= 3
