"""Cells of a Word table with their places in the grid, merged cells once."""

from collections.abc import Iterator

from lxml import etree

from pipeline.ingest.draft import OpenCell
from pipeline.ingest.word_names import VAL, number, on, unwrapped, w

_TR, _TC, _TRPR, _TCPR = w("tr"), w("tc"), w("trPr"), w("tcPr")
_GRID_SPAN, _V_MERGE, _H_MERGE, _CELL_DELETED = w("gridSpan"), w("vMerge"), w("hMerge"), w("cellDel")
_ROW_DELETED, _HIDDEN, _BEFORE = w("del"), w("hidden"), w("gridBefore")
_MOST_COLUMNS = 63  # of a table in Word


def cells(table: etree._Element, index: int) -> Iterator[tuple[etree._Element, OpenCell]]:
    """The cells of ``table``, the ``index``-th of the report, in reading order; their extents grow as they are read.

    Deleted and hidden rows are left out, and what lies hidden in a cell that continues another. Rows may be irregular:
    a cell goes where the cells before it in its row end, and a cell that continues nothing stands for itself.
    """
    row = -1
    above: dict[int, OpenCell] = {}
    for tr in unwrapped(table):
        if tr.tag != _TR:
            continue
        left_out, start = _row_properties(tr)
        if left_out:
            continue
        row += 1
        column, last = start, None
        continued: dict[int, OpenCell] = {}
        for tc in unwrapped(tr):
            if tc.tag != _TC:
                continue
            columns, down, across, deleted = _cell_properties(tc)
            if deleted:
                continue
            if across == "continue" and column > start:
                if last is not None:
                    last.columns += columns
            elif down == "continue" and column in above:
                cell = continued[column] = above[column]
                cell.rows, last = row - cell.row + 1, None
            else:
                cell = last = OpenCell(index, row, column, 1, columns)
                if down is not None:
                    continued[column] = cell
                yield tc, cell
            column += columns
        above = continued


def _row_properties(tr: etree._Element) -> tuple[bool, int]:
    """Whether a row is left out, and the column that it begins in."""
    left_out, before = False, 0
    properties = tr.find(_TRPR)
    for element in () if properties is None else properties:
        if element.tag == _ROW_DELETED or (element.tag == _HIDDEN and on(element)):
            left_out = True
        elif element.tag == _BEFORE:
            before = _columns(element, 0)
    return left_out, before


def _cell_properties(tc: etree._Element) -> tuple[int, str | None, str | None, bool]:
    """Columns, merge downwards and across ("restart", "continue" or None), and whether the cell is deleted."""
    columns, down, across, deleted = 1, None, None, False
    if len(tc) and tc[0].tag == _TCPR:
        for element in tc[0]:
            tag = element.tag
            if tag == _GRID_SPAN:
                columns = _columns(element, 1)
            elif tag == _V_MERGE:
                down = element.get(VAL, "continue")
            elif tag == _H_MERGE:
                across = element.get(VAL, "continue")
            elif tag == _CELL_DELETED:
                deleted = True
    return columns, down, across, deleted


def _columns(element: etree._Element, least: int) -> int:
    return max(least, min(number(element.get(VAL)) or least, _MOST_COLUMNS))
