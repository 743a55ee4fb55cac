"""Automatic numbers are written out as Word shows them."""

import pytest
from packages import blocks, p, tbl, tc, texts, tr

from pipeline.ingest.number_formats import written


def level(at: int, form: str, text: str, extra: str = "", start: int = 1) -> str:
    return f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{extra}<w:lvlText w:val="{text}"/></w:lvl>'


def abstract(identity: int, *levels: str, extra: str = "") -> str:
    return f'<w:abstractNum w:abstractNumId="{identity}">{extra}{"".join(levels)}</w:abstractNum>'


def num(identity: int, of: int, overrides: str = "") -> str:
    return f'<w:num w:numId="{identity}"><w:abstractNumId w:val="{of}"/>{overrides}</w:num>'


def restart(at: int, start: int) -> str:
    return f'<w:lvlOverride w:ilvl="{at}"><w:startOverride w:val="{start}"/></w:lvlOverride>'


def item(text: str, number: int = 1, at: int = 0, style: str = "") -> str:
    properties = f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{number}"/></w:numPr>'
    return p(text, style=style, properties=properties)


OUTLINE = abstract(
    0,
    level(0, "chineseCounting", "%1、"),
    level(1, "chineseCountingThousand", "（%2）"),
    level(2, "decimal", "%3."),
    level(3, "decimalEnclosedCircleChinese", "%4"),
)


def test_levels_count_and_restart_below_higher_levels() -> None:
    body = "".join(
        item(text, at=at)
        for text, at in (
            ("概况", 0),
            ("职能", 1),
            ("人员", 1),
            ("编制", 2),
            ("在职", 2),
            ("细项", 3),
            ("支出", 0),
            ("基本", 1),
            ("甲", 2),
        )
    )
    assert texts(body, numbering=OUTLINE + num(1, 0)) == [
        "一、概况", "（一）职能", "（二）人员", "1. 编制", "2. 在职", "①细项", "二、支出", "（一）基本", "1. 甲",
    ]  # fmt: skip


def test_a_chapter_a_decimal_outline_and_a_number_that_ends_in_a_digit() -> None:
    numbering = abstract(0, level(0, "japaneseCounting", "第%1章 "), level(1, "decimal", "%1.%2")) + num(1, 0)
    body = item("总则", at=0) + item("目的", at=1) + item("<w:r><w:tab/><w:t> 依据</w:t></w:r>", at=1)
    assert texts(body, numbering=numbering) == ["第一章总则", "一.1 目的", "一.2 依据"]


def test_legal_style_writes_inherited_levels_in_digits() -> None:
    numbering = abstract(
        0, level(0, "chineseCounting", "%1、"), level(1, "decimalZero", "%1.%2", extra="<w:isLgl/>")
    ) + num(1, 0)
    assert texts(item("甲") + item("乙", at=1), numbering=numbering) == ["一、甲", "1.01 乙"]


def test_lists_of_one_abstract_list_go_on_unless_they_are_restarted() -> None:
    numbering = OUTLINE + num(1, 0) + num(2, 0) + num(3, 0, restart(0, 1)) + num(4, 0, restart(0, 7))
    body = item("甲", 1) + item("乙", 2) + item("丙", 3) + item("丁", 3) + item("戊", 4) + item("己", 1)
    assert texts(body, numbering=numbering) == ["一、甲", "二、乙", "一、丙", "二、丁", "七、戊", "八、己"]


def test_overridden_levels_and_starts() -> None:
    override = f'<w:lvlOverride w:ilvl="0">{level(0, "upperLetter", "%1)", start=3)}</w:lvlOverride>'
    assert texts(item("甲") + item("乙"), numbering=OUTLINE + num(1, 0, override)) == ["C)甲", "D)乙"]


@pytest.mark.parametrize(
    ("restarts", "last"), [("", "1)"), ('<w:lvlRestart w:val="0"/>', "3)"), ('<w:lvlRestart w:val="1"/>', "3)")]
)
def test_when_a_deeper_level_restarts(restarts: str, last: str) -> None:
    numbering = abstract(
        0, level(0, "decimal", "%1、"), level(1, "decimal", "%2、"), level(2, "decimal", "%3)", extra=restarts)
    ) + num(1, 0)
    body = item("甲") + item("乙", at=1) + item("丙", at=2) + item("丁", at=2) + item("戊", at=1) + item("己", at=2)
    assert texts(body, numbering=numbering)[-1] == f"{last}己"


def test_levels_that_were_skipped_stand_at_their_start() -> None:
    numbering = abstract(0, level(0, "decimal", "%1"), level(1, "decimal", "%1.%2")) + num(1, 0)
    assert texts(item("甲", at=1) + item("乙", at=1), numbering=numbering) == ["1.1 甲", "1.2 乙"]


STYLES = """
<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/>
  <w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/>
  <w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="3"><w:name w:val="我的二级"/><w:basedOn w:val="2"/></w:style>
"""


def test_numbering_comes_with_the_style_and_its_ancestors_and_can_be_turned_off() -> None:
    numbering = abstract(
        0,
        level(0, "chineseCounting", "%1、", extra='<w:pStyle w:val="1"/>'),
        level(1, "chineseCounting", "（%2）", extra='<w:pStyle w:val="2"/>'),
    ) + num(1, 0)
    body = (
        p("概况", style="1")
        + p("职能", style="2")
        + p("人员", style="3")
        + item("不编号", 0, style="1")
        + p("问题", style="1")
    )
    read = blocks(body, styles=STYLES, numbering=numbering)
    assert [(b.text, b.level) for b in read] == [
        ("一、概况", 1), ("（一）职能", 2), ("（二）人员", 2), ("不编号", 1), ("二、问题", 1),
    ]  # fmt: skip


