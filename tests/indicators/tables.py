"""Tables in plain notation → reports: ``a | b`` a row, ``<`` merged with the cell left of it, ``^`` with the one above.

``//`` stands between the paragraphs of a cell. A line that begins with ``#`` is a paragraph; it ends a table.
"""

from collections.abc import Iterator
from pathlib import Path

from docx import Document

from pipeline import ingest
from pipeline.records import Report

Rows = list[list[str]]


def parts(notation: str) -> Iterator[str | Rows]:
    """Paragraphs and tables in order; a lone ``---`` ends a table with nothing between it and the next one."""
    rows: Rows = []
    for line in notation.splitlines():
        if line.startswith(("#", "---")):
            if rows:
                yield rows
            rows = []
            if line.startswith("#"):
                yield line[1:].strip()
        elif line.strip():
            rows.append([cell.strip() for cell in line.split("|")])
    if rows:
        yield rows


def word(notation: str, folder: Path) -> Report:
    """A real Word file with real merged cells, read."""
    document = Document()
    for part in parts(notation):
        if isinstance(part, str):
            document.add_paragraph(part)
            continue
        width = max(map(len, part))
        table = document.add_table(len(part), width)
        grid = [[*row, *["<"] * (width - len(row))] for row in part]
        for at, row in enumerate(grid):
            for column, text in enumerate(row):
                if text in ("<", "^"):
                    continue
                right, down = column, at
                while right + 1 < width and row[right + 1] == "<":
                    right += 1
                while down + 1 < len(grid) and grid[down + 1][column] == "^":
                    down += 1
                cell = table.cell(at, column)
                if (right, down) != (column, at):
                    cell = cell.merge(table.cell(down, right))
                first, *more = text.split("//")
                cell.paragraphs[0].text = first
                for paragraph in more:
                    cell.add_paragraph(paragraph)
    path = folder / "表.docx"
    document.save(str(path))
    return ingest.read(path)


def flattened(notation: str, folder: Path) -> Report:
    """The text that web pages and converters leave: merged cells lost, those continued from above empty."""
    lines: list[str] = []
    for part in parts(notation):
        if isinstance(part, str):
            lines += [part, ""]
            continue
        wide: set[int] = set()
        for row in part:
            wide = {at for at, cell in enumerate(row) if cell == "<" or (cell == "^" and at in wide)}
            for at, cell in enumerate(row):
                if at not in wide:
                    first, *more = ("" if cell == "^" else cell).split("//")
                    lines += [f"\t{first}", *more]
            lines.append("")
        lines.append("")
    path = folder / "表.txt"
    path.write_text("\n".join(lines), "utf-8")
    return ingest.read(path)
