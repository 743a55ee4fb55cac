"""Reuse on reports with planted copies: ``python -m benchmarks.reuse [COUNT] [--peers PYTHON]``.

Speed on one core (processor time), memory, recall by rate of edits, precision; then one report at a time against an index
of all. PYTHON is the interpreter of an environment that has datasketch and rensa (see README.md); they do the same reports
in the same run. Recall is the share of the copied characters that are in some passage found; a peer, which tells paragraphs
only, is given every character of a paragraph it names.
"""

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from benchmarks.planted import CARRIED, RATES, Corpus, corpus
from pipeline.records import Block, Cover, Reading, Report
from pipeline.reuse import Document, Index, find
from pipeline.reuse.compare import all_passages, not_own_years, shared_passages, written
from pipeline.reuse.normalise import BORDER, normalise

PEERS = ("datasketch", "rensa")
_LOOKED_UP = 50


def documents(path: Path) -> Iterator[Document]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            blocks = row["blocks"]
            text = BORDER.join(blocks)
            yield Document(row["id"], row["name"], row["agency"], row["year"], text, bytes(len(blocks)))


def ours(path: str) -> None:
    """In a process of its own: seconds of each step, the peak of memory, and the passages found."""
    normalise("一")
    source = Path(path)
    read = time.process_time()
    count = sum(1 for _ in documents(source))
    read = time.process_time() - read
    started = time.process_time()
    with TemporaryDirectory() as scratch:
        segment = written(documents(source), Path(scratch) / "all")
        wrote = time.process_time() - started - read
        passages = sum(map(len, all_passages(segment, Path(scratch), not_own_years(segment))))
        joined = time.process_time() - started - read - wrote
        size = sum(file.stat().st_size for file in (Path(scratch) / "all").iterdir())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    started = time.process_time()
    rows = []
    for one in shared_passages(documents(source)):
        if one.target.id != one.source.id:
            span = one.piece.span
            rows.append((int(one.target.name[:6]), span.block, span.start, span.end, int(one.source.name[:6])))
    whole = time.process_time() - started - read
    result = {
        "count": count, "wrote": wrote, "joined": joined, "whole": whole, "passages": passages, "peak": peak, "disk": size,
        "spans": rows,
    }  # fmt: skip
    json.dump(result, sys.stdout)


def child(*command: str) -> dict[str, Any]:
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    result: dict[str, Any] = json.loads(done.stdout[done.stdout.index("{") :])
    return result


def cover(made: Corpus, spans: list[list[int]]) -> tuple[dict[float, float], float, float]:
    """Recall by rate of edits, precision, and passages of one source for each copy with at most 15 per cent edited."""
    starts = [np.cumsum([0] + [len(block) + 1 for block in document.blocks]) for document in made.documents]
    found = [np.zeros(len(document.text), np.bool_) for document in made.documents]
    by_block: dict[tuple[int, int], list[list[int]]] = {}
    for span in spans:
        report, block, start, end, _ = span
        first = starts[report][block]
        found[report][first + start : first + end] = True
        by_block.setdefault((report, block), []).append(span)
    hit, all_ = dict.fromkeys((*RATES, CARRIED), 0), dict.fromkeys((*RATES, CARRIED), 0)
    pieces = []
    for copy in made.copies:
        first = starts[copy.report][copy.block]
        hit[copy.rate] += int(found[copy.report][first + copy.start : first + copy.end].sum())
        all_[copy.rate] += copy.end - copy.start
        if 0 <= copy.rate <= 0.15:
            sources: dict[int, list[int]] = {}
            for _, _, start, end, source in by_block.get((copy.report, copy.block), []):
                if (common := min(end, copy.end) - max(start, copy.start)) > 0:
                    sources.setdefault(source, []).append(common)
            if sources:
                pieces.append(len(max(sources.values(), key=sum)))
    marked = [np.frombuffer(mark, np.uint8).astype(np.bool_) for mark in made.marks]
    right = sum(int((mark & has).sum()) for mark, has in zip(marked, found, strict=True))
    precision = right / max(1, sum(int(has.sum()) for has in found))
    return {rate: hit[rate] / max(1, all_[rate]) for rate in hit}, precision, float(np.mean(pieces)) if pieces else 0.0


