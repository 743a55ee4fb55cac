import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.reuse.normalise import BORDER, letters, normalise


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("２０２３年Ｇｄｐ增长", "2023年gdp增长"),
        ("全年  支出，1 249.26 万元。", "全年支出124926万元"),
        ("（一）主要职责", "主要职责"),
        ("1.2 收入情况", "收入情况"),
        ("1. 24小时预报", "24小时预报"),
        ("2.5万元", "25万元"),
        ("①完成②验收", "完成验收"),
        ("第一，落实责任", "第一落实责任"),
        ("二〇二三年", "二〇二三年"),
        ("⼀般公共预算", "一般公共预算"),
        ("", ""),
        ("……——（）", ""),
    ],
)
def test_what_is_compared(text: str, kept: str) -> None:
    assert letters(text) == kept


def test_marks_are_dropped_at_the_head_of_every_block_only() -> None:
    assert letters(BORDER.join(["一、概况", "（2）收入", "收入1. 支出"])) == "概况收入收入1支出"


def test_rare_characters_beyond_sixteen_bits_are_told_apart() -> None:
    assert len(letters("𬭎𫖮中")) == 3
    assert letters("𬭎") == letters("𬭎") != letters("𫖮")


def test_folded_numerals_are_one_place_each_and_stop_at_borders() -> None:
    normal = normalise(f"收入1,249.26万元、占8%{BORDER}2023年", fold_numerals=True)
    assert "".join(map(chr, normal.units)) == "收入0万元占00年"
    assert normal.at.tolist() == [0, 1, 2, 10, 11, 13, 14, 17, 21]


@given(st.text())
def test_every_kept_character_has_its_place(text: str) -> None:
    normal = normalise(text)
    assert len(normal.units) == len(normal.at)
    assert all(normal.at[:-1] < normal.at[1:])
    assert all(letters("中" + text[at])[1:] != "" for at in normal.at.tolist())
