"""The queue: narrow tables, filled from the reviews that are there."""

import json
import zlib

import sqlalchemy as sa
from alembic import op

revision = "v0004"
down_revision = "v0003"


_SEVERITIES = ("high", "medium", "low", "info")
_PAGE = 200


def upgrade() -> None:
    # Types are spelled out: this revision stays as it is when the tables move on.
    words = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    moment = sa.DateTime(timezone=True)

    op.create_table(
        "batches",
        sa.Column("id", sa.Integer, autoincrement=True, nullable=False),
        sa.Column("name", words, nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("deleted", moment),
        sa.PrimaryKeyConstraint("id", name="pk_batches"),
    )
    op.create_table(
        "numbers",
        sa.Column("number", sa.Integer, autoincrement=True, nullable=False),
        sa.Column("report", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(["report"], ["reports.id"], name="fk_numbers_report"),
        sa.PrimaryKeyConstraint("number", name="pk_numbers"),
        comment="a short key of each report: joins over 100,000 hashes take three times as long",
    )
    op.create_index("ix_numbers_report", "numbers", ["report"], unique=True)
    op.create_table(
        "batched",
        sa.Column("batch", sa.Integer, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(["batch"], ["batches.id"], name="fk_batched_batch"),
        sa.ForeignKeyConstraint(["number"], ["numbers.number"], name="fk_batched_number"),
        sa.PrimaryKeyConstraint("batch", "number", name="pk_batched"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_batched_number", "batched", ["number"])
    op.create_table(
        "findings_of",
        sa.Column("edition", sa.Text, nullable=False),
        sa.Column("rule", words, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("severity", sa.Text, nullable=False, comment="the worst"),
        sa.ForeignKeyConstraint(["number"], ["numbers.number"], name="fk_findings_of_number"),
        sa.PrimaryKeyConstraint("edition", "rule", "number", name="pk_findings_of"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_findings_of_number", "findings_of", ["number"])
    op.create_table(
        "lines",
        sa.Column("edition", sa.Text, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("report", sa.Text, nullable=False),
        sa.Column("rank", sa.Double, nullable=False, comment="the score, negative: the lowest first"),
        sa.Column("called", words, nullable=False, comment="the first characters of the name"),
        sa.Column("agency", words, nullable=False, comment="its first characters"),
        sa.Column("year", sa.Integer),
        sa.Column("band", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column(
            "holders", sa.Text, nullable=False, comment="ids of who has it or is done with it, each between bars"
        ),
        sa.ForeignKeyConstraint(["number"], ["numbers.number"], name="fk_lines_number"),
        sa.PrimaryKeyConstraint("edition", "number", name="pk_lines"),
    )
    op.create_index("ix_lines_number", "lines", ["number"])
    op.create_index(
        "ix_lines_queue", "lines", ["edition", "rank", "called", "number", "agency", "year", "band", "state", "holders"]
    )
    op.create_table(
        "titles",
        sa.Column("edition", sa.Text, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("words", words, nullable=False, comment="name, unit and title in lower case, to search in"),
        sa.ForeignKeyConstraint(["number"], ["numbers.number"], name="fk_titles_number"),
        sa.PrimaryKeyConstraint("edition", "number", name="pk_titles"),
        sqlite_with_rowid=False,
    )
    _fill(op.get_bind())


def _fill(connection: sa.Connection) -> None:
    connection.execute(sa.text("INSERT INTO numbers (report) SELECT id FROM reports ORDER BY id"))
    number = {row.report: row.number for row in connection.execute(sa.text("SELECT report, number FROM numbers"))}
    page = sa.text(
        "SELECT report, edition, name, agency, title, year, band, score, data FROM reviews"
        " WHERE (edition, report) > (:edition, :report) ORDER BY edition, report LIMIT :page"
    )
    edition = report = ""
    while rows := connection.execute(page, {"edition": edition, "report": report, "page": _PAGE}).all():
        for row in rows:
            _fill_one(connection, number[row.report], row)
        edition, report = rows[-1].edition, rows[-1].report


def _fill_one(connection: sa.Connection, number: int, row: "sa.Row[tuple[object, ...]]") -> None:
    line = {
        "edition": row.edition, "number": number, "report": row.report, "rank": -row.score, "called": row.name[:60],
        "agency": row.agency[:60], "year": row.year, "band": row.band, "state": "new", "holders": "",
        "words": " ".join([row.name, *(p for p in (row.agency, row.title) if p not in row.name)]).lower(),
    }  # fmt: skip
    for table, columns in (
        ("lines", "edition, number, report, rank, called, agency, year, band, state, holders"),
        ("titles", "edition, number, words"),
    ):
        places = ", ".join(f":{column}" for column in columns.split(", "))
        connection.execute(sa.text(f"INSERT INTO {table} ({columns}) VALUES ({places})"), line)  # noqa: S608
    for rule, severity in _rules(row.data).items():
        found = {"edition": row.edition, "number": number, "rule": rule, "severity": severity}
        connection.execute(
            sa.text(
                "INSERT INTO findings_of (edition, rule, number, severity) VALUES (:edition, :rule, :number, :severity)"
            ),
            found,
        )


def _rules(data: bytes) -> dict[str, str]:
    """The worst severity of each rule that found something."""
    findings = json.loads(zlib.decompress(data))["findings"]
    worst: dict[str, str] = {}
    for finding in sorted(findings, key=lambda f: _SEVERITIES.index(f["severity"])):
        worst.setdefault(finding["rule"], finding["severity"])
    return worst
