"""The rows of a sheet: levels carried down, cells put under their headers, rows joined that recognition split."""

import re
from collections.abc import Mapping, Sequence

from pipeline.indicators.grid import Row
from pipeline.indicators.items import items
from pipeline.indicators.layout import Column, Layout
from pipeline.indicators.parts import Claims, RowDraft, built
from pipeline.indicators.passage import Passage
from pipeline.indicators.sheet import Indicator, Level
from pipeline.indicators.words import Head, named
from pipeline.table import Place

# A line that the form leaves for more indicators.
_DOTS = re.compile(r"[.．…。·]+")
_STATED: tuple[Head, ...] = ("目标", "完成", "标准")
_GIVEN: tuple[Head, ...] = ("分值", "得分")
# Columns beside one another that say one thing in two cells (实际值 and 完成情况); else the first one counts.
_JOINED: frozenset[Head] = frozenset(("完成", "原因", "备注", "解释"))


class Reader:
    """Reads the rows of one sheet in order."""

    def __init__(self, layout: Layout, claims: Claims) -> None:
        self._layout, self._claims = layout, claims
        self._columns = (*layout.levels, layout.name, *layout.values)
        self._path: dict[int, tuple[Place, Level]] = {}
        self._drafts: list[RowDraft] = []
        self._above: Row = ()

    def group(self, place: Place) -> None:
        """A row over the full width that names a dimension (产出指标（50分）)."""
        passage = Passage([place], self._claims)
        scaled = passage.scaled()
        dimension, kind = named(place.label)
        self._path = {0: (place, Level(0, passage.entry(), dimension, kind, scaled[0] if scaled else None))}

    def row(self, row: Row) -> None:
        layout = self._layout
        fresh = {id(place) for place in row if place is not None} - {id(place) for place in self._above if place}
        placed = _placed(row, self._columns)
        begins = self._levels(row, placed, fresh)
        name = placed[layout.name]
        found = {
            head: [place for column in _counted(layout, head) for place in placed[column]]
            for head in dict.fromkeys(column.head for column in layout.values)
        }
        if not begins and self._goes_on(name, found, fresh):
            last = self._drafts[-1]
            last.name += [place for place in name if id(place) in fresh and place.label]
            for head, places in found.items():
                last.cells[head] = last.cells[head] + [p for p in places if id(p) in fresh and p.label]
        else:
            levels = tuple(level for _, (_, level) in sorted(self._path.items()))
            if not any(place.label for place in name):
                # An empty cell under a name that was merged downwards, or a level without indicators of its own.
                name = self._unnamed(begins) or name
            if name:
                self._drafts.append(RowDraft(levels, name, found))
        self._above = row

    def _unnamed(self, begins: bool) -> list[Place]:
        if begins and self._path:
            return [max(self._path.items())[1][0]]
        return self._drafts[-1].name if self._drafts else []

    def _levels(self, row: Row, placed: Mapping[Column, Sequence[Place]], fresh: set[int]) -> bool:
        """Moves the path on to this row; whether a level begins here."""
        begins = False
        taken: set[int] = set()
        for column in self._layout.levels:
            places = [place for place in placed[column] if id(place) not in taken]
            taken |= set(map(id, places))
            texts = [place for place in places if place.label]
            if not texts:
                continue
            known = self._path.get(column.rank)
            if known and known[0].label == texts[0].label:
                if id(texts[0]) in fresh:
                    self._path[column.rank] = (texts[0], self._level(column, texts, row))
                continue
            if known and id(texts[0]) in fresh and _is_rest(known[0], texts[0]):
                continue
            if id(texts[0]) in fresh or known is None:
                begins = begins or id(texts[0]) in fresh
                self._path = {rank: level for rank, level in self._path.items() if rank < column.rank}
                self._path[column.rank] = (texts[0], self._level(column, texts, row))
        return begins

    def _level(self, of: Column, places: Sequence[Place], row: Row) -> Level:
        passage = Passage(places, self._claims)
        weight = None
        for column, rank in self._layout.level_weights:
            if rank == of.rank and (cell := row[column.first]) is not None:
                weight = Passage([cell], self._claims).points()
        if weight is None and (scaled := passage.scaled(bare=True)):
            weight = scaled[0]
        dimension, kind = named(places[0].label)
        if of.head != "一级" and kind == "成本":
            # Costs are a dimension of their own on the first level only; else one of the kinds of output.
            dimension = None
        return Level(of.rank, passage.entry(), dimension, kind, weight)

    def _goes_on(self, name: Sequence[Place], found: Mapping[Head, Sequence[Place]], fresh: set[int]) -> bool:
        """Whether a row only goes on with the cells of the one above, as recognition splits them over two rows."""
        if not self._drafts:
            return False
        last = self._drafts[-1].cells

        def written(heads: Sequence[Head], cells: Mapping[Head, Sequence[Place]]) -> list[Place]:
            return [place for head in heads for place in cells.get(head, ()) if place.label]

        names = [place for place in name if place.label and id(place) in fresh]
        if names and (_DOTS.fullmatch(names[0].label) or items(names[0].text)[0].key is not None):
            return False
        if (
            names
            and (stated := [head for head in _STATED if head in found])
            and all(written([head], found) for head in stated)
        ):
            return False
        points: list[Head] = [head for head in _GIVEN if head in found]
        if points:
            return not written(points, found) and bool(written(points, last))
        values: list[Head] = [head for head in _STATED if head in found]
        if written(values, found):
            return not any(place.label for place in name)
        return bool(written(values, last))

    def indicators(self) -> tuple[Indicator, ...]:
        return tuple(one for draft in self._drafts for one in built(draft, self._claims))


def _placed(row: Row, columns: Sequence[Column]) -> dict[Column, list[Place]]:
    """The cells of a row by column: a cell stands in every column that it covers, else in the one that holds most of it.

    Borders of Word tables are often moved a little from row to row.
    """
    found: dict[Column, list[Place]] = {column: [] for column in columns}
    start, width = 0, len(row)
    while start < width:
        place, end = row[start], start + 1
        while end < width and row[end] is place:
            end += 1
        if place is not None:
            covered = [column for column in columns if start <= column.first and column.last <= end]
            if not covered:
                overlaps = [(min(end, column.last) - max(start, column.first), column) for column in columns]
                most, column = max(overlaps, key=lambda one: one[0])
                covered = [column] if 2 * most >= end - start else []
            for column in covered:
                found[column].append(place)
        start = end
    return found


def _counted(layout: Layout, head: Head) -> Sequence[Column]:
    columns = layout.of(head)
    return columns if head in _JOINED else columns[:1]


def _is_rest(above: Place, below: Place) -> bool:
    """Whether a label is the rest of the one above (产出 | 指标)."""
    return not any(named(below.label)) and len(above.label + below.label) <= 8 and any(named(above.label + below.label))
