"""Tables that were flattened to text, read back.

The form that web pages and converters leave: a cell begins with a tab; lines without a tab that follow belong to it,
blank lines between its paragraphs included; a tab after a blank line begins a new row; an empty cell, and one that
continues a merged cell above, is a lone tab. How many columns a cell spans is not written and cannot be known.
"""

import re
from collections import Counter
from collections.abc import Sequence

from pipeline.ingest.draft import Draft, OpenCell
from pipeline.numbering import mark

_SHORT = 30
_MOST_COLUMNS = 30
# Signature lines that close a form.
_CLOSING = re.compile(
    r"(?:填报人|填表人|报告人|审核人|联系人|联系电话|单位负责人|填报单位|填报日期)\s*(?:（[^）]*）|\([^)]*\))?\s*[：:]"
)
_TOP = {"一、", "第一章"}


def is_flattened(lines: Sequence[str]) -> bool:
    """Whether the tabs at the head of lines mark cells and not indented paragraphs.

    Looked at are runs of two and more lines with a tab. A row begins with a label or an empty cell and holds at most as
    many long texts as short ones; paragraphs under numbered headings make long runs, or many that are no rows. Two rows
    at least are wanted: unit and date below a report, indented by tabs, look like one.
    """
    runs = _runs(lines)
    rows = sum(_is_row(run) for run in runs)
    return rows >= 2 and rows > len(runs) - rows


def _runs(lines: Sequence[str]) -> list[list[str]]:
    """The texts of lines with a tab that follow each other, where there are two or more."""
    runs: list[list[str]] = [[]]
    for line in lines:
        if line.startswith("\t"):
            runs[-1].append(line.strip())
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if len(run) >= 2]


def _is_row(run: Sequence[str]) -> bool:
    label = run[0]
    if len(run) > _MOST_COLUMNS or len(label) > _SHORT or label.endswith(("。", "；", "！")) or not any(run):
        return False
    # 1、局机关 is a label of tables; 一、, （一） and 1. begin headings of texts.
    found = mark(label)
    if found is not None and not (found.style == "1." and found.text.endswith("、")):
        return False
    long = sum(len(cell) > 2 * _SHORT for cell in run)
    return long <= len(run) - long


def read(lines: Sequence[str], draft: Draft) -> None:
    """Adds the blocks of a flattened text to ``draft``."""
    usual = _usual_gap(lines)
    reader = _Reader(draft, usual)
    for line in lines:
        reader.line(line)
    reader.close()


def _usual_gap(lines: Sequence[str]) -> int:
    """How many blank lines set rows apart, mostly."""
    gaps: Counter[int] = Counter()
    blanks, cell = 0, False
    for line in lines:
        if line.startswith("\t"):
            if cell and blanks:
                gaps[blanks] += 1
            blanks, cell = 0, True
        elif line.strip():
            blanks, cell = 0, False
        else:
            blanks += 1
    return gaps.most_common(1)[0][0] if gaps else 1


class _Reader:
    def __init__(self, draft: Draft, usual: int) -> None:
        self._draft, self._usual = draft, usual
        self._tables = 0
        self._cell: OpenCell | None = None
        self._paragraphs = self._length = self._blanks = 0
        self._widths: list[int] = []
        self._next_part: tuple[str, int] | None = None

    def line(self, line: str) -> None:
        text = line.strip()
        if line.startswith("\t"):
            self._begin(text)
        elif not text:
            self._blanks += 1
            return
        else:
            if self._cell is not None and self._ends(text):
                self._leave()
            self._write(text)
        self._blanks = 0

    def _begin(self, text: str) -> None:
        """A new cell, in the same row where no blank line stands between."""
        if self._cell is None:
            self._widths = [1]
            cell = OpenCell(self._tables, 0, 0)
            self._tables += 1
        else:
            if not self._cell.filled:
                self._draft.add("", 0, self._cell)
            if self._blanks and not self._still_the_row(text):
                self._widths.append(1)
            else:
                self._widths[-1] += 1
            cell = OpenCell(self._cell.table, len(self._widths) - 1, self._widths[-1] - 1)
        self._cell, self._paragraphs, self._length = cell, 0, 0
        found = mark(text)
        if cell.column == 0 and found is not None and found.style in _TOP:
            self._next_part = (found.style, found.number + 1)
        if text:
            self._write(text)

    def _still_the_row(self, text: str) -> bool:
        """Whether blank lines are the end of the cell before and not of the row: one cell is short of the row above."""
        if self._blanks <= self._usual or len(self._widths) < 2 or mark(text) is not None:
            return False
        return 1 < self._widths[-1] == self._widths[-2] - 1

    def _ends(self, text: str) -> bool:
        """Whether a line without a tab is the body after the table and not a further paragraph of the cell."""
        if not self._blanks:
            return False
        if _CLOSING.match(text):
            return True
        found = mark(text)
        top = found if found is not None and found.style in _TOP else None
        if self._paragraphs > 1 or self._length > 2 * _SHORT:
            # The text of a long cell goes on, unless the form's own numbering does.
            return top is not None and (top.style, top.number) == self._next_part
        return self._blanks >= 2 or top is not None

    def _leave(self) -> None:
        cell, self._cell = self._cell, None
        if cell is None:
            return
        if not cell.filled:
            self._draft.add("", 0, cell)
        if self._widths == [1]:
            # A single cell is a heading or a paragraph in a frame, not a table.
            self._draft.release(cell)
            self._tables -= 1

    def _write(self, text: str) -> None:
        self._draft.add(text, 0, self._cell)
        self._paragraphs += 1
        self._length += len(text)

    def close(self) -> None:
        self._leave()
