"""Worksheets written row by row, that go on under a new name when Excel's last row is reached."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

import xlsxwriter

ROWS = 1_048_576
_UNITS = 32_767
# No row is taller than 409 points, which is far fewer characters than this.
_TALL = 4_000
# The height in points of a row of one line.
_LINE = 20.0
_CUT = "…（全文见网页）"

# Not allowed in XML, or no character at all.
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Cells are written as strings, so the workbook itself is safe; saved as CSV and opened again they would be formulas.
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")
_NUMBER = re.compile(r"[+\-]?\d[\d,]*(\.\d+)?[%‰]?")

# For a spreadsheet without this font: the character set and the family to choose another by.
_FONT: Mapping[str, object] = {"font_name": "微软雅黑", "font_size": 10, "font_family": 2, "font_charset": 134}

Look = Literal["text", "short", "count", "number", "high", "medium", "low", "info", "weak", "watch", "sound", "state"]


@dataclass(frozen=True, slots=True)
class Column:
    """``width`` in digits, of which a Chinese character takes two; ``choices`` makes a drop-down list."""

    title: str
    width: float
    look: Look = "text"
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """A value with a look of its own, where the column's does not do."""

    value: str | Decimal | float | int | None
    look: Look


Value = str | Decimal | float | int | Cell | None


def safe_text(text: str) -> str:
    """``text`` as a cell may hold it.

    Characters that XML forbids are dropped, 32,767 UTF-16 units are kept, and an apostrophe goes before what a
    spreadsheet would take for a formula when the sheet is saved as CSV and opened again (plain numbers excepted).
    A leading ``<r>`` gets one too: the writing library passes such strings on as markup.
    """
    text = _ILLEGAL.sub("", text)
    if (_FORMULA.match(text) and not _NUMBER.fullmatch(text)) or text.startswith("<r>"):
        text = "'" + text
    if len(text) > _UNITS // 2:
        encoded = text.encode("utf-16-le")
        if len(encoded) > 2 * _UNITS:
            text = encoded[: 2 * (_UNITS - len(_CUT))].decode("utf-16-le", errors="ignore") + _CUT
    return text


def _height(columns: Sequence[Column], values: Sequence[Value]) -> float:
    """The height in points that a row's wrapped text needs. Not every spreadsheet works it out on opening."""
    lines = 1
    for column, value in zip(columns, values, strict=True):
        if column.look == "text" and isinstance(value, str) and (len(value) * 2 > column.width or "\n" in value):
            parts = value[:_TALL].split("\n")
            # Two columns of width for a Chinese character, one for a letter or digit: UTF-8 is 3 bytes and 1.
            wide = (len(part.encode(errors="replace")) + len(part) for part in parts)
            lines = max(lines, sum(max(1, math.ceil(w / 2 / column.width)) for w in wide))
    return min(409.0, 3.5 + lines * (_LINE - 3.5))


class Looks:
    """The cell formats of one workbook."""

    _COLOURS: Mapping[str, tuple[str, str]] = {
        "high": ("#9C1C1C", "#FBE3E1"),
        "medium": ("#7A4A00", "#FDF0D5"),
        "low": ("#1F4E79", "#E4EEF7"),
        "info": ("#444444", "#EEEEEE"),
        "weak": ("#9C1C1C", "#FBE3E1"),
        "watch": ("#7A4A00", "#FDF0D5"),
        "sound": ("#1E5B2E", "#E3F1E5"),
        "state": ("#000000", "#FFFBE6"),
    }

    def __init__(self, book: Any) -> None:
        self._book = book
        self._usual = {**_FONT, "valign": "top", "border": 1, "border_color": "#C8CDD3"}
        self.header = book.add_format(
            self._usual
            | {"bold": True, "bg_color": "#1F4E79", "font_color": "#FFFFFF", "align": "center", "valign": "vcenter"}
        )
        self._made: dict[str, Any] = {}

    def text(self, look: Look) -> Any:
        if look not in self._made:
            asked: dict[str, object] = {"text_wrap": look == "text"}
            if look in self._COLOURS:
                colour, ground = self._COLOURS[look]
                asked |= {"font_color": colour, "bg_color": ground, "align": "center"}
                asked["bold"] = look in ("high", "weak")
            elif look == "number":
                asked |= {"align": "right", "indent": 1}
            elif look == "count":
                asked |= {"align": "center", "num_format": "0;-0;–"}
            self._made[look] = self._book.add_format(self._usual | asked)
        return self._made[look]

    def number(self, places: int) -> Any:
        """Thousands set apart, ``places`` decimals as the report wrote them."""
        code = "#,##0" + ("." + "0" * min(places, 10) if places else "")
        if code not in self._made:
            self._made[code] = self._book.add_format(self._usual | {"num_format": code, "align": "right", "indent": 1})
        return self._made[code]


