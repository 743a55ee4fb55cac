"""Which files a command is about."""

import os
from pathlib import Path

import pytest

from pipeline.errors import WrongUsage
from pipeline.ingest import find


def make(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("文", "utf-8")


def names(folder: Path, found: list[Path]) -> list[str]:
    return [str(path.relative_to(folder)) for path in found]


def test_folders_are_searched_in_natural_order(tmp_path: Path) -> None:
    make(tmp_path, "报告10.docx", "报告2.docx", "报告1.docx", "乙/3.txt", "乙/甲/12.doc", "乙/甲/2.doc", "其他.xyz")
    assert names(tmp_path, find([tmp_path])) == [
        "乙/3.txt", "乙/甲/2.doc", "乙/甲/12.doc", "其他.xyz", "报告1.docx", "报告2.docx", "报告10.docx",
    ]  # fmt: skip


def test_litter_is_left_out_and_other_types_are_kept(tmp_path: Path) -> None:
    make(
        tmp_path, ".隐.docx", ".git/x.docx", "~$报告.docx", ".DS_Store", "Thumbs.db", "Desktop.ini", "__MACOSX/报告.docx",
        "图.jpg", "~报告.docx",
    )  # fmt: skip
    assert names(tmp_path, find([tmp_path])) == ["~报告.docx", "图.jpg"]


def test_each_file_once_and_named_files_as_they_are(tmp_path: Path) -> None:
    make(tmp_path, "甲/1.docx", "甲/2.docx", ".隐.docx")
    found = find(
        [tmp_path / "甲" / "2.docx", tmp_path / "甲", tmp_path / "甲" / ".." / "甲" / "1.docx", tmp_path / ".隐.docx"]
    )
    assert names(tmp_path, found) == ["甲/2.docx", "甲/1.docx", ".隐.docx"]


def test_the_output_is_skipped_unless_it_is_named(tmp_path: Path) -> None:
    make(tmp_path, "甲.docx", "out/triage.xlsx", "out/深/x.json")
    assert names(tmp_path, find([tmp_path], skip=tmp_path / "out")) == ["甲.docx"]
    assert names(tmp_path, find([tmp_path / "out" / "深"], skip=tmp_path / "out")) == ["out/深/x.json"]
    assert names(tmp_path, find([tmp_path], skip=tmp_path / "还没有")) == [
        "out/triage.xlsx",
        "out/深/x.json",
        "甲.docx",
    ]


def test_links_in_circles_and_links_to_nowhere(tmp_path: Path) -> None:
    make(tmp_path, "甲/1.docx")
    (tmp_path / "甲" / "回").symlink_to(tmp_path)
    (tmp_path / "自环").symlink_to(tmp_path / "自环")
    (tmp_path / "同一个").symlink_to(tmp_path / "甲" / "1.docx")
    (tmp_path / "断").symlink_to(tmp_path / "没有")
    os.mkfifo(tmp_path / "管道")
    assert names(tmp_path, find([tmp_path])) == ["同一个", "断"]


def test_a_path_that_does_not_exist_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(WrongUsage, match=r"找不到“.*没有\.docx”。请检查路径"):
        find([tmp_path / "没有.docx"])
    os.mkfifo(tmp_path / "管道")
    with pytest.raises(WrongUsage, match="不是文件，也不是文件夹"):
        find([tmp_path / "管道"])
