"""The tables that the queue is read from: narrow, so that 100,000 lines are filtered and counted in an instant.

``batches`` and ``batched`` are human data. All else is made of ``reviews``, ``works`` and ``leases``: deleted and remade
at will.
"""

import sqlalchemy as sa

from pipeline.store.tables import Moment, Words, metadata

LONGEST = 60
"""Characters of a name or unit that a line keeps: a B-tree of PostgreSQL takes no key over 2,700 bytes."""

numbers = sa.Table(
    "numbers",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("report", sa.ForeignKey("reports.id"), nullable=False, index=True, unique=True),
    comment="a short key of each report: joins over 100,000 hashes take three times as long",
)

batches = sa.Table(
    "batches",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("name", Words, nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.Column("deleted", Moment),
)

batched = sa.Table(
    "batched",
    metadata,
    sa.Column("batch", sa.ForeignKey("batches.id"), primary_key=True),
    sa.Column("number", sa.ForeignKey("numbers.number"), primary_key=True, index=True),
    sqlite_with_rowid=False,
)

lines = sa.Table(
    "lines",
    metadata,
    sa.Column("edition", sa.Text, primary_key=True),
    sa.Column("number", sa.ForeignKey("numbers.number"), primary_key=True, index=True),
    sa.Column("report", sa.Text, nullable=False),
    sa.Column("rank", sa.Double, nullable=False, comment="the score, negative: the lowest first"),
    sa.Column("called", Words, nullable=False, comment="the first characters of the name"),
    sa.Column("agency", Words, nullable=False, comment="its first characters"),
    sa.Column("year", sa.Integer),
    sa.Column("band", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("holders", sa.Text, nullable=False, comment="ids of who has it or is done with it, each between bars"),
    # With all that is filtered by, so that the rows themselves need not be read.
    sa.Index("ix_lines_queue", "edition", "rank", "called", "number", "agency", "year", "band", "state", "holders"),
)

titles = sa.Table(
    "titles",
    metadata,
    sa.Column("edition", sa.Text, primary_key=True),
    sa.Column("number", sa.ForeignKey("numbers.number"), primary_key=True),
    sa.Column("words", Words, nullable=False, comment="name, unit and title in lower case, to search in"),
    sqlite_with_rowid=False,
)

findings_of = sa.Table(
    "findings_of",
    metadata,
    sa.Column("edition", sa.Text, primary_key=True),
    sa.Column("rule", Words, primary_key=True),
    sa.Column("number", sa.ForeignKey("numbers.number"), primary_key=True, index=True),
    sa.Column("severity", sa.Text, nullable=False, comment="the worst"),
    sqlite_with_rowid=False,
)
