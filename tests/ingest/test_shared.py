"""The real reports: as Word and as text they hold the same characters."""

import re
from pathlib import Path

import pytest

from pipeline.ingest import read
from pipeline.records import Report

REPORTS = Path(__file__).parents[3] / "shared" / "reports"
pytestmark = pytest.mark.skipif(not REPORTS.is_dir(), reason="the real reports of ../shared are not here")


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def characters(report: Report) -> str:
    return squeezed("".join(block.text for block in report.blocks))


@pytest.mark.parametrize("name", ["000", "002", "003"])
def test_word_and_text_read_the_same(name: str) -> None:
    word, text = read(REPORTS / f"{name}.docx"), read(REPORTS / f"{name}.txt")
    assert characters(word) == characters(text) == squeezed((REPORTS / f"{name}.txt").read_text("utf-8"))


def test_the_form_has_the_same_cells_with_text_either_way() -> None:
    def filled(report: Report) -> list[tuple[str, int]]:
        return [(squeezed(b.text), b.cell.row) for b in report.blocks if b.cell is not None and b.text]

    assert filled(read(REPORTS / "000.docx")) == filled(read(REPORTS / "000.txt"))
