"""Tables as rows of cells, each with the blocks that it holds."""

from dataclasses import dataclass
from functools import lru_cache

from pipeline.identity import Same
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


def rows(report: Report) -> tuple[tuple[Place, ...], ...]:
    """The rows of all tables in reading order, each with its cells; made once for all the rules that ask for them."""
    return _rows(Same(report))


@lru_cache(maxsize=1)
def _rows(same: Same) -> tuple[tuple[Place, ...], ...]:
    found: list[list[Place]] = []
    cell: Cell | None = None
    members: list[Block] = []
    for block in (*same.report.blocks, _END):
        if cell is not None and block.cell is not cell and block.cell != cell:
            place = Place(cell, tuple(members), "\n".join(b.text for b in members).strip())
            before = found[-1][-1].cell if found else None
            if before and (before.table, before.row) == (place.cell.table, place.cell.row):
                found[-1].append(place)
            else:
                found.append([place])
            members = []
        cell = block.cell
        if cell is not None:
            members.append(block)
    return tuple(map(tuple, found))


_END = Block(-1, "")
