"""Files are complete or not there, and unread files are listed."""

import json
from pathlib import Path

import pytest

from pipeline.export import atomic, failures
from pipeline.records import Failure


def test_failures_are_path_code_message(tmp_path: Path) -> None:
    path = tmp_path / "out" / "failures.json"
    failures.write(path, [Failure("甲/旧表.doc", "legacy-doc", "请另存为 .docx。")])
    assert json.loads(path.read_text("utf-8")) == [
        {"path": "甲/旧表.doc", "code": "legacy-doc", "message": "请另存为 .docx。"}
    ]


def test_no_failures_is_an_empty_list(tmp_path: Path) -> None:
    failures.write(tmp_path / "failures.json", [])
    assert json.loads((tmp_path / "failures.json").read_text("utf-8")) == []


def test_an_interrupted_write_keeps_the_old_file_and_leaves_no_draft(tmp_path: Path) -> None:
    path = tmp_path / "甲.review.json"
    atomic.write_bytes(path, b"old")

    def interrupted() -> None:
        with atomic.replacing(path) as draft:
            draft.write_bytes(b"half")
            raise RuntimeError("stop")

    with pytest.raises(RuntimeError, match="stop"):
        interrupted()
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_the_longest_name_can_be_written(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 255)
    atomic.write_bytes(path, b"1")
    assert path.read_bytes() == b"1"
