"""First tables: reports and submissions; reviews and failures."""

import sqlalchemy as sa
from alembic import op

revision = "v0001"
down_revision = None


def upgrade() -> None:
    # Types are spelled out: this revision stays as it is when ``tables`` moves on.
    words = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    moment = sa.DateTime(timezone=True)

    op.create_table(
        "reports",
        sa.Column("id", sa.Text, nullable=False, comment="SHA-256 of the file's bytes, hex"),
        sa.Column("size", sa.BigInteger, nullable=False, comment="bytes"),
        sa.PrimaryKeyConstraint("id", name="pk_reports"),
    )
    op.create_table(
        "submissions",
        sa.Column("id", sa.Text, nullable=False, comment="SHA-256 of report, name and path: one row for each"),
        sa.Column("report", sa.Text, nullable=False),
        sa.Column("name", words, nullable=False),
        sa.Column("path", words, nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_submissions"),
        sa.ForeignKeyConstraint(["report"], ["reports.id"], name="fk_submissions_report"),
    )
    op.create_index("ix_submissions_report", "submissions", ["report"])
    op.create_table(
        "reviews",
        sa.Column("report", sa.Text, nullable=False),
        sa.Column("edition", sa.Text, nullable=False),
        sa.Column("name", words, nullable=False),
        sa.Column("agency", words, nullable=False),
        sa.Column("title", words, nullable=False),
        sa.Column("year", sa.Integer),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("score", sa.Double, nullable=False),
        sa.Column("band", sa.Text, nullable=False),
        sa.Column("because", words, nullable=False),
        sa.Column("high", sa.Integer, nullable=False),
        sa.Column("medium", sa.Integer, nullable=False),
        sa.Column("low", sa.Integer, nullable=False),
        sa.Column("info", sa.Integer, nullable=False),
        sa.Column("reviewed_at", moment, nullable=False),
        sa.Column("data", sa.LargeBinary, nullable=False, comment="the review file, zlib"),
        sa.PrimaryKeyConstraint("report", "edition", name="pk_reviews"),
        sa.ForeignKeyConstraint(["report"], ["reports.id"], name="fk_reviews_report"),
    )
    op.create_index("ix_reviews_edition_score", "reviews", ["edition", "score"])
    op.create_table(
        "failures",
        sa.Column("id", sa.Text, nullable=False, comment="SHA-256 of edition and path: the latest failure of each"),
        sa.Column("report", sa.Text, comment="null where the bytes could not be read"),
        sa.Column("edition", sa.Text, nullable=False),
        sa.Column("path", words, nullable=False),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("message", words, nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_failures"),
        sa.ForeignKeyConstraint(["report"], ["reports.id"], name="fk_failures_report"),
    )
    op.create_index("ix_failures_report_edition", "failures", ["report", "edition"])
    op.create_index("ix_failures_edition", "failures", ["edition"])
