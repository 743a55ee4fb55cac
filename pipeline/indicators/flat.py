"""Tables of text files put back into columns: headers spread over the body, short rows stretched, by what cells hold."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import combinations

from pipeline.indicators.grid import Row
from pipeline.indicators.words import SUBJECTS, Head, head, named
from pipeline.table import Place

_POINTS = re.compile(r"\d{1,3}(?:[.．]\d{1,2})?分?")
_LONG = 24
_MOST_COLUMNS = 16
# How well a cell (blank, label of a kind, points, quantity, text, long text) goes under a header.
_FIT: dict[str, dict[str, float]] = {
    "level": {"b": 0.6, "l": 1.0, "t": 0.5},
    "name": {"b": 0.2, "l": 0.2, "t": 1.0, "T": 0.9, "q": 0.1},
    "value": {"b": 0.3, "q": 1.0, "n": 0.5, "t": 0.7, "T": 0.5},
    "points": {"b": 0.4, "n": 1.0, "q": 0.1},
    "prose": {"b": 0.8, "t": 0.8, "T": 1.0, "q": 0.2},
    "number": {"n": 0.9, "b": 0.3},
    "other": {"b": 0.5, "t": 0.5, "q": 0.5, "T": 0.3, "l": 0.1, "n": 0.3},
}
_GROUP: dict[Head | None, str] = {
    "一级": "level", "二级": "level", "分类": "level", "三级": "name", "四级": "name", "指标": "name",
    "指标或目标": "name", "弱指标": "name", "目标": "value", "完成": "value", "目标与完成": "value", "完成率": "value",
    "分值": "points", "得分": "points", "扣分": "points", "原因": "prose", "标准": "prose", "解释": "prose",
    "备注": "prose", "序号": "number",
}  # fmt: skip


def aligned(headers: Sequence[Row], body: Sequence[Row]) -> tuple[list[list[Place | None]], list[list[Place | None]]]:
    """Header rows and body rows of one width; a cell that was merged across stands in every column it covered."""
    tops = [_given(row) for row in headers]
    rows = [_given(row) for row in body]
    lengths = Counter(len(row) for row in rows if len(row) > 2)
    width = lengths.most_common(1)[0][0] if lengths else 0
    width = max(width, *(len(row) for row in tops))
    full = [row for row in rows if len(row) == width]
    if not full or width > _MOST_COLUMNS:
        return [_padded(row, width) for row in tops], [_padded(row, width) for row in rows]
    spread = _spread(tops, full, width)
    heads = [head(place.label) if place else None for place in _leaf(spread)]
    return spread, [_stretched(row, heads, full, width) for row in rows]


def _given(row: Row) -> list[Place]:
    return [place for place in row if place is not None]


def _padded(row: Sequence[Place], width: int) -> list[Place | None]:
    return [*row[:width], *[None] * (width - len(row))]


def _leaf(rows: Sequence[Sequence[Place | None]]) -> list[Place | None]:
    return [
        next((place for place in reversed(column) if place and head(place.label)), None)
        for column in zip(*rows, strict=True)
    ]


def _spread(tops: Sequence[list[Place]], full: Sequence[list[Place]], width: int) -> list[list[Place | None]]:
    """The header rows over ``width`` columns: the lowest by the cells under it, those above it by its empty cells."""
    spread = [_fitted(tops[-1], full, width)]
    for row in reversed(tops[:-1]):
        spread.insert(0, _over(row, spread[0], width))
    return spread


def _fitted(row: list[Place], full: Sequence[list[Place]], width: int) -> list[Place | None]:
    if len(row) >= width or not row:
        return _padded(row, width)
    sorts = [[_sort(line[column].text, line[column].numeric) for line in full] for column in range(width)]
    best: tuple[float, tuple[int, ...]] = (float("-inf"), ())
    for cuts in combinations(range(1, width), len(row) - 1):
        borders = (0, *cuts, width)
        fit = 0.0
        for place, start, end in zip(row, borders, borders[1:], strict=False):
            what = head(place.label)
            fit += sum(_fit(what, sorts[column]) for column in range(start, end))
            fit -= (end - start - 1) * (0.05 if what in SUBJECTS else 0.3)
        best = max(best, (fit, borders))
    borders = best[1]
    return [place for place, start, end in zip(row, borders, borders[1:], strict=False) for _ in range(start, end)]


def _fit(what: Head | None, sorts: Sequence[str]) -> float:
    wanted = _FIT[_GROUP.get(what, "other")]
    return sum(wanted.get(sort, 0.0) for sort in sorts) / len(sorts)


def _over(row: list[Place], below: Sequence[Place | None], width: int) -> list[Place | None]:
    """A header row over the one below it: a cell over each empty cell, and over each run of others."""
    placed: list[Place | None] = []
    filled = [bool(place and place.label) for place in below]
    spare = width - len(row)
    at = 0
    for place in row:
        if at >= width:
            break
        span = 1
        if filled[at]:
            while spare > 0 and at + span < width and filled[at + span]:
                span, spare = span + 1, spare - 1
        placed += [place] * span
        at += span
    return [*placed, *[None] * (width - len(placed))]


def _stretched(
    row: list[Place], heads: Sequence[Head | None], full: Sequence[list[Place]], width: int
) -> list[Place | None]:
    """A row with fewer cells: the cell that was merged across is the one that lets the others fit best."""
    missing = width - len(row)
    if missing <= 0 or len(row) < 3:
        return _padded(row, width)
    best: tuple[float, int, list[Place | None]] = (-1.0, 0, [])
    for at in range(len(row)):
        if not row[at].label and at < len(row) - 1:
            continue
        # Behind the last cell only empty ones are left out.
        more = [row[at]] * missing if at < len(row) - 1 else [None] * missing
        cells: list[Place | None] = [*row[: at + 1], *more, *row[at + 1 :]]
        fit = 0.0
        for column, place in enumerate(cells):
            if place is not None and (column == 0 or place is not cells[column - 1]):
                fit += _fit(heads[column], [_sort(place.text, place.numeric)])
        # Levels are merged across more often than values.
        best = max(best, (fit, -at, cells), key=lambda one: one[:2])
    return best[2]


@lru_cache(maxsize=1024)
def _sort(text: str, numeric: bool) -> str:
    label = "".join(text.split())
    if not label:
        return "b"
    if any(named(label)):
        return "l"
    if _POINTS.fullmatch(label):
        return "n"
    if numeric:
        return "q"
    return "T" if len(label) > _LONG else "t"
