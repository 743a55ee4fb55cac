"""Points taken off in prose."""

from decimal import Decimal

import pytest

from pipeline import indicators
from pipeline.records import Cover, Reading
from tests.checks.notation import read


def taken(text: str) -> list[tuple[str, Decimal, bool, int]]:
    report = read(text)
    found = indicators.deductions(Reading(report, Cover(), (), ()))
    for one in found:
        assert Decimal(report.quote(one.points.span).replace(" ", "")) == one.points.value
        assert "".join(report.quote(span) for span in one.name.spans) == one.name.text
        assert one.name.text in one.sentence.text
    return [(one.name.text, one.points.value, one.total, one.group) for one in found]


def test_a_total_and_its_parts() -> None:
    assert taken("自评得分98分，共扣2分，其中：时效扣1.5分，质量扣0.5分。") == [
        ("", Decimal(2), True, 1),
        ("时效", Decimal("1.5"), False, 1),
        ("质量", Decimal("0.5"), False, 1),
    ]


def test_parts_in_sentences_and_lines_of_their_own() -> None:
    text = """合计扣3分。
一是预算执行率未达100%，扣1分；二是档案整理不及时，扣2分。

其他情况正常。
复核时又因票据缺失扣0.5分。"""
    assert taken(text) == [
        ("", Decimal(3), True, 1),
        ("预算执行率未达100%", Decimal(1), False, 1),
        ("档案整理不及时", Decimal(2), False, 1),
        ("复核时又因票据缺失", Decimal("0.5"), False, 2),
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("自评得分96分，等级为优，扣分项：窗口排队时间超标，扣4分。", "窗口排队时间超标"),
        ("满意度虽达标，但回访样本不足，主动扣0.5分。", "满意度虽达标，但回访样本不足"),
        ("由于设备招标流标，数量指标扣1. 5分。", "设备招标流标，数量指标"),
        ("扣分原因：护坡完工晚于计划扣0.8分。", "护坡完工晚于计划"),
    ],
)
def test_what_lost_the_points(text: str, name: str) -> None:
    assert [one[0] for one in taken(text)] == [name]


@pytest.mark.parametrize(
    "text",
    [
        "每低1个百分点扣0.5分，扣完为止。",
        "未按时完成的，每逾期一天扣1分。",
        "如发现违规支出，扣5分。",
        "完成率低于80%则扣2分。",
        "本年未扣分。",
        "扣除5分钟准备时间。",
        "按规定代扣个人所得税12万元。",
    ],
)
def test_rules_are_no_deductions(text: str) -> None:
    assert taken(text) == []


def test_cells_of_sheets_are_left_to_their_columns() -> None:
    text = """|指标|分值|得分|扣分原因|
|办件及时率|10|8|超期12件，扣2分|
|窗口评价|10|10||
说明：窗口评价回访不足，扣0.2分。"""
    assert taken(text) == [("窗口评价回访不足", Decimal("0.2"), False, 1)]
