"""What ``benchmarks.reuse`` has other packages do, in their own environment: ``python reuse_peers.py PEER TEXTS``.

TEXTS holds a report a line, ``{"blocks": [...]}``. Paragraphs of 20 characters and more are compared by MinHash over 5
characters in a row, 128 permutations, threshold 0.5; equal paragraphs are merged first. Whole reports are too coarse for
these: a copied passage is a small share of either.
"""

import json
import re
import resource
import sys
import time
from pathlib import Path

_DROPPED = re.compile(r"[\W_]+")
_SHINGLE = 5


def paragraphs(path: str) -> tuple[dict[str, int], list[list[int]], list[tuple[int, int]]]:
    """Paragraphs with their numbers, the places of each, and where each place is."""
    number: dict[str, int] = {}
    places: list[list[int]] = []
    where: list[tuple[int, int]] = []
    for report, line in enumerate(Path(path).read_text("utf-8").splitlines()):
        for block, text in enumerate(json.loads(line)["blocks"]):
            bare = _DROPPED.sub("", text)
            if len(bare) >= 20:
                at = number.setdefault(bare, len(number))
                if at == len(places):
                    places.append([])
                places[at].append(len(where))
                where.append((report, block))
    return number, places, where


def shingles(text: str) -> list[str]:
    return list({text[at : at + _SHINGLE] for at in range(len(text) - _SHINGLE + 1)})


def datasketch(texts: list[str]) -> set[tuple[int, int]]:
    from datasketch import MinHash, MinHashLSH

    lsh = MinHashLSH(threshold=0.5, num_perm=128)
    pairs = set()
    for number, text in enumerate(texts):
        sketch = MinHash(num_perm=128)
        sketch.update_batch([shingle.encode() for shingle in shingles(text)])
        pairs.update((number, other) for other in lsh.query(sketch))
        lsh.insert(number, sketch)
    return pairs


def rensa(texts: list[str]) -> set[tuple[int, int]]:
    from rensa import RMinHash, RMinHashLSH

    lsh = RMinHashLSH(threshold=0.5, num_perm=128, num_bands=32)
    pairs = set()
    kept = []
    for number, text in enumerate(texts):
        sketch = RMinHash(num_perm=128, seed=42)
        sketch.update(shingles(text))
        pairs.update((number, other) for other in lsh.query(sketch) if sketch.jaccard(kept[other]) >= 0.5)
        lsh.insert(number, sketch)
        kept.append(sketch)
    return pairs


def main() -> None:
    name, path = sys.argv[1:]
    try:
        __import__(name)
    except ImportError:
        json.dump({"missing": True}, sys.stdout)
        return
    started = time.process_time()
    number, places, where = paragraphs(path)
    pairs = {"datasketch": datasketch, "rensa": rensa}[name](list(number))
    found = set()
    for one, other in pairs:
        reports = {where[at][0] for at in places[one] + places[other]}
        for at in places[one] + places[other]:
            # The earliest report has copied from nobody.
            if where[at][0] != min(reports):
                found.add(where[at])
    for same in places:
        found.update(where[at] for at in same if where[at][0] != where[same[0]][0])
    seconds = time.process_time() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    json.dump({"seconds": seconds, "peak": peak, "blocks": sorted(found)}, sys.stdout)


if __name__ == "__main__":
    main()
