"""Arbitrary tables are read without an error, and whatever is read quotes the report."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import claims, indicators
from pipeline.records import Block, Cell, Cover, Reading, Report
from tests.indicators.test_sheets import assert_quoted

WORDS = [
    "一级指标", "二级指标", "三级指标", "指标名称", "绩效目标", "评价内容", "目标值", "实际完成值", "分值", "权重", "自评得分",
    "扣分", "扣分原因", "评分标准", "指标解释", "产出指标", "数量指标", "社会效益指标", "满意度指标（10分）", "指标1：修路；指标2：架桥",
    "①3公里；②2座", "1.a2.b", "10", "8. 5", "≥95%", "98%", "120公里", "总分", "合计", "小计", "评价等级", "优☑ 良□", "优", "预算数",
    "执行数", "执行率", "项目", "年度总体目标", "预期目标", "实际完成情况", "备注", "……", "—", "", " ", "产 出", "项目资金（万元）",
    "目标值/完成值", "3/2", "共扣2分，其中：时效扣1.5分", "=", "10-1=9", "指标十：", "一是好二是快", "续表",
]  # fmt: skip
CELL = st.one_of(
    st.sampled_from(WORDS), st.text("产出指标分值得一二1２①（）(：:；;.、/\n 万元%≥\U00020000", max_size=12)
)
ROW = st.lists(st.tuples(CELL, st.integers(1, 4), st.integers(1, 3), st.booleans()), min_size=1, max_size=7)


@st.composite
def reports(draw: st.DrawFn) -> Report:
    """Tables with cells that span rows and columns, ragged and overlapping, paragraphs between some of them."""
    blocks: list[Block] = []
    for table in range(draw(st.integers(1, 3))):
        spans = draw(st.booleans())
        for row, cells in enumerate(draw(st.lists(ROW, min_size=1, max_size=8))):
            column = 0
            for text, columns, rows, second in cells:
                cell = Cell(table, row, column, rows if spans else 1, columns if spans else 1)
                for paragraph in [text, "第二段"] if second and spans else [text]:
                    blocks.append(Block(len(blocks), paragraph, 0, cell))
                column += cell.columns
        if draw(st.booleans()):
            blocks.append(Block(len(blocks), draw(CELL)))
    return Report("", "表.docx", tuple(blocks))


@settings(max_examples=80, deadline=None)
@given(reports())
def test_any_table_is_read(report: Report) -> None:
    reading = Reading(report, Cover(), (), claims.extract(report, ()))
    found = indicators.of(reading)
    assert_quoted(report, found)
    for one in indicators.deductions(reading):
        assert Decimal("".join(report.quote(one.points.span).split()).replace("．", ".")) == one.points.value
    for sheet in found:
        assert all(one.weight in sheet.weights for one in sheet.indicators if one.weight)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.lists(st.sampled_from(WORDS), min_size=8, max_size=8), min_size=1, max_size=6))
def test_every_row_under_a_full_header_is_read(rows: list[list[str]]) -> None:
    header = ["一级指标", "二级指标", "三级指标", "目标值", "实际完成值", "分值", "得分", "偏差原因"]
    blocks: list[Block] = []
    for row, cells in enumerate([header, *rows]):
        for column, text in enumerate(cells):
            blocks.append(Block(len(blocks), text, 0, Cell(0, row, column)))
    report = Report("", "表.docx", tuple(blocks))
    reading = Reading(report, Cover(), (), ())
    assert_quoted(report, indicators.of(reading))


def test_made_once_for_a_reading() -> None:
    report = Report("", "表.txt", (Block(0, "指标", 0, Cell(0, 0, 0)), Block(1, "得分", 0, Cell(0, 0, 1))))
    reading = Reading(report, Cover(), (), ())
    assert indicators.of(reading) is indicators.of(reading)
