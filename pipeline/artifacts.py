"""What ships beside the code: blank forms and stock phrases (``corpora/``), the model of grades (``models/``)."""

import tomllib
from functools import cache
from pathlib import Path

from pipeline import quality, reuse
from pipeline.errors import BrokenModel

_ROOT = Path(__file__).parents[1]
CORPORA = _ROOT / "corpora"
MODELS = _ROOT / "models"


@cache
def labels() -> reuse.Labels:
    """What tells forms and stock phrases from copies."""
    forms = [line for path in sorted((CORPORA / "forms").glob("*.txt")) for line in _lines(path)]
    return reuse.Labels(reuse.background(forms), reuse.background(_lines(CORPORA / "stock" / "phrases.txt")))


@cache
def grades() -> quality.Model:
    """The current model of grades. Raises BrokenModel where it cannot be used."""
    try:
        name = tomllib.loads((MODELS / "current.toml").read_text("utf-8"))["quality"]
    except (OSError, tomllib.TOMLDecodeError, KeyError) as error:
        raise BrokenModel("models/current.toml 缺失或写法不对，不知道用哪个评级模型。请恢复该文件。") from error
    return quality.load(MODELS / str(name))


def _lines(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines()
