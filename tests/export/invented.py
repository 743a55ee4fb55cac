"""Invented reviews, made by hand, with what real ones have: form tables, overlapping findings, odd characters."""

import hashlib
from decimal import Decimal

from pipeline.records import (
    Block,
    Cell,
    Claim,
    Cover,
    Finding,
    Grade,
    Grades,
    Match,
    Quantity,
    Reading,
    Report,
    Review,
    Section,
    Source,
    Span,
    Triage,
)

Text = tuple[str, int, Cell | None]


def _form() -> list[Text]:
    def cell(row: int, column: int, rows: int = 1, columns: int = 1) -> Cell:
        return Cell(0, row, column, rows, columns)

    return [
        ("沅北市2023年度部门整体支出绩效自评报告", 0, None),
        ("单位名称：沅北市水务事务中心", 0, None),
        ("一、部门基本概况", 1, None),
        ("人员编制", 0, cell(0, 0)),
        ("36", 0, cell(0, 1)),
        ("实有人数", 0, cell(0, 2)),
        ("33", 0, cell(0, 3)),
        ("职能职责", 0, cell(1, 0)),
        ("负责全市河道、水库和农村饮水工程的日常管护，承担水旱灾害防御的技术支撑工作。", 0, cell(1, 1, 1, 3)),
        ("核定事业编制36名，实有在职人员31人，其中专业技术人员19人。", 0, cell(1, 1, 1, 3)),
        ("年度收入情况（万元）", 0, cell(2, 0, 3)),
        ("合计", 0, cell(2, 1)),
        ("财政拨款", 0, cell(2, 2)),
        ("其他收入", 0, cell(2, 3)),
        ("1482.60", 0, cell(3, 1)),
        ("1450.00", 0, cell(3, 2)),
        ("22.60", 0, cell(3, 3)),
        ("备注：其他收入为水费代收手续费。", 0, cell(4, 1, 1, 3)),
        ("二、履职绩效情况", 1, None),
        (
            "（一）农村饮水保障。全年维修养护农村饮水工程142处，受益人口近17万，水质合格率96.5%，"
            "比上年提高2.1个百分点。全年资金支出1371.84万元，预算执行率为98.2%。",
            0,
            None,
        ),
        ("（二）水旱灾害防御。汛期开展隐患排查3轮，发现问题58处，已整改58处，整改率100%。", 0, None),
        ("三、存在的主要问题", 1, None),
        ("一是学习不够深入，业务能力有待进一步提高。", 0, None),
        ("二是经费不足，人员紧张。", 0, None),
        ("四、下一步改进措施", 1, None),
        ("加强学习，提高认识，进一步做好各项工作。", 0, None),
    ]


