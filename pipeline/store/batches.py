"""The folders and uploads that reports came in with. Every function takes the connection of a transaction."""

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa

from pipeline.errors import WrongUsage
from pipeline.records import Batch
from pipeline.store import queue
from pipeline.store.queue_tables import batched, batches, numbers
from pipeline.store.store import Store
from pipeline.store.tables import failures, outdated, reviews


def begin(connection: sa.Connection, name: str, at: datetime) -> Batch:
    number = connection.scalar(sa.insert(batches).values(name=name, at=at).returning(batches.c.id))
    return Batch(number or 0, name, at, 0)


def put(connection: sa.Connection, store: Store, batch: int, reports: Collection[str]) -> None:
    """Notes that ``reports``, which were handed in, belong to the batch; those that are noted stay."""
    rows = [{"batch": batch, "number": number} for number in sorted(queue.number_of(connection, reports).values())]
    if rows:
        insert = store.insert(batched).on_conflict_do_nothing().returning(batched.c.number)
        connection.execute(insert, rows)


def every(connection: sa.Connection) -> tuple[Batch, ...]:
    """The batches that are not deleted, the latest first."""
    size = sa.select(sa.func.count()).where(batched.c.batch == batches.c.id).scalar_subquery()
    found = sa.select(batches.c.id, batches.c.name, batches.c.at, size.label("reports"))
    return tuple(
        Batch(row.id, row.name, row.at, row.reports)
        for row in connection.execute(found.where(batches.c.deleted.is_(None)).order_by(batches.c.id.desc()))
    )


def reports_of(connection: sa.Connection, batch: int) -> tuple[str, ...]:
    found = sa.select(numbers.c.report).join_from(batched, numbers).where(batched.c.batch == batch)
    return tuple(connection.scalars(found.order_by(numbers.c.report)))


def delete(connection: sa.Connection, batch: int, now: datetime) -> int:
    """Deletes a batch with the reviews of the reports that came in with no other; how many these were.

    What was handed in and what was decided stays. Raises WrongUsage if there is no such batch.
    """
    marked = sa.update(batches).where(batches.c.id == batch, batches.c.deleted.is_(None)).values(deleted=now)
    if not connection.execute(marked).rowcount:
        raise WrongUsage("没有这个批次，或它已被删除。请刷新批次列表。")
    live = sa.select(batched.c.number).join_from(batched, batches).where(batches.c.deleted.is_(None))
    alone = sa.select(numbers.c.report).join_from(batched, numbers)
    alone = alone.where(batched.c.batch == batch, batched.c.number.not_in(live))
    count = connection.scalar(sa.select(sa.func.count()).select_from(alone.subquery())) or 0
    queue.drop(connection, alone)
    for table in (outdated, reviews, failures):
        connection.execute(sa.delete(table).where(table.c.report.in_(alone)))
    return count
