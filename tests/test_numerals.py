import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import numerals


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("零", 0),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("一百零五", 105),
        ("一百二十三", 123),
        ("两千", 2000),
        ("三千零六十", 3060),
        ("五万六千", 56000),
        ("一亿二千万", 120_000_000),
        ("二〇二一", 2021),
        ("壹佰贰拾", 120),
        ("廿三", 23),
        ("两", 2),
        ("〇八", 8),
        ("一千零十", 1010),
        ("一万零十二", 10012),
        ("一万五千亿", 1_500_000_000_000),
        ("四千万亿", 4_000_000_000_000_000),
        ("两千四百五", 2450),
        ("三万五", 35000),
        ("一百二十万三", 1_203_000),
    ],
)
def test_reads(text: str, number: int) -> None:
    assert numerals.integer(text) == number


@pytest.mark.parametrize("text", ["", "三五", "十百", "一二十", "万", "一万二千万", "二亿三亿", "甲", "一 二", "12"])
def test_refuses_what_is_not_a_number(text: str) -> None:
    assert numerals.integer(text) is None


@given(st.integers(0, 9999))
def test_what_is_written_is_read_again(number: int) -> None:
    assert numerals.integer(numerals.counting(number)) == number


@pytest.mark.parametrize(
    ("number", "text"),
    [(0, "零"), (10, "十"), (19, "十九"), (20, "二十"), (110, "一百一十"), (1001, "一千零一"), (1010, "一千零一十")],
)
def test_writes_as_counted(number: int, text: str) -> None:
    assert numerals.counting(number) == text


@pytest.mark.parametrize("number", [-1, 10_000])
def test_counting_has_bounds(number: int) -> None:
    with pytest.raises(ValueError, match=str(number)):
        numerals.counting(number)
