"""Tables as they are meant: parts with a title, a header tree, label cells and a body.

A form in Word is often one table of many parts: a row over the full width titles a part, rows of short labels head it.
Text files keep neither merged cells nor spans; there the headers are spread over the columns by their order.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from pipeline.identity import Same
from pipeline.records import Block, Cell, Report

_SHORT = 20
# A header is at most so many rows deep.
_DEEPEST = 4
_SENTENCE = re.compile(r"[。；！？]")
_NUMERIC = re.compile(
    r"\s*[-−－+≥≤＞＜><=~约]?\s*[¥￥]?\s*[\d０-９](?:[\d０-９,，.．\s]*[\d０-９])?\s*(?:[%％‰]|[十百千万亿]{0,2}[\u4e00-\u9fff]{0,4})(?:以上|以下|以内)?\s*"
)
_HEADING_WORD = re.compile(
    r"名称|指标|目标|完成|分值|得分|金额|预算|支出|收入|合计|其中|备注|单位|权重|内容|数量|比例|率$|序号|项目|科目|执行|决算|上年|本年|年初"
    r"|全年|实际|原因|措施|说明|情况|人数|编制|费$|资产|结余|结转|拨款|资金|标准|评分|自评|小计|总计|年度|类别|部门|时间|姓名|职务"
)
_GIVEN_UNIT = re.compile(
    r"[（(]\s*(?:金额|计量)?(?:单位\s*[:：]?)?\s*([^（）()\s]{1,8})\s*[）)]|单位\s*[:：]\s*([^\s，。；、）)]{1,8})"
)
_UNIT = re.compile(
    r"[十百千万亿]{0,2}(?:元|美元|人次|人|户|个|项|件|台|套|辆|亩|公里|平方米|吨|天|次|家|名|所|处|座|分|条|份|场|米|公顷|立方米|千瓦时)"
    r"|%|％|‰|[十百千万亿]{1,2}"
)


@dataclass(frozen=True)
class Place:
    """A cell with its blocks and its text, paragraphs joined by line feeds; ``column`` and ``columns`` are the grid's."""

    cell: Cell
    blocks: tuple[Block, ...]
    column: int
    columns: int

    @property
    def first(self) -> int:
        """The index of its first block."""
        return self.blocks[0].index

    @property
    def last(self) -> int:
        """The index behind its last block."""
        return self.blocks[-1].index + 1

    @cached_property
    def text(self) -> str:
        if len(self.blocks) == 1:
            return self.blocks[0].text.strip()
        return "\n".join(block.text for block in self.blocks).strip()

    @cached_property
    def label(self) -> str:
        """The text on one line without white space."""
        return "".join(self.text.split())

    @cached_property
    def numeric(self) -> bool:
        return bool(self.text) and _NUMERIC.fullmatch(self.text) is not None


