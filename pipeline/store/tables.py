"""The tables as they are now; how they came to be is in ``migrations/``.

Human data, append only: ``reports`` (a file's bytes) and ``submissions`` (each name and path it was handed in under).
Derived data: ``reviews`` and ``failures``, each made by one ``edition`` of the code, rules, lexicon and profiles, and which
reviews are ``outdated`` by what was handed in since.
"""

import json
import re
from datetime import UTC, datetime

import sqlalchemy as sa

# PostgreSQL keeps no NUL and neither database a lone surrogate (a file name that is not valid UTF-8 holds them);
# SUB stands before the four hex digits of such a character, and of itself.
_UNSTORABLE = re.compile("[\x00\x1a\ud800-\udfff]")
_STORED = re.compile("\x1a([0-9a-f]{4})")


class Words(sa.types.TypeDecorator[str]):
    """Any Python string, given back as it was; sorted by code point on every database."""

    impl = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: sa.Dialect) -> str | None:
        return None if value is None else _UNSTORABLE.sub(lambda m: f"\x1a{ord(m[0]):04x}", value)

    def process_result_value(self, value: str | None, dialect: sa.Dialect) -> str | None:
        return None if value is None else _STORED.sub(lambda m: chr(int(m[1], 16)), value)


class Sentences(sa.types.TypeDecorator[tuple[str, ...]]):
    """A tuple of strings, stored as a JSON list."""

    impl = Words
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: sa.Dialect) -> str | None:
        return None if value is None else json.dumps(value, ensure_ascii=False)

    def process_result_value(self, value: str | None, dialect: sa.Dialect) -> tuple[str, ...] | None:
        return None if value is None else tuple(json.loads(value))


class Moment(sa.types.TypeDecorator[datetime]):
    """A point in time with its zone; UTC in the database and on the way back. A naive one is refused."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError(f"a moment without a time zone: {value}")
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


metadata = sa.MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)

reports = sa.Table(
    "reports",
    metadata,
    sa.Column("id", sa.Text, primary_key=True, comment="SHA-256 of the file's bytes, hex"),
    sa.Column("size", sa.BigInteger, nullable=False, comment="bytes"),
)

submissions = sa.Table(
    "submissions",
    metadata,
    sa.Column("id", sa.Text, primary_key=True, comment="SHA-256 of report, name and path: one row for each"),
    sa.Column("report", sa.ForeignKey("reports.id"), nullable=False, index=True),
    sa.Column("name", Words, nullable=False),
    sa.Column("path", Words, nullable=False),
    sa.Column("at", Moment, nullable=False),
)

reviews = sa.Table(
    "reviews",
    metadata,
    sa.Column("report", sa.ForeignKey("reports.id"), primary_key=True),
    sa.Column("edition", sa.Text, primary_key=True),
    sa.Column("name", Words, nullable=False),
    sa.Column("agency", Words, nullable=False),
    sa.Column("title", Words, nullable=False),
    sa.Column("year", sa.Integer),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("score", sa.Double, nullable=False),
    sa.Column("band", sa.Text, nullable=False),
    sa.Column("because", Sentences, nullable=False),
    sa.Column("high", sa.Integer, nullable=False),
    sa.Column("medium", sa.Integer, nullable=False),
    sa.Column("low", sa.Integer, nullable=False),
    sa.Column("info", sa.Integer, nullable=False),
    sa.Column("reviewed_at", Moment, nullable=False),
    # Last, so that SQLite passes over its overflow pages when it reads the queue.
    sa.Column("data", sa.LargeBinary, nullable=False, comment="the review file, zlib"),
    # The name is sorted within equal scores: a B-tree of PostgreSQL takes no key over 2,700 bytes.
    sa.Index(None, "edition", "score"),
)

outdated = sa.Table(
    "outdated",
    metadata,
    sa.Column("report", sa.Text, primary_key=True),
    sa.Column("edition", sa.Text, primary_key=True),
    sa.ForeignKeyConstraint(["report", "edition"], ["reviews.report", "reviews.edition"], ondelete="CASCADE"),
    comment="reviews made before a report was handed in that shares text with theirs",
)

failures = sa.Table(
    "failures",
    metadata,
    sa.Column("id", sa.Text, primary_key=True, comment="SHA-256 of edition and path: the latest failure of each"),
    sa.Column("report", sa.ForeignKey("reports.id"), comment="null where the bytes could not be read"),
    sa.Column("edition", sa.Text, nullable=False),
    sa.Column("path", Words, nullable=False),
    sa.Column("code", sa.Text, nullable=False),
    sa.Column("message", Words, nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.Index(None, "report", "edition"),
    sa.Index(None, "edition"),
)
