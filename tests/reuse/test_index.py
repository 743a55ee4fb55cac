"""The index on disk: grown, merged, shared between writers, killed, damaged."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pytest

from pipeline.records import Reading
from pipeline.reuse import Document, Index, UnusableIndex, find
from pipeline.reuse.segment import FILES

Make = Callable[..., Reading]
COPIED = "全年检查食品生产经营单位一千二百家次，立案查处四十六件，罚没款入库八十九万元，群众投诉办结率百分之百。"


def documents(first: int, count: int) -> list[Document]:
    """Reports of random words, one sentence in all that are divisible by seven."""
    rng = np.random.default_rng(first)
    made = []
    for number in range(first, first + count):
        own = "".join(map(chr, rng.integers(0x4E00, 0x9FA5, 400).tolist()))
        text = own + (COPIED if number % 7 == 0 else "")
        made.append(Document(f"{number:064x}", f"{number}.docx", f"第{number}局", 2022, text, b"\0"))
    return made


@pytest.fixture
def copied(reading: Make) -> Reading:
    return reading("前言" + COPIED, agency="末局", year=2023)


def sources(report: Reading, index: Index) -> list[tuple[str, int]]:
    return [(match.source.name, match.count) for match in find(report, index)]


def test_reports_added_one_by_one_or_at_once_give_the_same(tmp_path: Path, copied: Reading) -> None:
    once = Index.open(tmp_path / "once")
    assert once.add(documents(0, 40)) == 40
    grown = Index.open(tmp_path / "grown")
    for one in documents(0, 40):
        assert grown.add([one]) == 1
    assert len(once) == len(grown) == len(Index.open(tmp_path / "grown")) == 40
    assert len(grown.segments) < 6
    assert sources(copied, once) == sources(copied, grown) == [("0.docx", 7)]


def test_a_report_is_added_once(index: Index) -> None:
    reports = documents(0, 3)
    assert index.add([*reports, reports[0]]) == 3
    assert index.add(reports) == 0
    assert reports[1].id in index
    assert "f" * 64 not in index
    assert index.known([reports[2].id, "e" * 64]) == {reports[2].id}


def test_an_empty_index_finds_nothing(index: Index, copied: Reading) -> None:
    assert len(index) == 0
    assert find(copied, index) == ()
    assert index.add([]) == 0


def test_empty_reports(index: Index) -> None:
    index.add([Document("0" * 64, "空.docx", "", None, "", b"\0"), *documents(1, 1)])
    assert len(Index.open(index.folder)) == 2


def test_what_is_read_back_is_what_was_put_in(index: Index) -> None:
    reports = documents(0, 5)
    index.add(reports)
    found = [segment.document(number) for segment in index.segments for number in range(len(segment))]
    assert found == reports


def _add(folder: Path, first: int) -> None:
    for at in range(first, first + 8):
        Index.open(folder).add(documents(at, 1))


def test_writers_at_the_same_time_lose_nothing(tmp_path: Path) -> None:
    context = get_context("spawn")
    writers = [context.Process(target=_add, args=(tmp_path / "index", first)) for first in (0, 100, 200)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
        assert writer.exitcode == 0
    assert len(Index.open(tmp_path / "index")) == 24


def test_a_reader_goes_on_while_the_index_is_merged(index: Index, copied: Reading) -> None:
    index.add(documents(0, 30))
    reader = Index.open(index.folder)
    for at in range(30, 60):
        index.add(documents(at, 1))
    assert sources(copied, reader) == [("0.docx", 6)]


KILLED = """
import sys
sys.path.insert(0, sys.argv[2])
from pathlib import Path
from test_index import documents
from pipeline.reuse import Index
index = Index.open(Path(sys.argv[1]))
for at in range(1000, 100000):
    index.add(documents(at, 1))
    print(at, flush=True)
"""


def test_a_killed_writer_leaves_a_whole_index(index: Index, copied: Reading) -> None:
    index.add(documents(0, 10))
    command = [sys.executable, "-c", KILLED, str(index.folder), str(Path(__file__).parent)]
    for wait in (0.05, 0.1):
        writer = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2])
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(wait)
        writer.kill()
        said = writer.stdout.read().split()
        writer.wait()
        after = Index.open(index.folder)
        assert len(after) >= 10 + len(said)
        assert sources(copied, after)
        assert after.add(documents(500_000 + int(wait * 100), 1)) == 1


def test_what_killed_writers_left_is_swept_up_after_a_day(index: Index) -> None:
    index.add(documents(0, 1))
    lost = index.folder / "draft-0123456789abcdef"
    lost.mkdir()
    index.add(documents(1, 1))
    assert lost.exists()
    os.utime(lost, (0, 0))
    index.add(documents(2, 1))
    assert not lost.exists()


@pytest.mark.parametrize("name", [*FILES, "segment.json"])
def test_a_file_cut_short_or_missing_is_told(index: Index, name: str) -> None:
    index.add(documents(0, 80))
    path = index.segments[0].folder / name
    if path.stat().st_size:
        path.write_bytes(path.read_bytes()[:-1])
        with pytest.raises(UnusableIndex, match="不能使用"):
            Index.open(index.folder)
    path.unlink()
    with pytest.raises(UnusableIndex, match="不能使用"):
        Index.open(index.folder)


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_file_overwritten_is_told_or_does_no_harm(index: Index, copied: Reading, name: str) -> None:
    index.add(documents(0, 80))
    path = index.segments[0].folder / name
    size = path.stat().st_size
    del index
    for filler in (b"\xff", b"\x00", b"\x5a"):
        path.write_bytes(filler * size)
        with suppress(UnusableIndex):
            find(copied, Index.open(path.parents[1]))


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"format": "other", "segments": []}', '{"format": "jishen.reuse/1"}']
)
def test_a_damaged_or_foreign_list_is_told(tmp_path: Path, content: str) -> None:
    (tmp_path / "index-7.json").write_text(content)
    with pytest.raises(UnusableIndex):
        Index.open(tmp_path)


def test_a_folder_of_other_things_is_told(tmp_path: Path) -> None:
    (tmp_path / "照片.jpg").write_bytes(b"\xff\xd8")
    with pytest.raises(UnusableIndex, match="别的内容"):
        Index.open(tmp_path)


def test_an_index_of_another_edition_is_told(index: Index) -> None:
    index.add(documents(0, 2))
    head = index.segments[0].folder / "segment.json"
    head.write_text(json.dumps(json.loads(head.read_text()) | {"edition": "winnow/9/9/9"}))
    with pytest.raises(UnusableIndex, match="别的版本"):
        Index.open(index.folder)


def test_names_that_leave_the_folder_are_refused(tmp_path: Path) -> None:
    (tmp_path / "index-1.json").write_text(json.dumps({"format": "jishen.reuse/1", "segments": ["../elsewhere"]}))
    with pytest.raises(UnusableIndex):
        Index.open(tmp_path)
