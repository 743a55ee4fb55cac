"""Which edition of the program made a review: a hash over everything that decides one."""

from functools import cache
from hashlib import blake2b
from pathlib import Path

from pipeline import __version__

_PACKAGE = Path(__file__).parent
_DECIDES = (".py", ".toml", ".yaml")
# What shows, keeps or moves reviews does not change them.
_BESIDE = {"cli.py", "desk.py", "pool.py", "settings.py", "export", "store", "web", "__pycache__"}


@cache
def edition() -> str:
    """A short hex digest; reviews of one edition need not be made again."""
    digest = blake2b(__version__.encode(), digest_size=6)
    for path in sorted(_PACKAGE.rglob("*")):
        inside = path.relative_to(_PACKAGE)
        if path.suffix in _DECIDES and inside.parts[0] not in _BESIDE:
            digest.update(inside.as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
