"""From a Word file to a complete review on one core, without Prefect: ``python -m benchmarks.review``.

The peer is python-docx listing the text of every paragraph and cell of the same files, in the same run.
"""

import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import docx
from docx.table import Table

from benchmarks import season
from pipeline import codec, ingest
from pipeline.review import review, tools

COUNT, RUNS = 60, 5


def by_python_docx(path: Path) -> int:
    characters = 0
    for item in docx.Document(str(path)).iter_inner_content():
        if isinstance(item, Table):
            characters += sum(len(cell.text) for row in item.rows for cell in row.cells)
        else:
            characters += len(item.text)
    return characters


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        season.write(Path(folder), COUNT)
        files = sorted(Path(folder).iterdir())
        kit = tools()
        stages = {
            "read": ingest.read,
            "read to review": lambda path: review(ingest.read(path), kit),
            "read to review file": lambda path: codec.encode(review(ingest.read(path), kit)),
            "python-docx, text only": by_python_docx,
        }
        seconds: dict[str, list[float]] = {name: [] for name in stages}
        for run in range(RUNS + 1):
            for name, stage in stages.items():
                start = time.process_time()
                for path in files:
                    stage(path)
                if run:
                    seconds[name].append((time.process_time() - start) / COUNT)
        peer = median(seconds["python-docx, text only"])
        for name, took in seconds.items():
            each = median(took)
            print(
                f"{name:24} {each * 1000:7.2f} ms a report, {1 / each:6.1f} a second, {each / peer:5.2f} of python-docx"
            )


if __name__ == "__main__":
    sys.exit(main())