@dataclass(frozen=True)
class Part:
    """A stretch of rows that one header heads.

    ``titles`` are the texts above the header that belong to it, the nearest last. Either of ``headers`` and ``body`` may
    be empty.
    """

    titles: tuple[str, ...]
    headers: tuple[tuple[Place, ...], ...]
    body: tuple[tuple[Place, ...], ...]

    def column_labels(self, place: Place) -> tuple[str, ...]:
        """The headers above a cell, from the top to the nearest."""
        first, last = place.column, place.column + place.columns
        return tuple(dict.fromkeys(label for label, start, end in self._heads if start < last and first < end))

    def row_labels(self, place: Place) -> tuple[str, ...]:
        """The labels left of a cell, from the outermost to the nearest, with those that span rows from above."""
        row = place.cell.row
        labels = [
            left
            for left in self._labels
            if left.column < place.column and left.cell.row <= row < left.cell.row + max(left.cell.rows, 1)
        ]
        if self.is_pairs(place):
            labels = [left for left in labels if left.cell.row == row][-1:]
        return tuple(left.label for left in labels)

    def is_pairs(self, place: Place) -> bool:
        """Whether the cell's row holds labels and values by turns (人员编制 | 22 | 实有人数 | 12)."""
        return place.cell.row in self._paired

    @cached_property
    def _heads(self) -> tuple[tuple[str, int, int], ...]:
        """The labels of the headers with the columns that each covers."""
        heads = (head for row in self.headers for head in row if head.label)
        return tuple((head.label, head.column, head.column + head.columns) for head in heads)

    @cached_property
    def _labels(self) -> tuple[Place, ...]:
        """Text cells of the body, by row, then column; an empty label of a text file goes on for the one above."""
        labels: list[Place] = []
        open_above: dict[int, Place] = {}
        for row in self.body:
            for place in row:
                if place.numeric:
                    continue
                if place.label:
                    labels.append(place)
                    open_above = {column: above for column, above in open_above.items() if column < place.column}
                    open_above[place.column] = place
                elif place.column in open_above and any(other.label for other in row if other.column > place.column):
                    above = open_above[place.column]
                    labels.append(Place(place.cell, above.blocks, place.column, place.columns))
        return tuple(labels)

    @cached_property
    def _paired(self) -> frozenset[int]:
        paired = set()
        for row in self.body:
            seen_number = False
            for before, place in pairwise(row):
                seen_number = seen_number or before.numeric
                if place.numeric and seen_number and before.label and not before.numeric and len(row) % 2 == 0:
                    paired.add(place.cell.row)
        return frozenset(paired)

    def number_cells(self) -> Iterator[Place]:
        for row in self.body:
            for place in row:
                if place.numeric:
                    yield place


@dataclass(frozen=True, slots=True)
class Table:
    """``caption`` is what stands above it: its title, and the line of the unit (单位：万元)."""

    index: int
    rows: tuple[tuple[Place, ...], ...]
    caption: tuple[str, ...]
    parts: tuple[Part, ...]


def of(report: Report) -> tuple[Table, ...]:
    """The tables of ``report``; made once for all the stages that ask for them."""
    return _of(Same(report))


@lru_cache(maxsize=1)
def _of(same: Same) -> tuple[Table, ...]:
    return tables(same.report.blocks)


def tables(blocks: Sequence[Block]) -> tuple[Table, ...]:
    """The tables of a report in reading order."""
    found: list[Table] = []
    at = 0
    while at < len(blocks):
        cell = blocks[at].cell
        if cell is None:
            at += 1
            continue
        first = at
        rows: list[list[Place]] = []
        while at < len(blocks) and (here := blocks[at].cell) is not None and here.table == cell.table:
            start = at
            while at < len(blocks) and blocks[at].cell == here:
                at += 1
            place = Place(here, tuple(blocks[start:at]), here.column, here.columns)
            if rows and rows[-1][0].cell.row == here.row:
                rows[-1].append(place)
            else:
                rows.append([place])
        caption = _caption(blocks, first)
        grid = tuple(map(tuple, rows))
        found.append(Table(cell.table, grid, caption, tuple(_parts(grid, caption))))
    return tuple(found)


def _caption(blocks: Sequence[Block], first: int) -> tuple[str, ...]:
    """The short lines right above a table, the nearest last."""
    lines: list[str] = []
    for at in range(first - 1, max(-1, first - 4), -1):
        block = blocks[at]
        if block.cell is not None or len(block.text) > 2 * _SHORT or _SENTENCE.search(block.text):
            break
        if block.text.strip():
            lines.insert(0, block.text.strip())
    return tuple(lines)


def _parts(rows: Sequence[tuple[Place, ...]], caption: tuple[str, ...]) -> Iterator[Part]:
    titles: list[str] = list(caption)
    headers: list[tuple[Place, ...]] = []
    body: list[tuple[Place, ...]] = []
    for at, row in enumerate(rows):
        if len(row) == 1 and len(rows) > 1 and not row[0].numeric:
            if headers or body:
                yield Part(tuple(titles), _spread(headers, body), tuple(body))
                titles, headers, body = list(caption), [], []
            if len(row[0].label) <= 3 * _SHORT:
                titles.append(row[0].label)
            else:
                body.append(row)
        elif headers and not body and _goes_on(headers, row, rows[at + 1 :]):
            headers.append(row)
        elif _heads(row):
            if headers or body:
                yield Part(tuple(titles), _spread(headers, body), tuple(body))
                headers, body = [], []
            headers.append(row)
        else:
            body.append(row)
    if headers or body:
        yield Part(tuple(titles), _spread(headers, body), tuple(body))


