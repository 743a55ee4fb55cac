"""What a review found, as far as deciding needs it: read from the review file without building the whole review."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import orjson

from pipeline.errors import WrongUsage
from pipeline.store import Store

_REPORT = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Found:
    """``findings``: rule and message by finding id, in the order of the review; ``lengths`` of the blocks, in code
    points; both of the newest review, which ``edition`` made."""

    edition: str
    findings: Mapping[str, tuple[str, str]]
    lengths: tuple[int, ...]


def named(report: str) -> bool:
    """Whether this can be the id of a report at all; what comes with a request may be anything."""
    return _REPORT.fullmatch(report) is not None


def found_in(store: Store, report: str) -> Found:
    """Raises WrongUsage if the report has no review."""
    newest = store.newest(report) if named(report) else None
    if newest is None:
        raise WrongUsage("这份报告还没有审阅结果。请先审阅。")
    edition, data = newest
    review = orjson.loads(data)
    return Found(
        edition,
        {finding["id"]: (finding["rule"], finding["message"]) for finding in review["findings"]},
        tuple(len(block["text"]) for block in review["report"]["blocks"]),
    )
