"""Where an indicator table's header stands and what its columns hold."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from pipeline.indicators.grid import Grid, Row, cells
from pipeline.indicators.words import RANKS, SUBJECTS, Head, bare, head, money, named
from pipeline.table import Place

_VALUES: frozenset[Head] = frozenset(("目标", "完成", "目标与完成", "分值", "得分", "扣分", "标准"))
_PLAIN_SUBJECTS = SUBJECTS - {"弱指标", "指标或目标"}
# A label that spans more rows stands left of the whole part and heads no column.
_DEEPEST = 3


@dataclass(frozen=True, slots=True)
class Column:
    """Grid columns ``first``..``last - 1``, what heads them, and the rank of a level."""

    head: Head
    first: int
    last: int
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Heading:
    """A header: what each grid column is headed by, with the cell that heads it; ``bottom`` is the first row under it."""

    heads: tuple[Head | None, ...]
    places: tuple[Place | None, ...]
    bottom: int

    @property
    def known(self) -> frozenset[Head]:
        return frozenset(one for one in self.heads if one)


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of a sheet: levels from the outermost, the name, the rest by what they hold.

    ``level_weights`` gives the rank of the level that a column of weights belongs to.
    """

    levels: tuple[Column, ...]
    name: Column
    values: tuple[Column, ...]
    level_weights: tuple[tuple[Column, int], ...] = ()

    def of(self, what: Head) -> tuple[Column, ...]:
        return tuple(column for column in self.values if column.head == what)


def heading(grid: Grid, at: int) -> Heading | None:
    """The header that begins in row ``at``, or None."""
    first = _heads(grid, at)
    if first is None:
        return None
    heads, places = first
    bottom = at + 1
    if not _qualifies(heads, places):
        below = _heads(grid, at + 1) if at + 1 < len(grid) else None
        if below is None or (_qualifies(*below) and sum(one is not None for one in set(heads)) < 2):
            return None
        if not all(bare(place.label) for place in cells(places) if place.label):
            return None
        heads, places = _over(first, below)
        bottom += 1
        if not _qualifies(heads, places):
            return None
    while bottom < min(len(grid), at + _DEEPEST):
        below = _heads(grid, bottom)
        fresh = [place for place in grid.own[bottom] if place.label]
        if below is None or not fresh or not all(head(place.label) for place in fresh):
            break
        heads, places = _over((heads, places), below)
        bottom += 1
    if bottom < len(grid):
        # A label that goes on into the body stands left of it and heads no column.
        into = set(map(id, grid.cells[bottom]))
        heads = [None if id(place) in into else one for one, place in zip(heads, places, strict=True)]
    return Heading(tuple(heads), tuple(places), bottom)


def _heads(grid: Grid, at: int) -> tuple[list[Head | None], list[Place | None]] | None:
    """What the cells that begin in a row head, by grid column; None where none of them heads anything or one is a number."""
    fresh = {id(place): head(place.label) for place in grid.own[at] if place.cell.rows <= _DEEPEST}
    if not any(fresh.values()):
        return None
    places = [place if place is not None and id(place) in fresh else None for place in grid.rows[at]]
    if any(place is not None and place.numeric for place in places):
        return None
    return [None if place is None else fresh[id(place)] for place in places], places


def _over(
    upper: tuple[list[Head | None], list[Place | None]], lower: tuple[list[Head | None], list[Place | None]]
) -> tuple[list[Head | None], list[Place | None]]:
    """Two header rows as one: the lower one says more."""
    heads, places = list(upper[0]), list(upper[1])
    for column, (below, place) in enumerate(zip(*lower, strict=True)):
        if below is not None:
            heads[column], places[column] = below, place
    return heads, places


