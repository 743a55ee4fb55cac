import pytest

from pipeline.records import Block, Cell, Report
from pipeline.segment import cover


def report(*lines: str, rows: tuple[tuple[str, ...], ...] = ()) -> Report:
    blocks = [Block(i, line) for i, line in enumerate(lines)]
    for row, cells in enumerate(rows):
        blocks += [Block(len(blocks) + column, text, 0, Cell(0, row, column)) for column, text in enumerate(cells)]
    return Report("0" * 64, "x.docx", tuple(Block(i, b.text, 0, b.cell) for i, b in enumerate(blocks)))


@pytest.mark.parametrize(
    ("lines", "agency", "year", "kind"),
    [
        (
            (
                "附件2",
                "泉坪县2022年度部门整体支出",
                "绩效评价自评报告",
                "部门(单位)名称   泉坪县水利局   ",
                "报告日期： 2023年3月1日",
            ),
            "泉坪县水利局",
            2022,
            "department",
        ),
        (
            ("泉坪县20 23 年度部门整体支出绩效自评报告", "单位名称：泉坪县残疾人联合会（公章）"),
            "泉坪县残疾人联合会",
            2023,
            "department",
        ),
        (("泉坪县民政局2021年度部门整体支出绩效自评报告", "一、部门概况"), "泉坪县民政局", 2021, "department"),
        (
            ("泉坪县民政局", "2021年度部门整体支出绩效评价报告", "为做好工作，现报告如下："),
            "泉坪县民政局",
            2021,
            "department",
        ),
        (("双塘镇2024年度农村公路养护项目支出绩效自评报告", "一、项目概况"), "双塘镇", 2024, "project"),
        (
            (
                "关于2023年文化惠民专项资金的绩效自评报告",
                "一、基本情况",
                "资金足额到位。",
                "泉坪县文化馆",
                "2024年2月20日",
            ),
            "泉坪县文化馆",
            2023,
            "project",
        ),
        (("二〇二二年度部门整体支出绩效自评报告", "填报单位：泉坪县第一中学"), "泉坪县第一中学", 2022, "department"),
        (
            ("2020年度行政审批局部门整体支出绩效报告", "一、部门概况", "概况。", "泉坪县行政审批局", "2021年4月1日"),
            "泉坪县行政审批局",
            2020,
            "department",
        ),
    ],
)
def test_reads_the_cover(lines: tuple[str, ...], agency: str, year: int, kind: str) -> None:
    found = cover(report(*lines))
    assert (found.agency, found.year, found.kind) == (agency, year, kind)


def test_a_form_names_its_unit_in_a_cell() -> None:
    found = cover(report("2023年度单位整体支出绩效自评表", rows=(("单位名称", "泉坪县气象局"), ("预算数", "310.2"))))
    assert (found.agency, found.year, found.kind) == ("泉坪县气象局", 2023, "department")


def test_the_bureau_that_printed_the_form_is_not_the_unit() -> None:
    found = cover(report("部门整体支出绩效自评报告", "泉坪县财政局（制）", "一、部门概况"))
    assert found.agency == ""


def test_nothing_said_nothing_claimed() -> None:
    found = cover(report("会议记录", "今天讨论了三件事。"))
    assert (found.agency, found.title, found.year, found.kind) == ("", "", None, "unknown")
