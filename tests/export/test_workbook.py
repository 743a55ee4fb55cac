"""The workbook, read back from its XML as a spreadsheet would."""

import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest
from lxml import etree

from pipeline.export import words, workbook
from pipeline.export.cards import RuleCard
from pipeline.export.names import Named
from pipeline.export.sheets import safe_text
from pipeline.export.words import period, role
from pipeline.records import (
    Band,
    ClaimKind,
    CoverKind,
    Failure,
    Finding,
    MatchKind,
    Qualifier,
    Review,
    Role,
    SectionKind,
    Severity,
    Span,
)

NS = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
Sheets = dict[str, list[list[str]]]


def sheet_xml(path: Path) -> dict[str, etree._Element]:
    with zipfile.ZipFile(path) as archive:
        book = etree.fromstring(archive.read("xl/workbook.xml"))
        names = [node.get("name", "") for node in book.iterfind("m:sheets/m:sheet", NS)]
        return {name: etree.fromstring(archive.read(f"xl/worksheets/sheet{i}.xml")) for i, name in enumerate(names, 1)}


def rows(path: Path) -> Sheets:
    return {
        name: [
            ["".join(cell.itertext()) for cell in row.iterfind("m:c", NS)]
            for row in sheet.iterfind("m:sheetData/m:row", NS)
        ]
        for name, sheet in sheet_xml(path).items()
    }


@pytest.fixture
def written(
    tmp_path: Path, batch: list[Named], failures: list[Failure], rules: dict[str, RuleCard]
) -> Callable[..., Path]:
    def write(reviews: list[Named] = batch, unread: list[Failure] = failures, **more: int) -> Path:
        path = tmp_path / "out" / "triage.xlsx"
        workbook.write(path, iter(reviews), unread, rules, **more)
        assert [file.name for file in path.parent.iterdir()] == ["triage.xlsx"]
        return path

    return write


def test_sheets_and_their_rows(written: Callable[..., Path], batch: list[Named]) -> None:
    sheets = rows(written())
    assert list(sheets) == ["报告", "未读取", "发现", "数量"]
    assert len(sheets["报告"]) == 1 + len(batch)
    assert len(sheets["发现"]) == 1 + sum(len(n.review.findings) for n in batch)
    assert len(sheets["数量"]) == 1 + sum(len(n.review.reading.claims) for n in batch)
    assert sheets["报告"][1][:7] == [
        "1",
        "水务中心001.docx",
        "沅北市水务事务中心",
        "2023",
        "部门整体",
        "86.5",
        "需重点看",
    ]
    assert sheets["报告"][1][7:11] == ["3", "1", "2", "1"]
    assert sheets["未读取"][1][1] == "legacy-doc"


def test_a_finding_has_both_sides_of_its_evidence(written: Callable[..., Path]) -> None:
    finding = rows(written())["发现"][2]
    assert finding[:3] == ["水务中心001.docx", "高", "构成不等于合计"]
    assert finding[4:9] == ["1482.60", "（1）1450.00\n（2）22.60", "1472.60", "1482.60", "待核"]
    assert finding[11] == "components-sum"


def test_no_sheet_of_unread_files_when_all_were_read(written: Callable[..., Path]) -> None:
    assert list(rows(written(unread=[]))) == ["报告", "发现", "数量"]


def test_nothing_to_show_still_opens(written: Callable[..., Path]) -> None:
    assert [len(sheet) for sheet in rows(written(reviews=[])).values()] == [1, 3, 1, 1]


def test_numbers_are_numbers_and_open_bounds_are_said(written: Callable[..., Path]) -> None:
    sheet = sheet_xml(written())["数量"]
    amount = sheet.findall("m:sheetData/m:row", NS)[4].findall("m:c", NS)
    assert amount[3].get("t") is None
    assert "".join(amount[3].itertext()) == "14826000"
    vague = rows(written())["数量"][10]
    assert vague[2:7] == ["58处", "", "处", "数量", "概数"]
    assert vague[10:12] == ["50", "不限"]


def test_a_claim_says_what_it_is_and_where_it_stands(written: Callable[..., Path]) -> None:
    header, *claims = rows(written())["数量"]
    assert header == [
        "报告", "章节", "原文", "数值", "单位", "类别", "口径", "指标", "角色", "期间", "下限", "上限", "来源", "位置"
    ]  # fmt: skip
    assert claims[3][:9] == [
        "水务中心001.docx", "收支情况", "1482.60", "14826000", "元", "金额", "", "年度收入合计", "总体"
    ]  # fmt: skip
    assert claims[3][12:] == ["表格", "表1第4行第2列"]
    assert claims[8][6:10] == ["", "预算执行率", "比率", "2023年"]
    assert claims[8][12:] == ["正文", "第5段：预算执行率为98.2%"]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (None, ""), ("2023", "2023年"), ("2023-H2", "2023年下半年"), ("2021-Q1", "2021年第1季度"),
        ("2022-07", "2022年7月"), ("本年", "本年"),
    ],
)  # fmt: skip
def test_periods_are_in_words(code: str | None, said: str) -> None:
    assert period(code) == said


def test_a_change_says_which_way(review: Review) -> None:
    claim = replace(review.reading.claims[0], role="change", direction="down")
    assert role(claim) == "减少"
    assert role(replace(claim, direction=None)) == "增减"


