"""How fast a Word report is read, beside python-docx visiting the same paragraphs and cells.

    python benchmarks/reading.py [FILE.docx ...]

Without files, a form report of some 9,000 characters with a table of merged cells is made up. Both readers take turns
in one process; medians of their times and the ratio are printed.
"""

import sys
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from statistics import median

import docx
from docx.table import Table

from pipeline import ingest

ROUNDS = 40
SENTENCES = (
    "全年预算安排1260.50万元，实际支出1198.32万元，预算执行率95.07%，各项重点任务均按时间节点完成。",
    "资金拨付严格履行申请、审核、公示程序，专款专用，未发现截留、挤占和挪用的情况。",
    "共排查隐患1873处，整改1811处，整改率96.69%，群众满意度较上年提高2.3个百分点。",
)


def form() -> bytes:
    """A form report: a table of 60 rows with labels, figures and texts, then a narrative under headings."""
    document = docx.Document()
    table = document.add_table(rows=60, cols=8)
    for i, row in enumerate(table.rows):
        cells = row.cells
        if i % 10 == 0:
            cells[0].merge(cells[7]).text = f"{i // 10 + 1}、部门整体支出情况"
        elif i % 10 == 1:
            cells[1].merge(cells[7]).text = SENTENCES[i % 3]
            cells[0].text = "年度工作"
        else:
            for j, cell in enumerate(cells):
                cell.text = f"指标{i}" if j == 0 else f"{i * j}.{j}0" if j % 2 else ""
    for i in range(60):
        if i % 6 == 0:
            document.add_heading(f"{i // 6 + 1}、绩效完成情况", 1)
        paragraph = document.add_paragraph()
        for sentence in SENTENCES:
            paragraph.add_run(sentence).bold = False
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def visit(data: bytes) -> int:
    """Characters that python-docx gives for the body's paragraphs and cells."""
    characters = 0
    for item in docx.Document(BytesIO(data)).iter_inner_content():
        if isinstance(item, Table):
            characters += sum(len(cell.text) for row in item.rows for cell in row.cells)
        else:
            characters += len(item.text)
    return characters


def timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def compare(name: str, data: bytes) -> None:
    report = ingest.read_bytes(data, name)
    ours, theirs = [], []
    for _ in range(ROUNDS):
        ours.append(timed(lambda: ingest.read_bytes(data, name)))
        theirs.append(timed(lambda: visit(data)))
    characters = sum(len(block.text) for block in report.blocks)
    mine, other = median(ours), median(theirs)
    print(
        f"{name}: {characters:,} characters, {len(report.blocks)} blocks; "
        f"read {mine:.1f} ms, python-docx {other:.1f} ms, ratio {mine / other:.2f}"
    )


def main() -> None:
    for path in map(Path, sys.argv[1:]):
        compare(path.name, path.read_bytes())
    if not sys.argv[1:]:
        compare("form.docx", form())


if __name__ == "__main__":
    main()