def test_numbering_styles_lead_to_the_list_they_stand_for() -> None:
    numbering = (
        OUTLINE.replace('"0">', '"0"><w:styleLink w:val="清单"/>', 1)
        + abstract(5, extra='<w:numStyleLink w:val="清单"/>')
        + num(1, 0)
        + num(2, 5)
    )
    assert texts(item("甲", 2) + item("乙", 1), numbering=numbering) == ["一、甲", "二、乙"]
    styles = (
        "<w:style w:type='numbering' w:styleId='单'><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:style>"
    )
    by_style = OUTLINE + abstract(5, extra='<w:numStyleLink w:val="单"/>') + num(1, 0) + num(2, 5)
    assert texts(item("甲", 2), numbering=by_style, styles=styles) == ["一、甲"]


def test_bullets_are_dropped_and_unknown_lists_number_nothing() -> None:
    numbering = (
        abstract(0, level(0, "bullet", "\uf0b7"), level(1, "none", ""), level(2, "none", "附："))
        + num(1, 0)
        + num(3, 99)
    )
    body = (
        item("点")
        + item("无", at=1)
        + item("件", at=2)
        + item("缺级", at=7)
        + item("缺表", 2)
        + item("缺抽象", 3)
        + item("负", at=-1)
    )
    assert texts(body, numbering=numbering) == ["点", "无", "附：件", "缺级", "缺表", "缺抽象", "负"]


def test_cells_are_numbered_in_reading_order_even_where_they_are_empty() -> None:
    numbering = abstract(0, level(0, "decimal", "%1")) + num(1, 0)
    body = tbl(tr(tc(item("")), tc("甲")), tr(tc(item("")), tc("乙")))
    assert texts(body, numbering=numbering) == ["1", "甲", "2", "乙"]


def test_a_number_stands_before_the_first_line_only_and_deleted_paragraphs_do_not_count() -> None:
    gone = item("<w:del w:id='1'><w:r><w:delText>去</w:delText></w:r></w:del>").replace(
        "</w:pPr>", "<w:rPr><w:del w:id='2'/></w:rPr></w:pPr>"
    )
    body = item("<w:r><w:t>甲</w:t><w:br/><w:t>续行</w:t></w:r>") + gone + item("乙")
    assert texts(body, numbering=OUTLINE + num(1, 0)) == ["一、甲", "续行", "二、乙"]


def test_text_boxes_and_notes_count_for_themselves() -> None:
    box = f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{item('框')}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    note = f"<w:footnote w:id='1'>{item('注')}</w:footnote>"
    body = item("甲") + p(box + "<w:r><w:footnoteReference w:id='1'/></w:r>") + item("乙")
    assert texts(body, numbering=OUTLINE + num(1, 0), footnotes=note) == ["一、甲", "一、框", "〔注1〕一、注", "二、乙"]


def test_a_custom_format_falls_back_on_the_standard_one() -> None:
    custom = (
        "<w:lvl w:ilvl='0'><w:start w:val='1'/><mc:AlternateContent><mc:Choice Requires='w14'>"
        "<w:numFmt w:val='custom' w:format='001'/></mc:Choice><mc:Fallback><w:numFmt w:val='decimalZero'/></mc:Fallback>"
        "</mc:AlternateContent><w:lvlText w:val='%1、'/></w:lvl>"
    )
    assert texts(item("甲"), numbering=abstract(0, custom) + num(1, 0)) == ["01、甲"]


@pytest.mark.parametrize(
    ("form", "numbers"),
    [
        ("decimal", {1: "1", 12: "12"}),
        ("decimalZero", {1: "01", 10: "10"}),
        ("decimalFullWidth", {12: "１２"}),
        ("numberInDash", {3: "- 3 -"}),
        ("chineseCounting", {1: "一", 10: "十", 21: "二十一", 105: "一百零五"}),
        ("chineseCountingThousand", {20: "二十"}),
        ("japaneseCounting", {11: "十一"}),
        ("taiwaneseCountingThousand", {11: "十一"}),
        ("ideographDigital", {10: "一〇", 23: "二三"}),
        ("chineseLegalSimplified", {1: "壹", 10: "壹拾", 12: "壹拾贰", 101: "壹佰零壹"}),
        ("ideographLegalTraditional", {2: "貳", 6: "陸"}),
        ("decimalEnclosedCircle", {1: "①", 20: "⑳", 21: "21"}),
        ("decimalEnclosedCircleChinese", {10: "⑩"}),
        ("decimalEnclosedParen", {2: "⑵"}),
        ("decimalEnclosedFullstop", {3: "⒊"}),
        ("ideographEnclosedCircle", {1: "㊀", 11: "十一"}),
        ("ideographTraditional", {1: "甲", 10: "癸", 11: "11"}),
        ("ideographZodiac", {1: "子", 12: "亥"}),
        ("ideographZodiacTraditional", {1: "甲子", 60: "癸亥"}),
        ("upperRoman", {4: "IV", 1999: "MCMXCIX", 99_999: "99999"}),
        ("lowerRoman", {9: "ix"}),
        ("upperLetter", {1: "A", 26: "Z", 27: "AA", 53: "AAA", 9999: "9999"}),
        ("lowerLetter", {2: "b"}),
        ("none", {1: ""}),
        ("ganada", {3: "3"}),
    ],
)
def test_number_formats(form: str, numbers: dict[int, str]) -> None:
    assert {number: written(number, form) for number in numbers} == numbers


def test_no_format_fails_on_numbers_out_of_its_range() -> None:
    for form in ("upperRoman", "upperLetter", "chineseCounting", "ideographTraditional", "decimalEnclosedCircle"):
        assert written(0, form) == "0"
        assert written(123_456, form) == "123456"
