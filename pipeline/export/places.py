"""Where in the document something stands, as one would look for it there."""

import re
from collections.abc import Sequence

from pipeline.records import Block, Report, Span

# The clause about a place, at most 16 characters of it on either side, no number cut in two.
_MOST = 16
_BEFORE = re.compile(rf"(?:(?<![\d.,])|(?![\d.,]))[^，。；：！？\n]{{0,{_MOST}}}\Z")
_AFTER = re.compile(rf"[^，。；：！？\n]{{0,{_MOST}}}(?:(?<![\d.,])|(?![\d.,]))")
_BREAKS = "，。；：！？\n"


def block_places(blocks: Sequence[Block]) -> list[str]:
    """For each block 第12段, counted without the tables, or 表3第2行第4列, tables in the order in which they begin."""
    places: list[str] = []
    tables: dict[int, int] = {}
    paragraphs = 0
    for block in blocks:
        if block.cell:
            table = tables.setdefault(block.cell.table, len(tables) + 1)
            places.append(f"表{table}第{block.cell.row + 1}行第{block.cell.column + 1}列")
        else:
            paragraphs += 1
            places.append(f"第{paragraphs}段")
    return places


def clause(report: Report, span: Span) -> str:
    """The clause that ``span`` stands in, cut to one line; nothing where the span is all that its block holds."""
    text = report.blocks[span.block].text
    start, end = span.start, span.end
    if before := _BEFORE.search(text, max(0, start - _MOST - 1), start):
        start = before.start()
    if after := _AFTER.match(text, end):
        end = after.end()
    if (start, end) == (0, len(text)) == (span.start, span.end):
        return ""
    left = "…" if start and text[start - 1] not in _BREAKS else ""
    right = "…" if end < len(text) and text[end] not in _BREAKS else ""
    return left + " ".join(text[start:end].split()) + right
