"""The tables of people and of what they decide, as they are now.

``decisions`` and ``audit`` are append only: triggers of the database refuse every change (see the migrations). Projections,
which can be rebuilt from them, are ``standing`` (the decision that counts for each finding). Moving states, whose history
is in ``audit``: ``works``, ``leases``, ``drafts``, ``proposals``.
"""

import json
from collections.abc import Mapping

import sqlalchemy as sa

from pipeline.store.tables import Moment, Sentences, Words, metadata


class Facts(sa.types.TypeDecorator[Mapping[str, object]]):
    """A mapping of plain values, stored as canonical JSON."""

    impl = Words
    cache_ok = True

    def process_bind_param(self, value: Mapping[str, object] | None, dialect: sa.Dialect) -> str | None:
        return None if value is None else canonical(value)

    def process_result_value(self, value: str | None, dialect: sa.Dialect) -> Mapping[str, object] | None:
        return None if value is None else json.loads(value)


def canonical(value: object) -> str:
    """JSON that is the same for the same value: keys sorted, no spaces."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


people = sa.Table(
    "people",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("name", Words, nullable=False, index=True, unique=True),
    sa.Column("roles", Sentences, nullable=False),
    sa.Column("active", sa.Boolean, nullable=False),
    sa.Column("must_change", sa.Boolean, nullable=False),
    sa.Column("at", Moment, nullable=False),
)

passwords = sa.Table(
    "passwords",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("person", sa.ForeignKey("people.id"), nullable=False),
    sa.Column("hash", sa.Text, nullable=False, comment="argon2id, with its parameters and salt"),
    sa.Column("at", Moment, nullable=False),
    sa.Index(None, "person", "at"),
    comment="the latest one of a person holds",
)

sessions = sa.Table(
    "sessions",
    metadata,
    sa.Column("hash", sa.Text, primary_key=True, comment="SHA-256 of the token"),
    sa.Column("person", sa.ForeignKey("people.id"), nullable=False, index=True),
    sa.Column("csrf", sa.Text, nullable=False),
    sa.Column("begun", Moment, nullable=False),
    sa.Column("seen", Moment, nullable=False),
)

refusals = sa.Table(
    "refusals",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column(
        "name", sa.Text, nullable=False, comment="SHA-256 of the name tried, which may be a password typed there"
    ),
    sa.Column("at", Moment, nullable=False),
    sa.Index(None, "name", "at"),
    comment="log-ins refused since the last that succeeded",
)

links = sa.Table(
    "links",
    metadata,
    sa.Column("hash", sa.Text, primary_key=True, comment="SHA-256 of the token"),
    sa.Column("ends", Moment, nullable=False),
    comment="the link by which the first account is made, while there is none",
)

tokens = sa.Table(
    "tokens",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("hash", sa.Text, nullable=False, index=True, unique=True, comment="SHA-256 of the token"),
    sa.Column("person", sa.ForeignKey("people.id"), nullable=False),
    sa.Column("name", Words, nullable=False),
    sa.Column("made", Moment, nullable=False),
    sa.Column("ends", Moment),
    sa.Column("used", Moment),
    sa.Column("revoked", Moment),
)

audit = sa.Table(
    "audit",
    metadata,
    sa.Column("seq", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("at", Moment, nullable=False),
    sa.Column("actor", Words, nullable=False),
    sa.Column("action", sa.Text, nullable=False),
    sa.Column("about", Words, nullable=False),
    sa.Column("before", Facts, nullable=False),
    sa.Column("after", Facts, nullable=False),
    sa.Column("reason", Words, nullable=False),
    sa.Column("ip", Words, nullable=False),
    sa.Column("session", sa.Text, nullable=False),
    sa.Column("version", sa.Text, nullable=False),
    sa.Column("previous", sa.Text, nullable=False),
    sa.Column("hash", sa.Text, nullable=False),
    sa.Index(None, "actor", "seq"),
    sa.Index(None, "action", "seq"),
    sa.Index(None, "about", "seq"),
)

decisions = sa.Table(
    "decisions",
    metadata,
    sa.Column("seq", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("id", sa.Text, nullable=False, index=True, unique=True),
    sa.Column("report", sa.ForeignKey("reports.id"), nullable=False),
    sa.Column("finding", sa.Text, nullable=False),
    sa.Column("lane", sa.Text, nullable=False, comment="empty, or the reviewer it counts for while two review apart"),
    sa.Column("verdict", sa.Text, nullable=False),
    sa.Column("reason", sa.Text),
    sa.Column("note", Words, nullable=False),
    sa.Column("comment", Words, nullable=False),
    sa.Column("correction", Facts),
    sa.Column("grade", sa.Integer),
    sa.Column("reviewer", sa.ForeignKey("people.id"), nullable=False, comment="whose judgement it is"),
    sa.Column("by", sa.ForeignKey("people.id"), nullable=False, comment="who put it there; another where one undoes"),
    sa.Column("at", Moment, nullable=False),
    sa.Column("view", sa.Text, nullable=False),
    sa.Column("edition", sa.Text, nullable=False),
    sa.Column("rule", sa.Text, nullable=False),
    sa.Column("said", Words, nullable=False),
    sa.Column("act", sa.Text, nullable=False, comment="what is undone together has one"),
    sa.Column("kind", sa.Text, nullable=False, comment="do, undo, redo or settle"),
    sa.Column("of", sa.Text, comment="the act that was undone or redone"),
    sa.Column("origin", sa.Text, comment="the decision whose content this is; null if cleared"),
    sa.Column("before", sa.Text, comment="the origin of what counted before"),
    sa.Index(None, "report", "seq"),
    sa.Index(None, "act"),
)

standing = sa.Table(
    "standing",
    metadata,
    sa.Column("report", sa.ForeignKey("reports.id"), primary_key=True),
    sa.Column("finding", sa.Text, primary_key=True),
    sa.Column("lane", sa.Text, primary_key=True),
    sa.Column("decision", sa.ForeignKey("decisions.id"), nullable=False),
)

drafts = sa.Table(
    "drafts",
    metadata,
    sa.Column("report", sa.ForeignKey("reports.id"), primary_key=True),
    sa.Column("finding", sa.Text, primary_key=True),
    sa.Column("person", sa.ForeignKey("people.id"), primary_key=True),
    sa.Column("text", Words, nullable=False),
    sa.Column("at", Moment, nullable=False),
)

works = sa.Table(
    "works",
    metadata,
    sa.Column("report", sa.ForeignKey("reports.id"), primary_key=True),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("reviewers", sa.Integer, nullable=False),
    sa.Column("reason", Words, nullable=False, comment="why it was returned or reopened"),
    sa.Column("due", sa.Text, nullable=False),
    sa.Column("previous", sa.ForeignKey("reports.id"), comment="the report that it was handed in again for"),
    sa.Index(None, "previous"),
)

leases = sa.Table(
    "leases",
    metadata,
    sa.Column("report", sa.ForeignKey("reports.id"), primary_key=True),
    sa.Column("holder", sa.ForeignKey("people.id"), primary_key=True),
    sa.Column("since", Moment, nullable=False),
    sa.Column("until", Moment, nullable=False),
    sa.Column("finished", Moment),
    sa.Index(None, "holder"),
)

proposals = sa.Table(
    "proposals",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("action", sa.Text, nullable=False),
    sa.Column("what", Facts, nullable=False),
    sa.Column("reason", Words, nullable=False),
    sa.Column("by", sa.ForeignKey("people.id"), nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.Column("settled_by", sa.ForeignKey("people.id")),
    sa.Column("settled_at", Moment),
    sa.Column("approved", sa.Boolean),
    comment="what a second person is to approve",
)
