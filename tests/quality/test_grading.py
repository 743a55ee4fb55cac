"""Sections of a report become graded items with their places, and problems get the measures that act on them."""

from pipeline import quality
from pipeline.quality.passage import passage
from pipeline.records import Block, Cover, Reading, Report, Section


def reading(*texts: str, sections: tuple[Section, ...]) -> Reading:
    report = Report("0" * 64, "一份.txt", tuple(Block(at, text) for at, text in enumerate(texts)))
    return Reading(report, Cover("", "", None, "unknown"), sections, ())


def test_an_item_over_several_blocks_keeps_all_of_its_places() -> None:
    given = reading(
        "五、存在的问题", "（一）进度慢", "征地拖了半年，只完成41%。", "（二）账实不符", "盘点少17台。",
        sections=(Section("problems", "存在的问题", 0, 5, 1),),
    )  # fmt: skip
    found = passage(given, "problems")
    assert found is not None
    (first, places), (second, others) = found.items()
    assert first == "（一）进度慢\n征地拖了半年，只完成41%。"
    assert [given.report.quote(span) for span in places] == ["（一）进度慢", "征地拖了半年，只完成41%。"]
    assert second.startswith("（二）")
    assert [given.report.quote(span) for span in others] == ["（二）账实不符", "盘点少17台。"]


def test_the_heading_in_the_same_block_is_left_out() -> None:
    given = reading("八、有关建议。无。", sections=(Section("measures", "有关建议", 0, 1, 1),))
    found = passage(given, "measures")
    assert found is not None
    assert found.text == "无。"
    assert found.says_none


def test_inner_sections_of_another_kind_do_not_count() -> None:
    given = reading(
        "五、问题及措施", "问题：", "泵站停机23天。", "措施：", "6月底前更换水泵。",
        sections=(Section("problems", "问题及措施", 0, 5, 1), Section("measures", "措施", 3, 5, 2)),
    )  # fmt: skip
    found = passage(given, "problems")
    assert found is not None
    assert "更换水泵" not in found.text


def test_a_report_without_the_section_has_no_grade(model: quality.Model) -> None:
    given = reading("一、工作成绩", "修路12公里。", sections=(Section("achievements", "工作成绩", 0, 2, 1),))
    graded = quality.grade(given, model)
    assert graded.problems is None
    assert graded.measures is None
    assert graded.pairs == ()


def test_nothing_stated_is_graded_worst_and_has_no_items(model: quality.Model) -> None:
    given = reading("五、存在的问题", "无。", sections=(Section("problems", "存在的问题", 0, 2, 1),))
    graded = quality.grade(given, model).problems
    assert graded is not None
    assert graded.grade == 1
    assert graded.items == ()


def test_a_grade_is_explained_with_what_is_usual(model: quality.Model) -> None:
    said = model.say("problem", "冷库闲置，3座冷库全年只用了41天，原因是选址时没有问过合作社。")
    assert said.grade >= 3
    assert abs(sum(said.probabilities) - 1) < 1e-3
    assert len(said.because) >= 3
    for feature in said.because:
        assert feature.usual[0] <= feature.usual[1]
        assert any("\u4e00" <= letter <= "\u9fff" for letter in feature.feature)
