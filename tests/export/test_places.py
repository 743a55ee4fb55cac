"""Where a number stands: paragraph or cell, and the clause to search the document for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.export.places import block_places, clause
from pipeline.records import Block, Cell, Report, Span


def around(text: str, words: str) -> str:
    start = text.index(words)
    return clause(Report("0" * 64, "甲.docx", (Block(0, text),)), Span(0, start, start + len(words)))


def test_paragraphs_and_cells_are_counted_apart() -> None:
    blocks = [
        Block(0, "标题"), Block(1, "甲", 0, Cell(4, 0, 0)), Block(2, "乙", 0, Cell(4, 1, 2)), Block(3, "正文"),
        Block(4, "丙", 0, Cell(7, 0, 0)),
    ]  # fmt: skip
    assert block_places(blocks) == ["第1段", "表1第1行第1列", "表1第2行第3列", "第2段", "表2第1行第1列"]


@pytest.mark.parametrize(
    ("text", "words", "shown"),
    [
        ("全年支出1371.84万元，执行率为98.2%。结余少。", "98.2%", "执行率为98.2%"),
        ("1482.60", "1482.60", ""),
        ("共1371.84万元", "1371.84万元", "共1371.84万元"),
        ("甲" * 40 + "5个" + "乙" * 40, "5个", "…" + "甲" * 16 + "5个" + "乙" * 16 + "…"),
        # A cut through 1371.84 or 2600.5 would show another number.
        ("支出1371.84万元用于农村饮水工程维修5处", "5处", "…万元用于农村饮水工程维修5处"),
        ("5处农村饮水工程的支出共计2600.5万元", "5处", "5处农村饮水工程的支出共计…"),
    ],
)
def test_the_clause_about_a_number(text: str, words: str, shown: str) -> None:
    assert around(text, words) == shown


@given(st.text(st.sampled_from("甲，。1.2 \n"), min_size=1, max_size=60), st.data())
def test_the_clause_holds_the_number_and_is_short(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, min(len(text), start + 8)))
    shown = clause(Report("0" * 64, "甲.docx", (Block(0, text),)), Span(0, start, end))
    assert shown == "" or " ".join(text[start:end].split()) in shown
    assert len(shown) <= 2 * 16 + 8 + 2