def _qualifies(heads: Sequence[Head | None], places: Sequence[Place | None]) -> bool:
    """Whether a row heads indicators: what they are, and what they should reach, reached or are worth."""
    texts = [place for place in cells(places) if place.label]
    known = [one for one in (head(place.label) for place in texts) if one]
    found = {one for one in heads if one}
    if not found & SUBJECTS or not found & _VALUES or len(known) * 2 < len(texts):
        return False
    if not found & (SUBJECTS - {"弱指标"}):
        return {"分值", "得分"} <= found and not any(money(place.label) for place in texts)
    if len(known) == 2:
        return len(texts) == 2 and bool(found & _PLAIN_SUBJECTS)
    return len(known) > 2


def layout(found: Heading, body: Sequence[Row]) -> Layout | None:
    """What the columns hold, by the header and by the cells under it; None where nothing can be the indicators' name."""
    subjects: list[Column] = []
    values: list[Column] = []
    at = 0
    for _, run in groupby(range(len(found.heads)), key=lambda column: id(found.places[column])):
        columns = list(run)
        at, end = columns[0], columns[-1] + 1
        what = found.heads[at]
        if what is None:
            continue
        if what in SUBJECTS:
            subjects += _divided(Column(what, at, end), body)
        else:
            values.append(Column(what, at, end))
    subjects = [column for column in subjects if _texts(column, body)] or subjects
    values = [column for column in values if column.first > 0 or _texts(column, body)]
    name, values = _name(subjects, values, body)
    if name is None:
        return None
    levels = [column for column in subjects if column.first != name.first]
    ranked = tuple(
        Column(column.head, column.first, column.last, RANKS.get(column.head, at + 1))
        for at, column in enumerate(levels)
        if column.head != "指标或目标"
    )
    weights = [column for column in values if column.head == "分值"]
    own_weights = [column for column in weights if column.first > name.first] or weights[-1:]
    level_weights = []
    for column in weights:
        left = [level for level in ranked if level.first < column.first]
        if len(weights) > 1 and column not in own_weights[:1] and left and column.first < name.first:
            level_weights.append((column, left[-1].rank))
    taken = {column for column, _ in level_weights}
    kept = tuple(column for column in values if column not in taken)
    return Layout(ranked, name, kept, tuple(level_weights))


def _texts(column: Column, body: Sequence[Row]) -> list[str]:
    """The texts of a column, each cell once."""
    found: list[Place] = []
    for row in body:
        for place in row[column.first : column.last]:
            if place is not None and place.label and (not found or place is not found[-1]):
                found.append(place)
    return [place.label for place in found]


def _divided(column: Column, body: Sequence[Row]) -> list[Column]:
    """A column of subjects, cut where the cells under its header are."""
    if column.last - column.first == 1:
        return [column]
    borders: Counter[int] = Counter()
    for row in body:
        for at in range(column.first + 1, column.last):
            if row[at] is not None and row[at] is not row[at - 1]:
                borders[at] += 1
    # Borders that are moved a little in some rows are none.
    cuts = [column.first, *sorted(at for at, count in borders.items() if 2 * count > len(body)), column.last]
    return [Column(column.head, start, end) for start, end in pairwise(cuts)]


def _name(subjects: Sequence[Column], values: list[Column], body: Sequence[Row]) -> tuple[Column | None, list[Column]]:
    """The column of the names, and the value columns, a column headed 绩效目标 among them where it holds targets."""
    open_ones = [column for column in subjects if column.head == "指标或目标"]
    plain = [column for column in subjects if column.head != "指标或目标"]
    named_ones = [column for column in plain if column.head in ("指标", "弱指标")]
    has_target = any(column.head == "目标" for column in values)
    if open_ones and (not plain or (not named_ones and (has_target or _are_labels(plain[-1], body)))):
        name, rest = open_ones[0], open_ones[1:]
    elif plain:
        name, rest = (named_ones or plain)[-1], open_ones
    else:
        return None, values
    if rest and not has_target:
        values = sorted([*values, Column("目标", rest[-1].first, rest[-1].last)], key=lambda column: column.first)
    return name, values


def _are_labels(column: Column, body: Sequence[Row]) -> bool:
    """Whether a column holds dimensions and kinds (产出指标, 数量指标) and no names of indicators."""
    texts = _texts(column, body)
    return sum(any(named(text)) for text in texts) * 2 > len(texts)
