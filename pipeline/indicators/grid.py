"""Tables as full grids: every place that a cell covers holds it, so that rows and columns read alike."""

from collections.abc import Iterator, Sequence

from pipeline.table import Place, Table

Row = Sequence[Place | None]


class Grid:
    """The rows of a table, all of one width; ``cells`` of each row from left to right, each once, those that span it from
    above included; ``own`` those that begin in it."""

    __slots__ = ("cells", "own", "rows")

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = rows
        self.cells = [cells(row) for row in rows]
        self.own: list[list[Place]] = []
        above: set[int] = set()
        for row in self.cells:
            here = set(map(id, row))
            self.own.append(row if above.isdisjoint(here) else [place for place in row if id(place) not in above])
            above = here

    def under(self, at: int, place: Place) -> Place | None:
        """The cell of row ``at`` under the left edge of a cell above."""
        for column, upper in enumerate(self.rows[at - 1]):
            if upper is place:
                return self.rows[at][column]
        return None

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def width(self) -> int:
        return len(self.rows[0])


def of(tables: Sequence[Table]) -> Iterator[tuple[int, Grid, bool]]:
    """Index, grid and flatness of every table; one that a nested table interrupts is put together again.

    A table is flat where no cell spans rows or columns: text files lose the spans.
    """
    parts: dict[int, list[Place]] = {}
    for table in tables:
        parts.setdefault(table.index, []).extend(place for row in table.rows for place in row)
    for index, places in parts.items():
        yield index, Grid(_filled(places)), all(place.cell.rows == 1 and place.columns == 1 for place in places)


def _filled(places: Sequence[Place]) -> list[Row]:
    height = max(place.cell.row for place in places) + 1
    width = max(place.column + place.columns for place in places)
    rows: list[list[Place | None]] = [[None] * width for _ in range(height)]
    for place in places:
        for row in rows[place.cell.row : place.cell.row + max(place.cell.rows, 1)]:
            row[place.column : place.column + place.columns] = [place] * place.columns
    # A row that was left out holds nothing.
    return [row for row in rows if any(row)]


def cells(row: Row) -> list[Place]:
    """The cells of a row from left to right, each once."""
    found: list[Place] = []
    last = None
    for place in row:
        if place is not None and place is not last:
            found.append(place)
            last = place
    return found