class Sheet:
    """One table, over as many worksheets (``parts``) as it needs: 发现, 发现（2）, …

    The first ``kept`` columns stay in sight, as the header does.
    """

    def __init__(
        self, book: Any, looks: Looks, title: str, columns: Sequence[Column], *, kept: int = 0, rows: int = ROWS
    ) -> None:
        self._book, self._looks, self._title, self._columns, self._rows = book, looks, title, columns, rows
        self._kept = kept
        self.parts: list[Any] = []
        self._open()

    def add(self, values: Sequence[Value]) -> None:
        """Write one row: as many values as there are columns."""
        if self._row == self._rows:
            self.close()
            self._open()
        # The library keeps the height of every row; those of rows already written are let go.
        self._sheet.row_info.pop(self._row - 2, None)
        self._sheet.row_sizes.pop(self._row - 2, None)
        height = _height(self._columns, values)
        if height > _LINE:
            self._sheet.set_row(self._row, height)
        for j, (column, value) in enumerate(zip(self._columns, values, strict=True)):
            look = column.look
            if isinstance(value, Cell):
                look, value = value.look, value.value
            self._put(j, value, look)
        self._row += 1

    def close(self) -> None:
        """Set the filter and the drop-down lists over the rows written."""
        last = max(self._row - 1, 1)
        self._sheet.autofilter(0, 0, last, len(self._columns) - 1)
        for j, column in enumerate(self._columns):
            if column.choices:
                self._sheet.data_validation(
                    1, j, last, j, {"validate": "list", "source": list(column.choices), "error_title": "状态",
                                    "error_message": "请从下拉列表中选择。"}
                )  # fmt: skip

    def _open(self) -> None:
        name = f"{self._title}（{len(self.parts) + 1}）" if self.parts else self._title
        self._sheet = self._book.add_worksheet(name)
        self.parts.append(self._sheet)
        for j, column in enumerate(self._columns):
            self._sheet.set_column(j, j, column.width)
        self._sheet.set_default_row(_LINE)
        self._sheet.set_row(0, 24)
        self._sheet.freeze_panes(1, self._kept)
        self._sheet.set_landscape()
        self._sheet.set_paper(9)
        self._sheet.set_margins(0.3, 0.3, 0.4, 0.6)
        self._sheet.fit_to_pages(1, 0)
        self._sheet.repeat_rows(0)
        self._sheet.set_footer(f"&C{name}　第 &P 页，共 &N 页")
        for j, column in enumerate(self._columns):
            self._sheet.write_string(0, j, column.title, self._looks.header)
        self._row = 1

    def _put(self, column: int, value: str | Decimal | float | int | None, look: Look) -> None:
        if value is None or value == "":
            self._sheet.write_blank(self._row, column, None, self._looks.text(look))
        elif isinstance(value, str):
            self._sheet.write_string(self._row, column, safe_text(value), self._looks.text(look))
        elif isinstance(value, Decimal):
            places = max(0, -int(value.as_tuple().exponent))
            if len(value.as_tuple().digits) > 15 or value.adjusted() > 14:
                # Excel keeps 15 digits; more are shown as text rather than changed.
                self._sheet.write_string(self._row, column, format(value, "f"), self._looks.text("number"))
            else:
                self._sheet.write_number(self._row, column, float(value), self._looks.number(places))
        else:
            shown = self._looks.text(look) if look == "count" else self._looks.number(int(isinstance(value, float)))
            self._sheet.write_number(self._row, column, value, shown)


def new_book(path: str) -> Any:
    """A workbook that keeps one row of each sheet in memory and takes no string for a formula, link or number."""
    return xlsxwriter.Workbook(
        path,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            # The width of columns is counted in digits of this font.
            "default_format_properties": dict(_FONT),
        },
    )


def finish(book: Any, sheets: Sequence[Sheet]) -> None:
    """Close the workbook, its worksheets in the order of ``sheets`` and the parts of each side by side."""
    for sheet in sheets:
        sheet.close()
    book.worksheets_objs[:] = [part for sheet in sheets for part in sheet.parts]
    # Filters and print titles name their worksheet by its place.
    for place, part in enumerate(book.worksheets_objs):
        part.index = place
    book.close()
