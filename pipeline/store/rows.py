"""From records to rows and back."""

import hashlib
import itertools
import json
import zlib
from collections.abc import Iterable, Iterator
from typing import Any, get_args

import sqlalchemy as sa

from pipeline.records import QueueEntry, Severity

# Of a review of 87 kB: level 1 leaves 16.3 kB, 3 leaves 15.6 kB in the same 0.4 ms, 6 leaves 14.6 kB in 1.0 ms.
_LEVEL = 3
_SAME = ("name", "agency", "title", "year", "kind", "score", "band", "because")


def chunks(ids: Iterable[str], size: int) -> Iterator[list[str]]:
    remaining = iter(ids)
    while chunk := list(itertools.islice(remaining, size)):
        yield chunk


def key(*parts: str) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def row_of(edition: str, data: bytes, entry: QueueEntry) -> dict[str, object]:
    return {
        "report": entry.id,
        "edition": edition,
        **{name: getattr(entry, name) for name in _SAME},
        **{severity: entry.findings.get(severity, 0) for severity in get_args(Severity)},
        "reviewed_at": entry.reviewed_at,
        "data": zlib.compress(data, _LEVEL),
    }


def entry_of(row: sa.Row[Any]) -> QueueEntry:
    return QueueEntry(
        id=row.report,
        **{name: getattr(row, name) for name in _SAME},
        findings={severity: getattr(row, severity) for severity in get_args(Severity)},
        reviewed_at=row.reviewed_at,
    )
