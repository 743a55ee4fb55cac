"""Output names: the file's own where possible, always distinct, always usable."""

from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.export.names import output_names


def names(*paths: str) -> list[str]:
    return output_names([Path(path) for path in paths])


def test_a_name_of_its_own_is_kept() -> None:
    assert names("甲/000.docx", "乙/自评报告（终稿）.txt") == ["000.docx", "自评报告（终稿）.txt"]


def test_one_name_in_two_folders_takes_the_folder() -> None:
    assert names("x/甲局/报告.docx", "x/乙局/报告.docx") == ["甲局－报告.docx", "乙局－报告.docx"]


def test_as_many_folders_as_it_takes() -> None:
    assert names("2022/甲/报告.docx", "2023/甲/报告.docx") == ["2022－甲－报告.docx", "2023－甲－报告.docx"]


def test_case_alone_does_not_tell_apart() -> None:
    assert names("a/Report.docx", "a/report.DOCX") == ["a－Report.docx", "a－report（2）.DOCX"]


def test_a_made_name_gives_way_to_a_real_one() -> None:
    assert names("甲/报告.docx", "乙/报告.docx", "丙/甲－报告.docx") == [
        "甲－报告（2）.docx",
        "乙－报告.docx",
        "甲－报告.docx",
    ]


def test_a_file_at_the_top_and_one_below() -> None:
    assert names("报告.docx", "甲/报告.docx") == ["报告.docx", "甲－报告.docx"]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("a/预算:草稿?.docx", "预算_草稿_.docx"),
        ("a/CON.docx", "_CON.docx"),
        ("a/.docx", "_.docx"),
        ("a/坏\udcff名.docx", "坏_名.docx"),
        ("a/绩效\u202excod.docx", "绩效_xcod.docx"),
    ],
)
def test_unsafe_characters(path: str, expected: str) -> None:
    assert names(path) == [expected]


def test_long_names_leave_room_for_what_is_put_after_them() -> None:
    (name,) = names("a/" + "长" * 84 + ".docx")
    assert name.endswith("长.docx")
    assert len(f"{name}.review.json".encode()) <= 255


parts = st.sampled_from(["a", "A", "b", "报告.docx", "报告.DOCX", "a－报告.docx", "x?.txt", "x_.txt", "长" * 90])


@given(st.lists(st.lists(parts, min_size=1, max_size=3).map(lambda p: PurePosixPath(*p)), max_size=8, unique=True))
def test_distinct_whatever_the_case_and_the_same_in_any_order(paths: list[PurePosixPath]) -> None:
    given_ = [Path(path) for path in paths]
    made = output_names(given_)
    assert len({name.casefold() for name in made}) == len(paths)
    assert output_names(given_[::-1]) == made[::-1]
