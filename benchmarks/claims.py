"""Claims of text against other readers of Chinese quantities: ``python -m benchmarks.claims [--peers PYTHON]``.

All read the paragraphs of ``corpora/samples`` (characters a second of processor time) and the phrases of ``phrases.tsv``
(a phrase is right where exactly its values are found) in the same run. PYTHON is the interpreter of an environment that
has the peers (see README.md); without it only ours is measured. The peers give numbers; ours also says of what they are,
their intervals and their parts in the sentence.
"""

import argparse
import json
import subprocess
import time
from decimal import Decimal
from pathlib import Path

from pipeline import claims, ingest

HERE = Path(__file__).parent
SAMPLES = HERE.parent / "corpora" / "samples"
PEERS = ("recognizers", "jionlp")
_KINDS = {"money": {"money"}, "percent": {"percent", "pp"}, "count": {"count", "measure", "duration", "score"}}


def paragraphs() -> list[str]:
    blocks = (block for path in sorted(SAMPLES.iterdir()) for block in ingest.read(path).blocks)
    return [block.text for block in blocks if block.text]


def phrases() -> list[tuple[str, str, list[str]]]:
    """Kind, text and values of each phrase."""
    lines = (HERE / "phrases.tsv").read_text("utf-8").splitlines()
    return [(kind, text, values.split()) for kind, text, values in (line.split("\t") for line in lines)]


def values(kind: str, text: str) -> list[str]:
    """Our values of one kind: of ranges and vague numerals, which have none, the lower end."""
    found = [claim.quantity for claim in claims.of_text(text) if claim.quantity.kind in _KINDS[kind]]
    numbers = [quantity.low if quantity.value is None else quantity.value for quantity in found]
    return [str(number.normalize() + 0) for number in numbers if number is not None]


def ours(texts: list[str], wanted: list[tuple[str, str, list[str]]]) -> dict[str, object]:
    read = [values(kind, text) for kind, text, _ in wanted]
    started = time.process_time()
    for text in texts:
        claims.of_text(text)
    return {"seconds": time.process_time() - started, "values": read}


def peer(python: str, name: str, texts: list[str], wanted: list[tuple[str, str, list[str]]]) -> dict[str, object]:
    task = json.dumps({"texts": texts, "phrases": [(kind, text) for kind, text, _ in wanted]})
    command = [python, str(HERE / "peers.py"), name]
    done = subprocess.run(command, input=task, capture_output=True, text=True, check=True)
    result: dict[str, object] = json.loads(done.stdout[done.stdout.index("{") :])
    return result


def score(wanted: list[tuple[str, str, list[str]]], got: list[list[str] | None]) -> str:
    """Right phrases of those whose kind is read at all."""
    tried = [(expected, found) for (_, _, expected), found in zip(wanted, got, strict=True) if found is not None]
    right = sum(sorted(map(Decimal, expected)) == sorted(map(Decimal, found)) for expected, found in tried)
    return f"{right} of {len(tried)} phrases right"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--peers", metavar="PYTHON", help="interpreter of the peers' environment")
    python = parser.parse_args().peers
    texts, wanted = paragraphs(), phrases()
    characters = sum(map(len, texts))
    results = {"jishen": ours(texts, wanted)}
    for name in PEERS if python else ():
        results[name] = peer(python, name, texts, wanted)
    first = results["jishen"]["seconds"]
    print(f"{characters:,} characters in {len(texts):,} paragraphs")
    for name, result in results.items():
        seconds = result["seconds"]
        print(
            f"{name:12} {characters / seconds:10,.0f} characters/s, ours {seconds / first:6.1f} times; {score(wanted, result['values'])}"
        )


if __name__ == "__main__":
    main()