def say(name: str, made: Corpus, seconds: float, peak: int, spans: list[list[int]]) -> None:
    recall, precision, pieces = cover(made, spans)
    rates = "  ".join(f"{'last year' if rate < 0 else f'{rate:.0%}'} {share:.3f}" for rate, share in recall.items())
    count = len(made.documents)
    print(
        f"{name:11} {count / seconds:7,.0f} reports/s  {peak / 1e9:5.2f} GB  recall {rates}  precision {precision:.3f}  pieces {pieces:.2f}"
    )


def one_by_one(made: Corpus) -> None:
    """Looking reports up in an index of all the others, and adding them."""
    with TemporaryDirectory() as folder:
        index = Index.open(Path(folder) / "index")
        index.add(made.documents[:-_LOOKED_UP])
        readings = [reading(document) for document in made.documents[-_LOOKED_UP:]]
        started = time.perf_counter()
        for one in readings:
            find(one, index)
        looked = (time.perf_counter() - started) / _LOOKED_UP
        started = time.perf_counter()
        for document in made.documents[-_LOOKED_UP:]:
            index.add([document])
        added = (time.perf_counter() - started) / _LOOKED_UP
        size = sum(file.stat().st_size for file in Path(folder).rglob("*") if file.is_file())
        print(
            f"one against {len(made.documents) - _LOOKED_UP:,}: {looked * 1e3:.0f} ms to find, {added * 1e3:.0f} ms to add;"
            f" index {size / len(made.documents) / 1e3:.0f} KB a report"
        )


def reading(document: Document) -> Reading:
    blocks = tuple(Block(at, text) for at, text in enumerate(document.blocks))
    return Reading(Report(document.id, document.name, blocks), Cover(document.agency, "", document.year), (), ())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("count", nargs="?", type=int, default=5000)
    parser.add_argument("--peers", metavar="PYTHON", help="interpreter of the peers' environment")
    arguments = parser.parse_args()
    made = corpus(arguments.count)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "reports.jsonl"
        with path.open("w", encoding="utf-8") as lines:
            for one in made.documents:
                row = {"id": one.id, "name": one.name, "agency": one.agency, "year": one.year, "blocks": one.blocks}
                lines.write(json.dumps(row, ensure_ascii=False) + "\n")
        characters = sum(len(one.text) for one in made.documents)
        print(f"{arguments.count:,} reports of {characters / arguments.count:,.0f} characters")
        mine = child(sys.executable, "-c", f"from benchmarks.reuse import ours; ours({str(path)!r})")
        count = mine["count"]
        found = mine["wrote"] + mine["joined"]
        say("jishen", made, found, mine["peak"], mine["spans"])
        print(
            f"            fingerprints {mine['wrote'] / count * 1e6:.0f} us, join and extension {mine['joined'] / count * 1e6:.0f} us"
            f" a report, {mine['passages'] / count:.0f} passages; with spans and labels {count / mine['whole']:,.0f} reports/s;"
            f" {mine['disk'] / count / 1e3:.0f} KB a report on disk"
        )
        for peer in PEERS if arguments.peers else ():
            theirs = child(arguments.peers, str(Path(__file__).with_name("reuse_peers.py")), peer, str(path))
            if theirs.get("missing"):
                print(f"{peer:11} is not installed there")
                continue
            spans = [
                [report, block, 0, len(made.documents[report].blocks[block]), 0] for report, block in theirs["blocks"]
            ]
            say(peer, made, theirs["seconds"], theirs["peak"], spans)
            print(
                f"            ours {theirs['seconds'] / found:.1f} times as fast, with spans and labels {theirs['seconds'] / mine['whole']:.1f}"
            )
    one_by_one(made)


if __name__ == "__main__":
    main()
