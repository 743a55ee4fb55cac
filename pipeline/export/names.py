"""What a report's output files are called: its file's name, told apart from others of the same name."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.records import Review

# Windows refuses these in file names, and these stems whatever follows them.
_UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
# File systems take 255 bytes; room is left for ".review.json" and a mark that tells two names apart.
_BYTES = 220


@dataclass(frozen=True, slots=True)
class Named:
    """A review with the name of its output files: ``<name>.review.json``, ``pages/<name>.html``."""

    name: str
    review: Review


def output_names(paths: Sequence[Path]) -> list[str]:
    """The output name of each path, in the order given: the file's name with its suffix.

    Where several files have one name (whatever the case of its letters), their folders are put before it, as many as
    it takes, and a number after it where that is not enough. The same set of paths gives the same names in any order.
    """
    chosen: dict[int, str] = {}
    shared: dict[str, list[int]] = {}
    taken: set[str] = set()
    for i, path in enumerate(paths):
        shared.setdefault(_folded(_safe(path.name)), []).append(i)
    for folded, group in shared.items():
        if len(group) == 1:
            chosen[group[0]] = _safe(paths[group[0]].name)
            taken.add(folded)
    for _, group in sorted(item for item in shared.items() if len(item[1]) > 1):
        depth = _depth([paths[i] for i in group])
        for i in sorted(group, key=lambda i: str(paths[i])):
            name = _free(_safe("－".join(paths[i].parts[-depth:])), taken)
            chosen[i] = name
            taken.add(_folded(name))
    return [chosen[i] for i in range(len(paths))]


def _depth(paths: Sequence[Path]) -> int:
    """How many trailing parts of the paths tell them apart: at least 2, at most all that there are."""
    longest = max(len(path.parts) for path in paths)
    for depth in range(2, longest):
        if len({_folded("－".join(path.parts[-depth:])) for path in paths}) == len(paths):
            return depth
    return max(longest, 2)


def _free(name: str, taken: set[str]) -> str:
    stem, dot, suffix = name.rpartition(".")
    if not dot:
        stem, suffix = name, ""
    number, candidate = 1, name
    while _folded(candidate) in taken:
        number += 1
        candidate = f"{stem}（{number}）{dot}{suffix}"
    return candidate


def _safe(name: str) -> str:
    name = _UNSAFE.sub("_", name).strip(" ").rstrip(".") or "_"
    if _RESERVED.match(name):
        name = "_" + name
    if name.startswith("."):
        name = "_" + name
    stem, dot, suffix = name.rpartition(".")
    if not dot or len(suffix) > 10:
        stem, dot, suffix = name, "", ""
    room = _BYTES - len((dot + suffix).encode())
    return stem.encode()[:room].decode(errors="ignore") + dot + suffix


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
