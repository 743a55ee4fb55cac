"""What the notation of the cases cannot write: borders that are moved, nested tables, sheets that go together."""

from decimal import Decimal

from pipeline import claims, indicators
from pipeline.indicators import Sheet
from pipeline.records import Block, Cell, Cover, Reading, Report
from tests.checks.notation import read


def sheets(report: Report) -> tuple[Sheet, ...]:
    return indicators.of(Reading(report, Cover(), (), claims.extract(report, ())))


def grid(*rows: list[tuple[str, int]]) -> Report:
    """A table whose cells each give their text and how many columns they cover."""
    blocks: list[Block] = []
    for row, cells in enumerate(rows):
        column = 0
        for text, columns in cells:
            blocks.append(Block(len(blocks), text, 0, Cell(0, row, column, 1, columns)))
            column += columns
    return Report("", "表.docx", tuple(blocks))


def test_borders_moved_a_little_from_row_to_row() -> None:
    report = grid(
        [("一级指标", 2), ("二级指标", 3), ("三级指标", 4), ("目标值", 2), ("完成值", 2), ("分值", 1), ("得分", 2)],
        [("产出指标", 3), ("数量指标", 2), ("安装路灯", 3), ("240盏", 3), ("251盏", 2), ("40", 1), ("40", 2)],
        [("产出指标", 2), ("质量指标", 4), ("亮灯率", 3), ("≥98%", 2), ("97.1%", 1), ("60", 2), ("58", 2)],
    )
    (sheet,) = sheets(report)
    said = [
        (i.kind, i.name.text, i.target and i.target.text, i.result and i.result.text, i.weight and i.weight.value)
        for i in sheet.indicators
    ]
    assert said == [
        ("数量", "安装路灯", "240盏", "251盏", Decimal(40)),
        ("质量", "亮灯率", "≥98%", "97.1%", Decimal(60)),
    ]
    assert [p.value for p in sheet.scores] == [Decimal(40), Decimal(58)]


def test_shared_points_count_once() -> None:
    report = read(
        "|指标名称|目标值|完成值|分值|得分|\n|1.修路；2.架桥|3公里；2座|3公里；1座|20|18|\n|绿化|5亩|5亩|20|20|"
    )
    (sheet,) = sheets(report)
    assert [i.name.text for i in sheet.indicators] == ["修路", "架桥", "绿化"]
    assert [i.result and i.result.text for i in sheet.indicators] == ["3公里", "1座", "5亩"]
    assert sum(p.value for p in sheet.weights) == Decimal(40)
    assert sum(p.value for p in sheet.scores) == Decimal(38)


def test_a_result_without_a_target_is_an_indicator_of_its_own() -> None:
    text = "|指标名称|目标值|完成值|\n|指标1：讲座 指标2：展览|指标1：10场 指标2：4期|指标1：11场 指标2：4期 指标3：义诊6次|"
    (sheet,) = sheets(read(text))
    assert [(i.name.text, i.target and i.target.text, i.result and i.result.text) for i in sheet.indicators] == [
        ("讲座", "10场", "11场"),
        ("展览", "4期", "4期"),
        ("", "", "义诊6次"),
    ]


def test_goals_and_execution_in_tables_before_go_with_the_sheet() -> None:
    text = """
|年度主要工作内容|1.建站<br>2.巡河|
|年度总体运行情况及取得的成绩|建成水文站两座，全年巡河。|

|资金|预算数|执行数|执行率|分值|得分|
|合计|120.00|114.00|95%|10|9.5|

|指标名称|目标值|完成值|分值|得分|
|建站|2座|2座|90|90|
"""
    (sheet,) = sheets(read(text))
    assert sheet.table == 2
    assert [[e.text for e in goal.targets] for goal in sheet.goals] == [["建站", "巡河"]]
    assert sheet.execution is not None
    assert sheet.execution.budget is not None
    assert [c.quantity.value for c in sheet.execution.budget.claims] == [Decimal(120)]
    assert sum(p.value for p in sheet.scores) == Decimal("99.5")


def test_two_sheets_are_kept_apart() -> None:
    text = """
附件1 甲项目自评表
|指标名称|目标值|完成值|得分|
|修塘|3口|3口|100|

附件2 乙项目自评表
|指标名称|目标值|完成值|得分|
|植树|500株|480株|96|
"""
    assert [[i.name.text for i in sheet.indicators] for sheet in sheets(read(text))] == [["修塘"], ["植树"]]


def test_tables_of_money_staff_and_projects_are_no_sheets() -> None:
    text = """
|项目名称|预算数（万元）|支出数（万元）|执行率|
|桥梁加固|120|118|98.33%|

|姓名|职务|单位|签字|
|某某|主任|县某局||

|资产类别|数量|金额（万元）|备注|
|车辆|3|42||

|目标|任务|
|防汛|清淤|
"""
    assert sheets(read(text)) == ()


def test_claims_of_target_and_result() -> None:
    text = "|指标名称|目标值|完成值|\n|培训农民|≥300人次|326人次|"
    (sheet,) = sheets(read(text))
    (one,) = sheet.indicators
    assert one.target is not None
    assert one.result is not None
    assert [(c.quantity.value, c.quantity.low) for c in one.target.claims] == [(Decimal(300), Decimal(300))]
    assert [c.quantity.value for c in one.result.claims] == [Decimal(326)]


def test_blank_and_absent_are_told_apart() -> None:
    (sheet,) = sheets(read("|指标名称|目标值|分值|得分|\n|环境改善||10|10|\n|投诉办结|—|10|10|"))
    assert sheet.columns == {"target", "weight", "score"}
    assert [i.target is not None and i.target.blank for i in sheet.indicators] == [True, True]
    assert all(i.reason is None for i in sheet.indicators)
