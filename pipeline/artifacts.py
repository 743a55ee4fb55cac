"""What ships beside the code: blank forms and stock phrases, from ``corpora/``."""

from functools import cache
from pathlib import Path

from pipeline import reuse

CORPORA = Path(__file__).parents[1] / "corpora"


@cache
def labels() -> reuse.Labels:
    """What tells forms and stock phrases from copies."""
    forms = [line for path in sorted((CORPORA / "forms").glob("*.txt")) for line in _lines(path)]
    return reuse.Labels(reuse.background(forms), reuse.background(_lines(CORPORA / "stock" / "phrases.txt")))


def _lines(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines()
