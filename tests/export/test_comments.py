"""Comments in the submitted Word file: at the words they are about, and nothing else changed."""

import io
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from pipeline.export.comments import Remark, commented
from pipeline.ingest import read_bytes
from pipeline.records import Report, Span
from pipeline.review import review, tools

SAMPLES = sorted((Path(__file__).parents[2] / "corpora" / "samples").glob("*.docx"))


def texts(data: bytes) -> list[tuple[str, int, object]]:
    return [(block.text, block.level, block.cell) for block in read_bytes(data, "x.docx").blocks]


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
    remarks = [Remark(finding.spans, finding.message) for finding in review(report, tools()).findings if finding.spans]
    written, lost = commented(data, report, remarks)
    assert texts(written) == texts(data)
    assert not lost
    assert len(list(docx.Document(io.BytesIO(written)).comments)) == len(remarks)


def test_a_comment_stands_at_its_words_even_inside_a_run_and_a_cell() -> None:
    path = next(one for one in SAMPLES if one.name.startswith("04"))
    data = path.read_bytes()
    report = read_bytes(data, path.name)
    wanted = [span_of(report, words) for words in ("村级运转经费拨付", "1012.75", "1021.75万元")]
    written, lost = commented(data, report, [Remark((span,), f"第{at}条") for at, span in enumerate(wanted)])
    assert not lost
    assert sorted(anchored(written).values()) == sorted(report.quote(span) for span in wanted)
    said = [comment.text for comment in docx.Document(io.BytesIO(written)).comments]
    assert said == ["第0条", "第1条", "第2条"]


def test_several_comments_on_the_same_and_on_overlapping_words() -> None:
    path = next(one for one in SAMPLES if one.name.startswith("04"))
    data = path.read_bytes()
    report = read_bytes(data, path.name)
    whole = span_of(report, "村级运转经费拨付，按17个村")
    part = Span(whole.block, whole.start + 4, whole.end - 3)
    written, _ = commented(data, report, [Remark((one,), "看这里") for one in (whole, whole, part)])
    assert sorted(anchored(written).values()) == sorted(report.quote(one) for one in (whole, whole, part))
    assert texts(written) == texts(data)


def test_comments_are_added_to_those_that_are_there() -> None:
    data = SAMPLES[3].read_bytes()
    report = read_bytes(data, "a.docx")
    remark = Remark((Span(report.blocks[0].index, 0, len(report.blocks[0].text)),), "一")
    once, _ = commented(data, report, [remark])
    twice, _ = commented(once, report, [remark])
    assert len(list(docx.Document(io.BytesIO(twice)).comments)) == 2


def span_of(report: Report, words: str) -> Span:
    block = next(block for block in report.blocks if words in block.text)
    start = block.text.index(words)
    return Span(block.index, start, start + len(words))
