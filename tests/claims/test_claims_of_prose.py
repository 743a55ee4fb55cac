"""Claims of running text: what each quantity is of, the part it plays, its period."""

from decimal import Decimal

import pytest

from pipeline import claims
from pipeline.records import Claim


def _said(text: str) -> list[tuple[str, str, str]]:
    return [(text[c.span.start : c.span.end], c.metric, c.role) for c in claims.of_text(text)]


def test_whole_parts_and_their_shares() -> None:
    text = "2023年支出决算为412.50万元，其中：基本支出330.00万元，占80%；项目支出82.50万元，占20%。"
    assert _said(text) == [
        ("412.50万元", "支出决算", "whole"),
        ("330.00万元", "基本支出", "part"),
        ("占80%", "基本支出", "share"),
        ("82.50万元", "项目支出", "part"),
        ("占20%", "项目支出", "share"),
    ]
    found = claims.of_text(text)
    assert {c.period for c in found} == {"2023"}
    assert len({c.group for c in found if c.role in ("whole", "part")}) == 1
    assert all(c.group is None for c in found if c.role == "share")


def test_two_totals_in_two_sentences_are_two_groups() -> None:
    text = "收入总计90万元，其中财政拨款80万元、其他收入10万元。支出总计90万元，其中基本支出60万元、项目支出30万元。"
    groups = [c.group for c in claims.of_text(text)]
    assert groups[0] == groups[1] == groups[2] != groups[3] == groups[4] == groups[5]


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("办理时限由5个工作日压缩至2个工作日。", "5个工作日", "2个工作日"),
        ("申报材料从原来的12份精简到4份。", "12份", "4份"),
        ("床位数从120张增加到150张，增长25%。", "120张", "150张"),
        ("审批时间由1个工作日缩短为3小时。", "1个工作日", "3小时"),
    ],
)
def test_from_and_to(text: str, first: str, second: str) -> None:
    found = [(text[c.span.start : c.span.end], c.role, c.group) for c in claims.of_text(text)]
    assert (found[0][0], found[0][1]) == (first, "from")
    assert (found[1][0], found[1][1]) == (second, "to")
    assert found[0][2] is not None
    assert len({group for _, _, group in found}) == 1


@pytest.mark.parametrize(
    ("text", "metric", "role"),
    [
        ("（2）护林员补助18.6万元。", "护林员补助", "value"),
        ("年初预算安排260万元。", "年初预算", "budget"),
        ("全年共有26个职能部门进驻大厅。", "职能部门", "value"),
        ("群众满意率达98.6%。", "群众满意率", "rate"),
        ("本项目自评得分93.5分。", "本项目自评得分", "score"),
        ("培训护理人员320人次。", "培训护理人员", "value"),
        ("一是新建提灌站3座，", "新建提灌站", "value"),
    ],
)
def test_metric_and_role(text: str, metric: str, role: str) -> None:
    (claim,) = claims.of_text(text)
    assert (claim.metric, claim.role) == (metric, role)


def test_a_name_that_does_not_say_whose_takes_its_subject() -> None:
    assert _said("村级光伏管护经费12万元，实际支出11.4万元。") == [
        ("12万元", "村级光伏管护经费", "value"),
        ("11.4万元", "村级光伏管护经费实际支出", "spent"),
    ]


def test_change_has_a_direction() -> None:
    (claim,) = claims.of_text("收治病人数同比下降6.5%。")
    assert (claim.role, claim.direction, claim.quantity.value) == ("change", "down", Decimal("6.5"))


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2022年接待上访31人次。", "2022"),
        ("2022年上半年接待上访31人次。", "2022-H1"),
        ("2022年三季度接待上访31人次。", "2022-Q3"),
        ("2022年11月接待上访31人次。", "2022-11"),
        ("去年接待上访31人次。", "上年"),
        ("接待上访31人次，比2021年少。", None),
        ("较2021年减少31人次。", None),
        ("依据〔2019〕17号文件接待31人次。", None),
    ],
)
def test_period(text: str, period: str | None) -> None:
    (claim,) = claims.of_text(text)
    assert claim.period == period


def test_amounts_of_one_list_share_their_precision() -> None:
    text = "支出合计188.51万元，其中印刷费14万元，差旅费174.51万元。"
    assert [(c.quantity.low, c.quantity.high) for c in claims.of_text(text)][1] == (
        Decimal("139950"),
        Decimal("140050"),
    )
    (alone,) = claims.of_text("印刷费14万元。")
    assert (alone.quantity.low, alone.quantity.high) == (Decimal(135000), Decimal(145000))


def test_ids_do_not_depend_on_where_a_claim_stands() -> None:
    def ids(text: str) -> list[str]:
        return [c.id for c in claims.of_text(text)]

    text = "新建公厕6座。改造公厕9座。"
    assert ids(text) == ids(f"全镇情况如下。\n{text}")
    repeated = ids("新建公厕6座。新建公厕6座。")
    assert len(set(repeated)) == 2


def test_spans_quote_the_text_line_by_line() -> None:
    text = "第一行没有数。\n第二行有12件，\n第三行有𠮷字和3.5万元。"

    def quoted(found: list[Claim]) -> list[str]:
        return [text[c.span.start : c.span.end] for c in found]

    assert quoted(claims.of_text(text)) == ["12件", "3.5万元"]
    assert all(c.span.block == 0 for c in claims.of_text(text))


def test_nothing_in_no_text() -> None:
    assert claims.of_text("") == []
    assert claims.of_text("\n\n\t\n") == []
