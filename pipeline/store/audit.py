"""The audit log: each line written in the transaction of what it tells of, and chained to the line before by its hash."""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from pipeline import __version__
from pipeline.records import AuditEntry
from pipeline.store.connect import ACTING
from pipeline.store.desk_tables import audit, canonical
from pipeline.store.store import Store

_PAGE = 1000

Transaction = sa.Connection
"""What the functions of this package that are not of a class are given, and their callers only hand on."""


@dataclass(frozen=True, slots=True)
class Act:
    """What the log is to say; ``actor`` is a person's name, ``about`` the id of what was acted on."""

    actor: str
    action: str
    about: str = ""
    before: Mapping[str, object] = field(default_factory=dict)
    after: Mapping[str, object] = field(default_factory=dict)
    reason: str = ""
    ip: str = ""
    session: str = ""


@contextmanager
def acting(store: Store) -> Iterator[sa.Connection]:
    """A transaction that may write to the log. One at a time: the chain has one end, and orders what people do."""
    with store.writing() as connection:
        if connection.dialect.name == "postgresql":
            # Before any row is locked: who waits here holds nothing that another waits for.
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(ACTING)))
        yield connection


def log(connection: sa.Connection, *acts: Act) -> None:
    """Writes ``acts`` to the end of the log, in a transaction of ``acting``."""
    seq, previous = head(connection)
    rows = []
    for act in acts:
        seq += 1
        row: dict[str, Any] = {
            "seq": seq,
            "at": datetime.now(UTC),
            "actor": act.actor,
            "action": act.action,
            "about": act.about,
            "before": act.before,
            "after": act.after,
            "reason": act.reason,
            "ip": act.ip,
            "session": act.session,
            "version": __version__,
            "previous": previous,
        }
        previous = row["hash"] = digest(row)
        rows.append(row)
    if rows:
        connection.execute(sa.insert(audit).returning(audit.c.seq), rows)


def digest(row: Mapping[str, Any]) -> str:
    """The hash of a line: over everything but the hash, in canonical JSON."""
    plain = {name: value for name, value in row.items() if name != "hash"} | {"at": row["at"].isoformat()}
    # A lone surrogate, which a name may hold, has no UTF-8: it is written as its escape.
    return hashlib.sha256(canonical(plain).encode("utf-8", "backslashreplace")).hexdigest()


def head(connection: sa.Connection) -> tuple[int, str]:
    """Number and hash of the last line; ``(0, "")`` of an empty log."""
    last = connection.execute(sa.select(audit.c.seq, audit.c.hash).order_by(audit.c.seq.desc()).limit(1)).one_or_none()
    return (last.seq, last.hash) if last else (0, "")


def entries(
    store: Store, *, before: int | None, actor: str, action: str, about: str, limit: int
) -> tuple[AuditEntry, ...]:
    """The latest lines first, those before line ``before``; only of ``actor``, ``action`` and ``about`` if not empty."""
    found = sa.select(audit).order_by(audit.c.seq.desc()).limit(limit)
    if before is not None:
        found = found.where(audit.c.seq < before)
    for column, wanted in ((audit.c.actor, actor), (audit.c.action, action), (audit.c.about, about)):
        if wanted:
            found = found.where(column == wanted)
    with store.reading() as connection:
        return tuple(AuditEntry(**row._mapping) for row in connection.execute(found))


def every(store: Store) -> Iterator[AuditEntry]:
    """The whole log from its first line on; streams."""
    with store.reading() as connection:
        found = sa.select(audit).order_by(audit.c.seq)
        for row in connection.execute(found, execution_options={"yield_per": _PAGE}):
            yield AuditEntry(**row._mapping)


def last(store: Store) -> tuple[int, str]:
    """``head`` of the log as it is now."""
    with store.reading() as connection:
        return head(connection)
