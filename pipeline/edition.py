"""Which edition of the program made a review: a hash over everything that decides one."""

from collections.abc import Iterator
from functools import cache
from hashlib import blake2b
from pathlib import Path

from pipeline import __version__

_ROOT = Path(__file__).parents[1]
_CODE = {".py", ".toml", ".yaml"}
# What shows, keeps or moves reviews does not change them.
_BESIDE = {"cli", "desk", "pool.py", "settings.py", "export", "store", "web", "__pycache__"}
_DATA = ("corpora/forms", "corpora/stock", "models")


@cache
def edition() -> str:
    """A short hex digest; reviews of one edition need not be made again."""
    digest = blake2b(__version__.encode(), digest_size=6)
    for path in sorted(_decisive()):
        digest.update(path.relative_to(_ROOT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _decisive() -> Iterator[Path]:
    package = _ROOT / "pipeline"
    for path in package.rglob("*"):
        if path.suffix in _CODE and path.relative_to(package).parts[0] not in _BESIDE:
            yield path
    for folder in _DATA:
        yield from (path for path in (_ROOT / folder).rglob("*") if path.is_file() and path.suffix != ".md")
