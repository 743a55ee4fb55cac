"""Comments in the submitted Word file: at the words they are about, and nothing else changed."""

import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from pipeline.export.comments import Remark, commented
from pipeline.ingest import locate, read_bytes
from pipeline.records import Report, Span
from pipeline.review import review, tools

SAMPLES = sorted((Path(__file__).parents[2] / "corpora" / "samples").glob("*.docx"))
AT = datetime(2024, 3, 5, 9, 30, tzinfo=UTC)


def written(data: bytes, name: str, remarks: list[tuple[Span | None, str]]) -> bytes:
    places = locate(data, name)
    assert places is not None
    return commented(data, places, [Remark(span, text, "复核人", AT) for span, text in remarks])


def anchored(data: bytes) -> dict[str, str]:
    """The words in the range of each comment, by its id; white space apart."""
    found: dict[str, str] = {}
    open_ids: set[str] = set()
    for element in docx.Document(io.BytesIO(data)).element.body.iter():
        if element.tag == qn("w:commentRangeStart"):
            open_ids.add(element.get(qn("w:id")))
        elif element.tag == qn("w:commentRangeEnd"):
            open_ids.discard(element.get(qn("w:id")))
        elif element.tag == qn("w:t"):
            for one in open_ids:
                found[one] = found.get(one, "") + "".join((element.text or "").split())
    return found


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name[:2])
def test_the_document_reads_the_same_with_comments(path: Path) -> None:
    data = path.read_bytes()
    report = read_bytes(data, path.name)
    findings = review(report, tools()).findings
    given = written(data, path.name, [(f.spans[0] if f.spans else None, f.message) for f in findings])
    assert read_bytes(given, path.name).blocks == report.blocks
    assert [comment.text for comment in docx.Document(io.BytesIO(given)).comments] == [f.message for f in findings]


def test_other_parts_stay_as_they_are_byte_by_byte() -> None:
    path = next(one for one in SAMPLES if one.name.startswith("04"))
    data = path.read_bytes()
    report = read_bytes(data, path.name)
    given = written(data, path.name, [(Span(0, 0, len(report.blocks[0].text)), "请核对")])
    touched = {"word/document.xml", "word/comments.xml", "[Content_Types].xml", "word/_rels/document.xml.rels"}
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(io.BytesIO(given)) as after:
        assert set(after.namelist()) - set(before.namelist()) <= touched
        for name in set(before.namelist()) - touched:
            assert after.read(name) == before.read(name)


def test_a_comment_stands_at_its_words_even_inside_a_run_and_a_cell() -> None:
    path = next(one for one in SAMPLES if one.name.startswith("04"))
    data = path.read_bytes()
    report = read_bytes(data, path.name)
    wanted = [span_of(report, words) for words in ("村级运转经费拨付", "1012.75", "1021.75万元")]
    given = written(data, path.name, [(span, f"第{at}条") for at, span in enumerate(wanted)])
    assert sorted(anchored(given).values()) == sorted(report.quote(span) for span in wanted)
    assert [comment.text for comment in docx.Document(io.BytesIO(given)).comments] == ["第0条", "第1条", "第2条"]


def test_several_comments_on_the_same_and_on_overlapping_words() -> None:
    path = next(one for one in SAMPLES if one.name.startswith("04"))
    data = path.read_bytes()
    report = read_bytes(data, path.name)
    whole = span_of(report, "村级运转经费拨付，按17个村")
    part = Span(whole.block, whole.start + 4, whole.end - 3)
    given = written(data, path.name, [(one, "看这里") for one in (whole, whole, part)])
    assert sorted(anchored(given).values()) == sorted(report.quote(one) for one in (whole, whole, part))
    assert read_bytes(given, path.name).blocks == report.blocks


def test_comments_are_added_to_those_that_are_there() -> None:
    data = SAMPLES[3].read_bytes()
    report = read_bytes(data, "a.docx")
    remark = (Span(0, 0, len(report.blocks[0].text)), "一")
    once = written(data, "a.docx", [remark])
    assert len(list(docx.Document(io.BytesIO(written(once, "a.docx", [remark]))).comments)) == 2


def span_of(report: Report, words: str) -> Span:
    block = next(block for block in report.blocks if words in block.text)
    start = block.text.index(words)
    return Span(block.index, start, start + len(words))