def _texts(row: tuple[Place, ...]) -> list[str]:
    return [place.label for place in row if place.label]


def _heads(row: tuple[Place, ...]) -> bool:
    """Whether a row begins a header: short labels only, words of headers among them."""
    texts = _texts(row)
    if len(texts) < 2 or any(place.numeric for place in row):
        return False
    if any(len(text) > 3 * _SHORT or _SENTENCE.search(text) for text in texts) or len(texts) < len(row) - 1:
        return False
    words = sum(len(text) <= _SHORT and _HEADING_WORD.search(text) is not None for text in texts)
    return words >= 2 and words * 2 >= len(texts)


def _goes_on(
    headers: Sequence[tuple[Place, ...]], row: tuple[Place, ...], following: Sequence[tuple[Place, ...]]
) -> bool:
    """Whether a row under a header row is a further level of it: it begins to the right, with short labels only."""
    texts = _texts(row)
    if (
        not texts
        or any(place.numeric for place in row)
        or any(len(text) > _SHORT or _SENTENCE.search(text) for text in texts)
    ):
        return False
    if row[0].column == 0 and row[0].label:
        return False
    if row[0].cell.row < _bottom(headers[0]):
        return True
    # 产出指标 | 数量指标 | 指标1 | ≥90% begins to the right as well, but is followed by no row of full width.
    return bool(following) and following[0][0].column == 0 and (bool(following[0][0].label) or len(following) > 1)


def _bottom(first: tuple[Place, ...]) -> int:
    """The row under a header, by the extent of its cells; a label left of the whole part, cells under it, is none."""
    ends = [place.cell.row + place.cell.rows for place in first]
    return max(ends[1:] if ends[0] - first[0].cell.row > _DEEPEST else ends)


def _spread(headers: Sequence[tuple[Place, ...]], body: Sequence[tuple[Place, ...]]) -> tuple[tuple[Place, ...], ...]:
    """The header rows over the columns of the body. Only rows without spans, as text files leave them, are changed."""
    flat = all(place.cell.columns == 1 and place.cell.rows == 1 for row in (*headers, *body) for place in row)
    width = max((len(row) for row in body), default=0)
    if not flat or not headers or all(len(row) == width for row in headers):
        return tuple(headers)
    spread: list[tuple[Place, ...]] = []
    below: list[str] | None = None
    for row in reversed(headers):
        spans = _spans(row, below, width)
        placed, column = [], 0
        for place, span in zip(row, spans, strict=True):
            placed.append(Place(place.cell, place.blocks, column, span))
            column += span
        below = [place.label for place in placed for _ in range(place.columns)][:width]
        below += [""] * (width - len(below))
        spread.insert(0, tuple(placed))
    return tuple(spread)


def _spans(row: tuple[Place, ...], below: list[str] | None, width: int) -> list[int]:
    """How many columns each header covers, by the labels under it: none under a header of one column."""
    missing = width - len(row)
    if missing <= 0 or below is None:
        return [1] * len(row)
    spans, column = [], 0
    for at in range(len(row)):
        rest = len(row) - at - 1
        span = 1
        if column < width and below[column]:
            while (
                missing > 0
                and column + span < width - rest
                and below[column + span]
                and not _belongs(row[at + 1 :], below[column + span])
            ):
                span += 1
                missing -= 1
        spans.append(span)
        column += span
    return spans


def _belongs(rest: tuple[Place, ...], label: str) -> bool:
    """Whether a lower label names the next header (结余 over 当年结余)."""
    return bool(rest) and bool(rest[0].label) and rest[0].label in label


def unit_text(texts: Sequence[str]) -> str | None:
    """What the nearest of ``texts`` gives as unit: （万元）, 单位：万元."""
    for text in reversed(texts):
        for found in reversed(list(_GIVEN_UNIT.finditer(text))):
            unit = found[1] or found[2]
            if _UNIT.fullmatch(unit):
                return unit
    return None
