"""Tables as rows of cells, each with the blocks that it holds."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from pipeline.records import Block, Cell, Report


@dataclass(frozen=True, slots=True)
class Place:
    """A cell with its blocks and its text, paragraphs joined by line feeds."""

    cell: Cell
    blocks: tuple[Block, ...]
    text: str

    @property
    def first(self) -> int:
        return self.blocks[0].index


def rows(report: Report) -> Iterator[list[Place]]:
    """The rows of all tables in reading order, each a list of its cells."""
    inside = [block for block in report.blocks if block.cell is not None]
    for _, row in groupby(inside, key=lambda block: block.cell and (block.cell.table, block.cell.row)):
        places = []
        for cell, members in groupby(row, key=attrgetter("cell")):
            blocks = tuple(members)
            places.append(Place(cell, blocks, "\n".join(block.text for block in blocks).strip()))
        yield places
