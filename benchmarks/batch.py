"""The Prefect flow against the direct command, and memory: ``python -m benchmarks.batch [COUNT] [--workers N]``.

Both review the same generated season in new workspaces with the same number of workers. The flow's start-up is measured
by a batch of one report. Memory is the largest resident set of any process of a run.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import season

JISHEN = str(Path(sys.executable).with_name("jishen"))


def run(command: str, inbox: Path, folder: Path, workers: int) -> tuple[float, float]:
    """Seconds and the largest process's MB."""
    words = [
        JISHEN,
        command,
        str(inbox),
        "--out",
        str(folder / "out"),
        "--workspace",
        str(folder / "w"),
        "--workers",
        str(workers),
        "--json",
    ]
    start = time.monotonic()
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.monotonic() - start
    if status:
        raise SystemExit(f"{command} ended with status {status}")
    shutil.rmtree(folder)
    return seconds, usage.ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("count", nargs="?", type=int, default=1000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--direct-only", action="store_true", help="memory of the direct command, no flow")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder, one = Path(place) / "run", Path(place) / "one"
        season.write(one, 1)
        season.write(Path(place) / "many", args.count)
        many = Path(place) / "many"
        direct, memory = run("review", many, folder, args.workers)
        print(
            f"direct: {args.count} reports in {direct:.1f} s, {args.count / direct:.1f} a second; command's process {memory:.0f} MB"
        )
        if args.direct_only:
            return
        start, _ = run("batch", one, folder, args.workers)
        flow, memory = run("batch", many, folder, args.workers)
        print(f"flow: {flow:.1f} s, of it start-up {start:.1f} s; largest process {memory:.0f} MB")
        print(f"flow without start-up / direct: {(flow - start) / direct:.3f}")


if __name__ == "__main__":
    main()
