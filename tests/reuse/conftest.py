from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from pipeline.records import Block, Cell, Cover, Reading, Report, Section
from pipeline.reuse import Index

Make = Callable[..., Reading]


@pytest.fixture
def reading() -> Make:
    """Makes a reading of paragraphs: ``#`` begins a heading, ``|`` a row of cells; ``duties`` counts the first blocks
    that are a section of duties."""

    def make(*paragraphs: str, agency: str = "", year: int | None = None, name: str = "", duties: int = 0) -> Reading:
        blocks: list[Block] = []
        for row, text in enumerate(paragraphs):
            if text.startswith("|"):
                for column, words in enumerate(text.strip("|").split("|")):
                    blocks.append(Block(len(blocks), words.strip(), 0, Cell(0, row, column)))
            else:
                blocks.append(Block(len(blocks), text.removeprefix("#").strip(), int(text.startswith("#"))))
        key = sha256("\n".join((agency, str(year), name, *paragraphs)).encode()).hexdigest()
        report = Report(key, name or f"{agency}{year or ''}.docx", tuple(blocks))
        sections = (Section("duties", "职能", 0, duties, 1),) if duties else ()
        return Reading(report, Cover(agency, "", year, "department"), sections, ())

    return make


@pytest.fixture
def index(tmp_path: Path) -> Index:
    return Index.open(tmp_path / "index")
