"""Files in, reports out: Word packages and plain text, told apart by their content."""

import errno
import os
import stat
from hashlib import sha256
from pathlib import Path

from pipeline.ingest import kinds, text, word
from pipeline.ingest.files import find
from pipeline.ingest.refusals import LARGEST_FILE, no_access, readable_name, refusal, too_large
from pipeline.records import Places, Report

__all__ = ["LARGEST_FILE", "find", "locate", "no_access", "read", "read_bytes", "too_large"]


def read(path: Path) -> Report:
    """The report in the file at ``path``. Raises UnreadableReport, and nothing else, for anything a file does wrong."""
    try:
        # Opened without waiting, so that a pipe among the files cannot hold up the batch.
        with open(path, "rb", opener=lambda name, flags: os.open(name, flags | getattr(os, "O_NONBLOCK", 0))) as file:
            state = os.fstat(file.fileno())
            if not stat.S_ISREG(state.st_mode):
                raise no_access(path, OSError(errno.EINVAL, "not a regular file"))
            if state.st_size > LARGEST_FILE:
                raise too_large(path.name)
            data = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise no_access(path, error) from error
    return read_bytes(data, path.name)


def read_bytes(data: bytes, name: str) -> Report:
    """The report in ``data``, the bytes of a file called ``name``. Raises UnreadableReport only."""
    name = readable_name(name)
    if not data:
        raise refusal("empty", name)
    if len(data) > LARGEST_FILE:
        raise too_large(name)
    blocks = word.read(data, name) if kinds.kind(data, name) == "word" else text.read(data, name)
    return Report(sha256(data).hexdigest(), name, blocks)


def locate(data: bytes, name: str) -> Places | None:
    """Where the blocks of the report in ``data`` stand in it; None where it is no Word file.

    Raises UnreadableReport as ``read_bytes`` does.
    """
    return word.locate(data, readable_name(name)) if kinds.kind(data, name) == "word" else None
