"""Blocks in reading order put back into paragraphs and tables, nested tables inside their cells."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.records import Block, Cell

# What browsers take for a span; a file may claim anything.
_MOST = 1000


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell and what stands in it; ``columns``/``rows`` as browsers take them. Without content: a gap in the grid."""

    columns: int
    rows: int
    content: tuple["Block | Table", ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    rows: tuple[tuple[TableCell, ...], ...]


def nested(blocks: Sequence[Block]) -> Iterator[Block | Table]:
    """Paragraphs as they are; the blocks of one table as one ``Table``."""
    last: dict[int, int] = {block.cell.table: i for i, block in enumerate(blocks) if block.cell}
    i = 0
    while i < len(blocks):
        cell = blocks[i].cell
        if cell is None:
            yield blocks[i]
            i += 1
        else:
            end = last[cell.table] + 1
            yield _table(blocks[i:end], cell.table)
            i = end


def _table(blocks: Sequence[Block], number: int) -> Table:
    """The table ``number``, whose blocks begin and end ``blocks``; what lies between belongs to the cell before it."""
    cells: list[tuple[Cell, list[Block]]] = []
    for block in blocks:
        own = block.cell is not None and block.cell.table == number
        if own and block.cell and (not cells or _place(cells[-1][0]) != _place(block.cell)):
            cells.append((block.cell, []))
        cells[-1][1].append(block)
    by_row: dict[int, list[tuple[Cell, list[Block]]]] = {}
    for cell, held in cells:
        by_row.setdefault(cell.row, []).append((cell, held))
    # Rows in which no cell begins are left out: the rowspans over them are shortened to match.
    order = sorted(by_row)
    taken: dict[int, int] = {}
    rows: list[tuple[TableCell, ...]] = []
    for i, row in enumerate(order):
        line: list[TableCell] = []
        column = 0
        for cell, held in sorted(by_row[row], key=lambda item: item[0].column):
            column = _skip(line, taken, column, min(cell.column, _MOST), i)
            columns = max(1, min(cell.columns, _MOST))
            height = max(1, sum(1 for r in order[i : i + max(0, cell.rows)] if r < row + cell.rows))
            line.append(TableCell(columns, height, tuple(_inside(held, number))))
            for j in range(column, column + columns):
                taken[j] = i + height
            column += columns
        rows.append(tuple(line))
    return Table(tuple(rows))


def _skip(line: list[TableCell], taken: dict[int, int], column: int, wanted: int, row: int) -> int:
    """Fill the grid up to ``wanted`` with gaps where no cell from above reaches in; the column reached."""
    gap = 0
    while column < wanted or taken.get(column, 0) > row:
        if taken.get(column, 0) > row:
            if gap:
                line.append(TableCell(gap, 1))
            gap = 0
        else:
            gap += 1
        column += 1
    if gap:
        line.append(TableCell(gap, 1))
    return column


def _inside(blocks: Sequence[Block], number: int) -> Iterator[Block | Table]:
    """A cell's content: its own paragraphs, and other tables that stand between them."""
    start = 0
    for i, block in enumerate(blocks):
        if block.cell is None or block.cell.table == number:
            yield from nested(blocks[start:i])
            yield block
            start = i + 1
    yield from nested(blocks[start:])


def _place(cell: Cell) -> tuple[int, int]:
    return cell.row, cell.column