def make_review(number: int = 1, **changes: object) -> Review:
    """Report ``number`` of an invented batch; ``changes`` replace fields of the review."""
    blocks = tuple(Block(i, text, level, cell) for i, (text, level, cell) in enumerate(_form()))
    prose = blocks[19].text

    def at(block: int, words: str) -> Span:
        start = blocks[block].text.index(words)
        return Span(block, start, start + len(words))

    def claim(block: int, words: str, value: str, unit: str, kind: str, metric: str, **more: object) -> Claim:
        number_, half = Decimal(value), Decimal("0.5")
        quantity = Quantity(number_, number_ - half, number_ + half, True, False, unit, kind)  # type: ignore[arg-type]
        more.setdefault("section", "achievements")
        return Claim(f"c{block}-{words}", at(block, words), quantity, metric, **more)  # type: ignore[arg-type]

    assert "近17万" in prose
    claims = (
        claim(4, "36", "36", "人", "count", "人员编制", section="staff", source="table"),
        claim(6, "33", "33", "人", "count", "实有人数", section="staff", source="table"),
        claim(9, "31人", "31", "人", "count", "实有在职人员", section="duties"),
        claim(
            14, "1482.60", "14826000", "元", "money", "年度收入合计", section="finance", source="table", role="whole"
        ),
        claim(15, "1450.00", "14500000", "元", "money", "财政拨款", section="finance", source="table", role="part"),
        claim(19, "142处", "142", "处", "count", "维修养护农村饮水工程"),
        Claim(
            "c-near",
            at(19, "近17万"),
            Quantity(Decimal("170000"), Decimal("153000"), Decimal("170000"), True, False, "", "count", "near"),
            "受益人口",
            section="achievements",
        ),
        claim(19, "1371.84万元", "13718400", "元", "money", "资金支出", role="spent"),
        claim(19, "98.2%", "98.2", "%", "percent", "预算执行率", role="rate", period="2023"),
        Claim(
            "c-vague",
            at(20, "58处"),
            Quantity(None, Decimal("50"), None, False, False, "处", "count", "vague"),
            "问题",
            section="achievements",
        ),
    )
    findings = (
        Finding(
            "f-rate", "percent-recompute", "high",
            "预算执行率写为98.2%，按支出1371.84万元、收入1482.60万元计算约为92.5%。",
            (at(19, "全年资金支出1371.84万元，预算执行率为98.2%"), at(14, "1482.60")),
            "92.5%", "98.2%", "财预〔2020〕10号", "请核对预算数、支出数和执行率，并说明口径。",
        ),
        Finding(
            "f-sum", "components-sum", "high", "财政拨款1450.00万元与其他收入22.60万元之和不等于合计1482.60万元。",
            (at(14, "1482.60"), at(15, "1450.00"), at(16, "22.60")), "1472.60", "1482.60", "", "请核对年度收入各分项。",
        ),
        Finding(
            "f-heads", "headcount", "medium", "实有人数：表中33人，正文31人。",
            (at(6, "33"), at(9, "实有在职人员31人")),
            None, None, "", "请统一口径。",
        ),
        Finding(
            "f-over", "change-rate", "low", "提高2.1个百分点，没有写上年数。",
            (at(19, "比上年提高2.1个百分点。全年资金支出"),), None, None, "", "",
        ),
        Finding(
            "f-thin", "problem-off-topic", "high", "所列问题是学习、经费和人员，没有涉及绩效。",
            (Span(22, 0, len(blocks[22].text)), Span(23, 0, len(blocks[23].text))), None, None, "",
            "请写明未完成的目标。",
        ),
        Finding("f-miss", "missing-section", "info", "没有找到“绩效目标”一节。", (), None, None, "", "请补充。"),
        Finding("f-empty", "empty-section", "low", "此处没有内容。", (Span(24, 9, 9),), None, None, "", ""),
    )  # fmt: skip
    matches = (
        Match(
            "m1", at(25, "加强学习，提高认识"),
            Source("b" * 64, "云溪区林业站.docx", Span(3, 0, 9), "加强学习，提高认识"), "peer", 9, 1.0,
        ),
        Match(
            "m2", at(24, "下一步改进措施"),
            Source("b" * 64, "空表", Span(3, 0, 7), "下一步改进措施"), "form", 7, 1.0,
        ),
    )  # fmt: skip
    grade = Grade(2, (0.2, 0.6, 0.15, 0.05), {"cause": 0.1}, (), ())
    sections = (
        Section("overview", "一、部门基本概况", 2, 18, 1),
        Section("staff", "人员编制", 3, 7, 2),
        Section("duties", "职能职责", 7, 10, 2),
        Section("finance", "年度收入情况（万元）", 10, 18, 2),
        Section("achievements", "二、履职绩效情况", 18, 21, 1),
        Section("problems", "三、存在的主要问题", 21, 24, 1),
        Section("measures", "四、下一步改进措施", 24, 26, 1),
    )
    report = Report(hashlib.sha256(str(number).encode()).hexdigest(), f"水务中心{number:03}.docx", blocks)
    fields: dict[str, object] = {
        "reading": Reading(
            report,
            Cover("沅北市水务事务中心", "2023年度部门整体支出绩效自评报告", 2023, "department"),
            sections,
            claims,
        ),
        "findings": findings,
        "matches": matches,
        "grades": Grades(grade, None),
        "triage": Triage(
            max(0.0, 93.0 - 6.5 * number), ("weak", "watch", "sound")[min(number // 5, 2)],  # type: ignore[arg-type]
            (
                "占比、执行率不符：“预算执行率为98.2%”，按收支计算约为92.5%",
                "构成不等于合计：“1450.00”加“22.60”不等于“1482.60”",
                "问题与绩效无关：“一是学习不够深入，业务能力有待进一步提高。”",
            ),
        ),
        "made_with": {"code": "0.1.0", "profile": "部门整体支出"},
    }  # fmt: skip
    return Review(**(fields | changes))  # type: ignore[arg-type]
