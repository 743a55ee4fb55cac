"""How far each report is, and who has it on the desk. Every function takes the connection of a transaction."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from pipeline.records import Lease, Work
from pipeline.store import queue
from pipeline.store.desk_tables import leases, people, works
from pipeline.store.store import Store
from pipeline.store.tables import reports


def work(connection: sa.Connection, report: str) -> Work | None:
    """How far the report is; None if it was never handed in."""
    found = (
        sa.select(reports.c.id, works)
        .outerjoin_from(reports, works, works.c.report == reports.c.id)
        .where(reports.c.id == report)
    )
    row = connection.execute(found).one_or_none()
    if row is None:
        return None
    return Work(row.report, row.state, row.reviewers, row.reason, row.due, row.previous) if row.report else Work(report)


def set_work(connection: sa.Connection, store: Store, new: Work) -> None:
    insert = store.insert(works).values(asdict(new))
    replaced = {column.name: column for column in insert.excluded if column.name != "report"}
    connection.execute(insert.on_conflict_do_update(index_elements=["report"], set_=replaced))
    queue.show(connection, new.report)


def successors(connection: sa.Connection, report: str) -> tuple[str, ...]:
    """The reports that were handed in again for this one."""
    return tuple(
        connection.scalars(sa.select(works.c.report).where(works.c.previous == report).order_by(works.c.report))
    )


def leases_of(connection: sa.Connection, reports: Collection[str]) -> dict[str, tuple[Lease, ...]]:
    """Who has each of ``reports``, the first one first; finished ones too."""
    found = sa.select(leases, people.c.name).join_from(leases, people).where(leases.c.report.in_(reports))
    of: dict[str, tuple[Lease, ...]] = dict.fromkeys(reports, ())
    for row in connection.execute(found.order_by(leases.c.since, leases.c.holder)):
        of[row.report] += (_lease(row),)
    return of


def set_lease(connection: sa.Connection, store: Store, lease: Lease) -> None:
    insert = store.insert(leases).values({name: getattr(lease, name) for name in Lease.__slots__ if name != "name"})
    replaced = {column.name: column for column in insert.excluded if column.name not in ("report", "holder")}
    connection.execute(insert.on_conflict_do_update(index_elements=["report", "holder"], set_=replaced))
    queue.show(connection, lease.report)


def drop_leases(connection: sa.Connection, report: str, holders: Collection[str] | None = None) -> None:
    """Drops the leases of ``holders``, or all."""
    dropped = sa.delete(leases).where(leases.c.report == report)
    connection.execute(dropped if holders is None else dropped.where(leases.c.holder.in_(holders)))
    queue.show(connection, report)


def held(connection: sa.Connection, person: str, now: datetime) -> tuple[Lease, ...]:
    """What ``person`` has on the desk and has not finished, the latest first; stale ones left out."""
    found = sa.select(leases, people.c.name).join_from(leases, people).where(leases.c.holder == person)
    found = found.where(leases.c.finished.is_(None), leases.c.until > now).order_by(leases.c.since.desc())
    return tuple(_lease(row) for row in connection.execute(found))


def _lease(row: sa.Row[Any]) -> Lease:
    return Lease(row.report, row.holder, row.name, row.since, row.until, row.finished)
