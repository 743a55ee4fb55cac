"""Plain notation of the cases → Report: ``#`` heading, ``|a|b|`` table row (``<br>`` between paragraphs of a cell), else a paragraph."""

import hashlib

from pipeline.records import Block, Cell, Report


def read(text: str, name: str = "case.txt") -> Report:
    blocks: list[Block] = []
    table, row, inside = -1, 0, False
    for line in text.splitlines():
        if not line.strip():
            inside = False
        elif line.startswith("|"):
            table, row = (table, row + 1) if inside else (table + 1, 0)
            inside = True
            for column, cell in enumerate(line.strip().removeprefix("|").removesuffix("|").split("|")):
                for paragraph in cell.split("<br>"):
                    blocks.append(Block(len(blocks), paragraph.strip(), 0, Cell(table, row, column)))
        else:
            inside = False
            body = line.lstrip("#")
            blocks.append(Block(len(blocks), body.strip() if body != line else line, len(line) - len(body)))
    return Report(hashlib.sha256(f"{name}\n{text}".encode()).hexdigest(), name, tuple(blocks))
