"""Claims of table cells: unit, kind, role and name come from the headers."""

from decimal import Decimal

import pytest

from pipeline import claims
from pipeline.records import Block, Cell, Claim, Report


def _report(*lines: str) -> Report:
    """``|`` lines are rows of a table, cells between bars; ``a>>`` covers the next column as well; others paragraphs."""
    blocks: list[Block] = []
    table, row = -1, 0
    for line in lines:
        if not line.startswith("|"):
            blocks.append(Block(len(blocks), line))
            row = 0
            continue
        if row == 0:
            table += 1
        column = 0
        for text in line.strip("|").split("|"):
            wide = 1 + text.count(">")
            blocks.append(Block(len(blocks), text.rstrip(">").strip(), 0, Cell(table, row, column, 1, wide)))
            column += wide
        row += 1
    return Report("", "", tuple(blocks))


def _found(*lines: str) -> list[Claim]:
    return list(claims.extract(_report(*lines), ()))


def test_unit_of_the_caption_and_nested_headers() -> None:
    found = _found(
        "年度收入情况（万元）",
        "|机构名称|收入合计|其中：>>|",
        "| | |上年结转|财政拨款|其他收入|",
        "|局机关及二级机构汇总|320.50|20.50|300|0|",
    )
    assert [(c.metric, c.quantity.value, c.quantity.unit, c.quantity.kind) for c in found] == [
        ("收入合计", Decimal(3205000), "元", "money"),
        ("上年结转", Decimal(205000), "元", "money"),
        ("财政拨款", Decimal(3000000), "元", "money"),
        ("其他收入", Decimal(0), "元", "money"),
    ]
    assert [c.role for c in found] == ["whole", "part", "part", "part"]
    # Amounts of one table share the largest number of decimals.
    assert (found[2].quantity.low, found[2].quantity.high) == (Decimal(2999950), Decimal(3000050))


def test_columns_of_budget_execution_and_score() -> None:
    found = _found(
        "单位：万元",
        "|项目|年初预算数|全年执行数|执行率|分值|得分|",
        "|年度资金总额|150.00|141.00|94%|10|9.4|",
    )
    assert [(c.metric, c.role, c.quantity.unit) for c in found] == [
        ("年度资金总额", "budget", "元"),
        ("年度资金总额", "spent", "元"),
        ("年度资金总额", "rate", "%"),
        ("年度资金总额", "weight", "分"),
        ("年度资金总额", "score", "分"),
    ]


def test_targets_and_results_of_indicators() -> None:
    found = _found(
        "|一级指标|三级指标|年度指标值|实际完成值|",
        "|产出指标|新修机耕道|≥12公里|13.4公里|",
        "|满意度指标|农户满意度|≥90%|95.2%|",
    )
    assert [(c.metric, c.role, c.quantity.value, c.quantity.qualifier) for c in found] == [
        ("新修机耕道", "target", Decimal(12), "over_incl"),
        ("新修机耕道", "actual", Decimal("13.4"), "none"),
        ("农户满意度", "target", Decimal(90), "over_incl"),
        ("农户满意度", "actual", Decimal("95.2"), "none"),
    ]


def test_labels_and_values_by_turns() -> None:
    found = _found("|人员编制|48|实有人数|45|")
    assert [(c.metric, c.quantity.value, c.quantity.unit) for c in found] == [
        ("人员编制", Decimal(48), "人"),
        ("实有人数", Decimal(45), "人"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "|联系电话|0731-1234567|",
        "|单位编码|301002|",
        "|序号|3|",
        "|邮编|410000|",
    ],
)
def test_codes_and_numbers_of_contact_are_no_claims(line: str) -> None:
    assert _found(line) == []


def test_a_column_of_standards_states_nothing() -> None:
    found = _found(
        "|指标|分值|评分标准|得分|",
        "|预算执行率|10|每低于1个百分点扣0.5分，扣完为止|9.5|",
    )
    assert [(c.quantity.value, c.role) for c in found] == [(Decimal(10), "weight"), (Decimal("9.5"), "score")]


def test_narrative_in_a_cell_is_prose() -> None:
    (claim,) = _found("|年度主要工作|全年巡河216次，未发现险情。|")
    assert (claim.source, claim.quantity.value) == ("prose", Decimal(216))


def test_amounts_without_any_unit_have_none() -> None:
    (claim,) = _found("|项目|决算数|", "|基本支出|1200|")
    assert (claim.quantity.kind, claim.quantity.unit, claim.quantity.value) == ("money", "", Decimal(1200))
