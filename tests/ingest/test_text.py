"""Plain text: its encodings, its lines, and tables that were flattened by tabs."""

import pytest

from pipeline.errors import UnreadableReport
from pipeline.ingest import read_bytes
from pipeline.records import Block

LINES = "青岚县水利局2023年度自评报告\n\n　　一、概况　\n全年支出120万元，占98%。"


def read(text: str | bytes) -> tuple[Block, ...]:
    return read_bytes(text.encode() if isinstance(text, str) else text, "报告.txt").blocks


def texts(text: str | bytes) -> list[str]:
    return [block.text for block in read(text)]


def cells(text: str) -> list[tuple[str, tuple[int, int, int] | None]]:
    return [(b.text, b.cell and (b.cell.table, b.cell.row, b.cell.column)) for b in read(text)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "gbk"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends(encoding: str, end: str) -> None:
    expected = ["青岚县水利局2023年度自评报告", "一、概况", "全年支出120万元，占98%。"]
    assert texts(LINES.replace("\n", end).encode(encoding)) == expected


def test_big_endian_utf16() -> None:
    assert texts(b"\xfe\xff" + LINES.encode("utf-16-be"))[1] == "一、概况"


def test_rare_characters_are_kept_and_controls_dropped() -> None:
    assert texts("𠮷林\u200b村①\x07\x08Ⅱ㎡\x85次行\u2028三行" + "。" * 200)[:2] == ["𠮷林\u200b村①Ⅱ㎡", "次行"]
    assert texts("䶮㑇𪚥".encode("gb18030")) == ["䶮㑇𪚥"]


def test_one_broken_byte_does_not_turn_the_rest_to_nonsense() -> None:
    data = (LINES * 20).encode()
    assert "全年支出120万元" in "".join(texts(data[:-1]))
    broken = bytearray(data)
    broken[200] = 0xFF
    assert "全年支出120万元" in "".join(texts(bytes(broken)))
    assert "全年支出120万元" in "".join(texts((LINES * 20).encode("gb18030")[:-1]))


@pytest.mark.parametrize("data", [b"ab\0cd", bytes(range(1, 256)) * 4, "甲乙丙".encode("utf-16-le")])
def test_what_is_no_text_is_of_unknown_type(data: bytes) -> None:
    with pytest.raises(UnreadableReport) as caught:
        read(data)
    assert caught.value.code == "unknown-type"


FORM = """附件2
云溪区2023年度部门整体支出

绩效自评报告

\t一、部门基本概况

\t联系人
\t苗小青
\t联络电话
\t0799-5550177

\t年度主要工作内容
\t深化改革，提升服务。

（二）强化监管。


（三）保障运行。

\t二、收支情况

\t机构名称
\t三公经费

合计
\t其中：

\t
\t
\t接待费
\t用车费

\t指标
\t指标1：热线畅通
\t100%
\t无

\t
\t指标2：平台稳定
\t

\t四、评价人员

\t
\t


填报人（签名）：   苗小青      联系电话：0799-5550177
\t五、评价报告综述（文字部分）

一、部门概况

部门概况的内容。

二、存在的主要问题

问题的内容。
"""


def test_a_flattened_form_is_read_back_into_its_table() -> None:
    assert cells(FORM) == [
        ("附件2", None),
        ("云溪区2023年度部门整体支出", None),
        ("绩效自评报告", None),
        ("一、部门基本概况", (0, 0, 0)),
        ("联系人", (0, 1, 0)),
        ("苗小青", (0, 1, 1)),
        ("联络电话", (0, 1, 2)),
        ("0799-5550177", (0, 1, 3)),
        ("年度主要工作内容", (0, 2, 0)),
        ("深化改革，提升服务。", (0, 2, 1)),
        ("（二）强化监管。", (0, 2, 1)),
        ("（三）保障运行。", (0, 2, 1)),
        ("二、收支情况", (0, 3, 0)),
        ("机构名称", (0, 4, 0)),
        ("三公经费", (0, 4, 1)),
        ("合计", (0, 4, 1)),
        ("其中：", (0, 4, 2)),
        ("", (0, 5, 0)),
        ("", (0, 5, 1)),
        ("接待费", (0, 5, 2)),
        ("用车费", (0, 5, 3)),
        ("指标", (0, 6, 0)),
        ("指标1：热线畅通", (0, 6, 1)),
        ("100%", (0, 6, 2)),
        ("无", (0, 6, 3)),
        ("", (0, 7, 0)),
        ("指标2：平台稳定", (0, 7, 1)),
        ("", (0, 7, 2)),
        ("四、评价人员", (0, 8, 0)),
        ("", (0, 9, 0)),
        ("", (0, 9, 1)),
        ("填报人（签名）：   苗小青      联系电话：0799-5550177", None),
        ("五、评价报告综述（文字部分）", None),
        ("一、部门概况", None),
        ("部门概况的内容。", None),
        ("二、存在的主要问题", None),
        ("问题的内容。", None),
    ]


def test_a_cell_that_ends_in_blank_lines_does_not_end_its_row() -> None:
    text = "\t评价内容\n\t目标\n\t完成\n\n\t数量\n\t办件\n\t9件\n\n\t质量\n\t差错率\n\n\n\t0\n\n\t合计\n\t\n\t\n"
    assert cells(text)[6:9] == [("质量", (0, 2, 0)), ("差错率", (0, 2, 1)), ("0", (0, 2, 2))]
    assert cells(text)[9] == ("合计", (0, 3, 0))


@pytest.mark.parametrize(
    "after", ["\n\n本报告将按要求公开。", "\n五、存在的问题", "\n填表人：罗小松", "\n联系电话：0799-5550177"]
)
def test_what_ends_a_table(after: str) -> None:
    table = "\t联系人\n\t苗小青\n\n\t编制\n\t34\n"
    assert cells(table + after + "\n后文")[-2:] == [(after.strip(), None), ("后文", None)]


def test_the_next_part_of_the_form_ends_a_cell_of_several_paragraphs() -> None:
    text = "\t四、自评情况\n\n\t联系人\n\t苗小青\n\n\t编制\n\t34\n\n\t情况\n\t（一）做了。\n\n（二）做完了。\n\n\n五、存在问题\n\n无。"
    assert cells(text)[-4:] == [
        ("（一）做了。", (0, 3, 1)),
        ("（二）做完了。", (0, 3, 1)),
        ("五、存在问题", None),
        ("无。", None),
    ]


def test_two_tables_with_text_between_are_two() -> None:
    table = "\t联系人\n\t苗小青\n\n\t编制\n\t34\n"
    found = cells(table + "\n\n其间的文字。\n\n" + table)
    assert [c and c[0] for _, c in found] == [0, 0, 0, 0, None, 1, 1, 1, 1]


def test_a_form_of_labels_and_long_texts_is_a_table() -> None:
    text = f"\t职能职责概述\n\t{PROSE}{PROSE}\n\n\t年度主要工作\n\t{PROSE}{PROSE}\n\n（二）{PROSE}\n"
    assert [c for _, c in cells(text)] == [(0, 0, 0), (0, 0, 1), (0, 1, 0), (0, 1, 1), (0, 1, 1)]


PROSE = "全年完成各项任务，支出按进度执行，群众满意度稳步提升，工作取得明显成效。"


@pytest.mark.parametrize(
    "text",
    [
        f"\t一、部门概况\n\t（一）职责\n\t{PROSE}\n\t{PROSE}\n\t二、存在问题\n\t{PROSE}\n",
        f"\t一、部门概况\n\n\t{PROSE}\n\n\t\n\n\t二、存在问题\n\n\t{PROSE}\n\n\t青岚县水利局\n\t2023年4月2日\n",
        f"{PROSE}\n\t青岚县水利局\n\t2023年4月2日\n",
        "\t一、部门概况\n\t二、存在问题\n\t三、改进措施\n",
        "名称\t金额\n甲\t12\n",
    ],
)
def test_paragraphs_indented_by_tabs_are_no_table(text: str) -> None:
    assert all(block.cell is None for block in read(text))
    assert texts(text) == [line.strip() for line in text.split("\n") if line.strip()]