def test_every_code_has_words() -> None:
    for codes, said in (
        (ClaimKind, words.KIND), (Qualifier, words.QUALIFIER), (Role, words.ROLE), (SectionKind, words.SECTION),
        (MatchKind, words.MATCH), (Band, words.BAND), (Severity, words.SEVERITY), (CoverKind, words.COVER),
    ):  # fmt: skip
        assert set(get_args(codes)) == set(said)


def test_states_are_a_drop_down_list_over_all_rows(written: Callable[..., Path], batch: list[Named]) -> None:
    sheet = sheet_xml(written())["发现"]
    (rule,) = sheet.iterfind("m:dataValidations/m:dataValidation", NS)
    count = sum(len(n.review.findings) for n in batch)
    assert rule.get("sqref") == f"I2:I{count + 1}"
    assert "".join(rule.itertext()) == '"待核,采纳,驳回,存疑"'


def test_header_stays_and_filters(written: Callable[..., Path]) -> None:
    for sheet in sheet_xml(written()).values():
        pane = sheet.find("m:sheetViews/m:sheetView/m:pane", NS)
        assert pane is not None
        assert pane.get("ySplit") == "1"
        assert sheet.find("m:autoFilter", NS) is not None


def test_full_sheets_go_on_under_a_new_name(written: Callable[..., Path], batch: list[Named]) -> None:
    sheets = rows(written(sheet_rows=50))
    assert list(sheets) == ["报告", "未读取", "发现", "发现（2）", "数量", "数量（2）", "数量（3）"]
    assert {len(sheets[name]) for name in ("发现", "数量", "数量（2）")} == {50}
    assert sheets["发现（2）"][0] == sheets["发现"][0]
    assert len(sheets["发现"]) + len(sheets["发现（2）"]) - 2 == sum(len(n.review.findings) for n in batch)


def test_filters_and_print_titles_belong_to_their_sheet(written: Callable[..., Path]) -> None:
    path = written(sheet_rows=50)
    names = list(sheet_xml(path))
    with zipfile.ZipFile(path) as archive:
        book = etree.fromstring(archive.read("xl/workbook.xml"))
    defined = [
        (node.get("localSheetId", ""), node.text or "") for node in book.iterfind("m:definedNames/m:definedName", NS)
    ]
    assert len(defined) == 2 * len(names)
    assert all(text.startswith((f"'{names[int(place)]}'!", f"{names[int(place)]}!")) for place, text in defined)


@pytest.mark.parametrize("text", ["=1+1", "+SUM(A1)", "-2+3", "@x", "\t=1", "\r=1", " =1", "＝1+1", "<r><t>x</t></r>"])
def test_report_text_is_never_a_formula(written: Callable[..., Path], review: Review, text: str) -> None:
    bad = Finding("f", "headcount", "high", text, (), text, text, text, text)
    path = written(reviews=[Named(text, replace(review, findings=(bad,)))])
    sheet = sheet_xml(path)["发现"]
    assert not list(sheet.iter(f"{{{NS['m']}}}f", f"{{{NS['m']}}}hyperlink"))
    cell = sheet.findall("m:sheetData/m:row", NS)[1].findall("m:c", NS)[3]
    assert cell.get("t") == "inlineStr"
    shown = re.sub(r"_x000D_", "\r", "".join(cell.itertext()))
    assert shown == "'" + text


@pytest.mark.parametrize("text", ["=1+1", "+SUM(A1)", "-2+3", "@x", "\t=1", "\r=1"])
def test_a_claim_is_never_a_formula(written: Callable[..., Path], review: Review, text: str) -> None:
    claim = replace(review.reading.claims[0], metric=text, span=Span(4, 0, len(text)))
    blocks = tuple(replace(block, text=text) if block.index == 4 else block for block in review.reading.report.blocks)
    report = replace(review.reading.report, blocks=blocks)
    path = written(
        reviews=[Named("甲", replace(review, reading=replace(review.reading, report=report, claims=(claim,))))]
    )
    row = sheet_xml(path)["数量"].findall("m:sheetData/m:row", NS)[1].findall("m:c", NS)
    assert [row[i].get("t") for i in (2, 7)] == ["inlineStr", "inlineStr"]
    assert ["".join(row[i].itertext()).replace("_x000D_", "\r") for i in (2, 7)] == ["'" + text, "'" + text]


@pytest.mark.parametrize("text", ["-5.3%", "+2", "12,000", "增长=下降", "—", "http://例.invalid", ""])
def test_harmless_text_is_left_as_it_stands(text: str) -> None:
    assert safe_text(text) == text


def test_what_a_cell_cannot_hold() -> None:
    assert safe_text("甲\x00\x0b\ufffe乙\ud800") == "甲乙"
    assert safe_text("字" * 32_767) == "字" * 32_767
    for cut in (safe_text("字" * 32_768), safe_text("𠮷" * 20_000)):
        assert cut.endswith("…（全文见网页）")
        assert len(cut.encode("utf-16-le")) // 2 <= 32_767


def test_long_and_odd_text_reads_back(written: Callable[..., Path], review: Review) -> None:
    odd = Finding("f", "headcount", "low", "甲\x01<&>_x0041_乙", (), "字" * 40_000, None, "", "")
    finding = rows(written(reviews=[Named("甲", replace(review, findings=(odd,)))]))["发现"][1]
    assert finding[3] == "甲<&>_x005F_x0041_乙"
    assert finding[6].endswith("（全文见网页）")
