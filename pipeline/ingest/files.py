"""Which files a command is about: those named, and those in the folders named."""

import errno
import os
import re
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline.errors import WrongUsage

_LITTER = {"thumbs.db", "desktop.ini", "__macosx"}
_DIGITS = re.compile(r"(\d+)")


def find(paths: Sequence[Path], skip: Path | None = None) -> list[Path]:
    """The files among ``paths`` and in the folders among them, each once, in natural order within each path.

    Left out: hidden files, lock files of Word, litter of the system, and what lies under ``skip``. Files of any other
    type are kept, and what may not be opened, so that they are reported and not dropped. A path that is named
    is searched even where it lies within ``skip``. Raises WrongUsage for a path that does not exist.
    """
    skipped = skip.resolve() if skip is not None else None
    found: dict[str, Path] = {}
    for path in paths:
        if path.is_dir():
            outside = skipped is not None and path.resolve().is_relative_to(skipped)
            files = _walk(path, None if outside else skipped, set())
        elif path.is_file():
            files = iter([path])
        elif os.path.lexists(path):
            raise WrongUsage(f"“{path}”不是文件，也不是文件夹。请指定报告文件，或放有报告的文件夹。")
        else:
            raise WrongUsage(f"找不到“{path}”。请检查路径是否正确。")
        for file in files:
            found.setdefault(os.path.realpath(file), file)
    return list(found.values())


def _walk(folder: Path, skipped: Path | None, seen: set[Path]) -> Iterator[Path]:
    real = folder.resolve()
    if real in seen or (skipped is not None and real.is_relative_to(skipped)):
        return
    seen.add(real)
    try:
        inside = sorted(folder.iterdir(), key=_natural)
    except OSError:
        yield folder
        return
    for path in inside:
        if path.name.startswith((".", "~$")) or path.name.lower() in _LITTER:
            continue
        try:
            mode = path.stat().st_mode
        except OSError as error:
            if error.errno != errno.ELOOP:
                yield path
            continue
        if stat.S_ISDIR(mode):
            yield from _walk(path, skipped, seen)
        elif stat.S_ISREG(mode):
            yield path


def _natural(path: Path) -> tuple[tuple[tuple[int, int | str], ...], str]:
    parts = _DIGITS.split(path.name.casefold())
    return tuple((0, int(part)) if i % 2 else (1, part) for i, part in enumerate(parts)), path.name
