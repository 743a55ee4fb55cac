"""A report's blocks while they are gathered: their cells may still grow, and their amount is held to a limit."""

from dataclasses import dataclass

from pipeline.ingest.refusals import refusal
from pipeline.records import Block, Cell

# A report has some 10,000 characters and 300 blocks; a thousand pages have a million characters. What later stages
# need grows with the text, so that these limits bound their memory as well.
LARGEST_TEXT = 1_000_000
MOST_BLOCKS = 100_000
TOO_MUCH_TEXT = "文字超过 100 万字"


@dataclass(slots=True, eq=False)
class OpenCell:
    """A cell whose extent is not known yet."""

    table: int
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    filled: bool = False


class Draft:
    """Blocks in reading order, each with the ``origin`` it was given.

    ``add`` and ``insert`` raise UnreadableReport(too-large) beyond the limits.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._lines: list[tuple[str, int, OpenCell | None, object]] = []
        self._size = 0

    def __len__(self) -> int:
        return len(self._lines)

    def add(self, text: str, level: int = 0, cell: OpenCell | None = None, origin: object = None) -> None:
        self.insert(len(self._lines), text, level, cell, origin)

    def insert(self, at: int, text: str, level: int = 0, cell: OpenCell | None = None, origin: object = None) -> None:
        self._size += len(text)
        if self._size > LARGEST_TEXT:
            raise refusal("too-large", self._name, TOO_MUCH_TEXT)
        if len(self._lines) >= MOST_BLOCKS:
            raise refusal("too-large", self._name, "段落和表格单元格超过 10 万个")
        self._lines.insert(at, (text, level, cell, origin))
        if cell is not None:
            cell.filled = True

    def prefix(self, at: int, text: str) -> None:
        """Puts ``text`` in front of a block."""
        rest, level, cell, origin = self._lines[at]
        self._lines[at] = (text + rest, level, cell, origin)

    def release(self, cell: OpenCell) -> None:
        """Turns the last blocks, those of ``cell``, into plain ones."""
        for at in range(len(self._lines) - 1, -1, -1):
            text, level, place, origin = self._lines[at]
            if place is not cell:
                return
            self._lines[at] = (text, level, None, origin)

    def origins(self) -> list[tuple[str, object]]:
        """Text and origin of each block."""
        return [(text, origin) for text, _, _, origin in self._lines]

    def has_text(self) -> bool:
        return self._size > 0

    def blocks(self) -> tuple[Block, ...]:
        cells: dict[OpenCell, Cell] = {}
        blocks = []
        for index, (text, level, place, _) in enumerate(self._lines):
            cell = None
            if place is not None:
                cell = cells.get(place)
                if cell is None:
                    cell = cells[place] = Cell(place.table, place.row, place.column, place.rows, place.columns)
            blocks.append(Block(index, text, level, cell))
        return tuple(blocks)
