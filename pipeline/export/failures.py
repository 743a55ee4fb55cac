"""``failures.json``: the files that could not be read, each with a code and a sentence saying what to do."""

from collections.abc import Iterable
from pathlib import Path

import orjson

from pipeline.export.atomic import write_bytes
from pipeline.records import Failure


def write(path: Path, failures: Iterable[Failure]) -> None:
    """Write ``[{path, code, message}, …]``; an empty list when all were read."""
    write_bytes(path, orjson.dumps(list(failures), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
