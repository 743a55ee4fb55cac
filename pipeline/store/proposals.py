"""What one person asks for and another is to approve. Every function takes the connection of a transaction."""

from datetime import datetime

import sqlalchemy as sa

from pipeline.records import Proposal
from pipeline.store.desk_tables import people, proposals


def add(connection: sa.Connection, proposal: Proposal) -> None:
    names = ("id", "action", "what", "reason", "by", "at")
    connection.execute(sa.insert(proposals).values({name: getattr(proposal, name) for name in names}))


def waiting(connection: sa.Connection, proposal: str | None = None) -> tuple[Proposal, ...]:
    """Those that nobody has settled, the oldest first; or ``proposal`` alone."""
    found = sa.select(proposals, people.c.name).join_from(proposals, people, proposals.c.by == people.c.id)
    found = found.where(proposals.c.settled_at.is_(None)).order_by(proposals.c.at, proposals.c.id)
    if proposal is not None:
        found = found.where(proposals.c.id == proposal)
    return tuple(
        Proposal(row.id, row.action, row.what, row.reason, row.by, row.name, row.at)
        for row in connection.execute(found)
    )


def settle(connection: sa.Connection, proposal: str, person: str, now: datetime, *, approved: bool) -> None:
    settled = sa.update(proposals).where(proposals.c.id == proposal)
    connection.execute(settled.values(settled_by=person, settled_at=now, approved=approved))
