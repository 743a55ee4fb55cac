"""People, decisions and the audit log."""

import sqlalchemy as sa
from alembic import op

revision = "v0003"
down_revision = "v0002"


_SQLITE = """
CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} BEGIN SELECT RAISE(ABORT, '{table} is append only'); END;
CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, '{table} is append only'); END;
CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, '{table} is append only'); END;
"""
_POSTGRESQL = """
CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION append_only();
"""
_APPEND_ONLY = """
CREATE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append only', TG_TABLE_NAME; END $$
"""


def upgrade() -> None:
    # Types are spelled out: this revision stays as it is when the tables move on.
    words = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    moment = sa.DateTime(timezone=True)

    op.create_table(
        "audit",
        sa.Column("seq", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("actor", words, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("about", words, nullable=False),
        sa.Column("before", words, nullable=False),
        sa.Column("after", words, nullable=False),
        sa.Column("reason", words, nullable=False),
        sa.Column("ip", words, nullable=False),
        sa.Column("session", sa.Text, nullable=False),
        sa.Column("version", sa.Text, nullable=False),
        sa.Column("previous", sa.Text, nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_audit"),
    )
    op.create_index("ix_audit_action_seq", "audit", ["action", "seq"])
    op.create_index("ix_audit_actor_seq", "audit", ["actor", "seq"])
    op.create_index("ix_audit_about_seq", "audit", ["about", "seq"])
    op.create_table(
        "links",
        sa.Column("hash", sa.Text, nullable=False, comment="SHA-256 of the token"),
        sa.Column("ends", moment, nullable=False),
        sa.PrimaryKeyConstraint("hash", name="pk_links"),
        comment="the link by which the first account is made, while there is none",
    )
    op.create_table(
        "people",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("name", words, nullable=False),
        sa.Column("roles", words, nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.Column("must_change", sa.Boolean, nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_people"),
    )
    op.create_index("ix_people_name", "people", ["name"], unique=True)
    op.create_table(
        "refusals",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column(
            "name", sa.Text, nullable=False, comment="SHA-256 of the name tried, which may be a password typed there"
        ),
        sa.Column("at", moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_refusals"),
        comment="log-ins refused since the last that succeeded",
    )
    op.create_index("ix_refusals_name_at", "refusals", ["name", "at"])
    op.create_table(
        "decisions",
        sa.Column("seq", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("report", sa.Text, nullable=False),
        sa.Column("finding", sa.Text, nullable=False),
        sa.Column(
            "lane", sa.Text, nullable=False, comment="empty, or the reviewer it counts for while two review apart"
        ),
        sa.Column("verdict", sa.Text, nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("note", words, nullable=False),
        sa.Column("comment", words, nullable=False),
        sa.Column("correction", words),
        sa.Column("grade", sa.Integer),
        sa.Column("reviewer", sa.Text, nullable=False, comment="whose judgement it is"),
        sa.Column("by", sa.Text, nullable=False, comment="who put it there; another where one undoes"),
        sa.Column("at", moment, nullable=False),
        sa.Column("view", sa.Text, nullable=False),
        sa.Column("edition", sa.Text, nullable=False),
        sa.Column("rule", sa.Text, nullable=False),
        sa.Column("said", words, nullable=False),
        sa.Column("act", sa.Text, nullable=False, comment="what is undone together has one"),
        sa.Column("kind", sa.Text, nullable=False, comment="do, undo, redo or settle"),
        sa.Column("of", sa.Text, comment="the act that was undone or redone"),
        sa.Column("origin", sa.Text, comment="the decision whose content this is; null if cleared"),
        sa.Column("before", sa.Text, comment="the origin of what counted before"),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name="fk_decisions_by"),
        sa.ForeignKeyConstraint(["report"], ["reports.id"], name="fk_decisions_report"),
        sa.ForeignKeyConstraint(["reviewer"], ["people.id"], name="fk_decisions_reviewer"),
        sa.PrimaryKeyConstraint("seq", name="pk_decisions"),
    )
    op.create_index("ix_decisions_act", "decisions", ["act"])
    op.create_index("ix_decisions_id", "decisions", ["id"], unique=True)
    op.create_index("ix_decisions_report_seq", "decisions", ["report", "seq"])
    op.create_table(
        "drafts",
        sa.Column("report", sa.Text, nullable=False),
        sa.Column("finding", sa.Text, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("text", words, nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name="fk_drafts_person"),
        sa.ForeignKeyConstraint(["report"], ["reports.id"], name="fk_drafts_report"),
        sa.PrimaryKeyConstraint("report", "finding", "person", name="pk_drafts"),
    )
    op.create_table(
        "leases",
        sa.Column("report", sa.Text, nullable=False),
        sa.Column("holder", sa.Text, nullable=False),
        sa.Column("since", moment, nullable=False),
        sa.Column("until", moment, nullable=False),
        sa.Column("finished", moment),
        sa.ForeignKeyConstraint(["holder"], ["people.id"], name="fk_leases_holder"),
        sa.ForeignKeyConstraint(["report"], ["reports.id"], name="fk_leases_report"),
        sa.PrimaryKeyConstraint("report", "holder", name="pk_leases"),
    )
    op.create_index("ix_leases_holder", "leases", ["holder"])
    op.create_table(
        "passwords",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("hash", sa.Text, nullable=False, comment="argon2id, with its parameters and salt"),
        sa.Column("at", moment, nullable=False),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name="fk_passwords_person"),
        sa.PrimaryKeyConstraint("id", name="pk_passwords"),
        comment="the latest one of a person holds",
    )
    op.create_index("ix_passwords_person_at", "passwords", ["person", "at"])
    op.create_table(
        "proposals",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("what", words, nullable=False),
        sa.Column("reason", words, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("settled_by", sa.Text),
        sa.Column("settled_at", moment),
        sa.Column("approved", sa.Boolean),
        sa.ForeignKeyConstraint(["by"], ["people.id"], name="fk_proposals_by"),
        sa.ForeignKeyConstraint(["settled_by"], ["people.id"], name="fk_proposals_settled_by"),
        sa.PrimaryKeyConstraint("id", name="pk_proposals"),
        comment="what a second person is to approve",
    )
    op.create_table(
        "sessions",
        sa.Column("hash", sa.Text, nullable=False, comment="SHA-256 of the token"),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("csrf", sa.Text, nullable=False),
        sa.Column("begun", moment, nullable=False),
        sa.Column("seen", moment, nullable=False),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name="fk_sessions_person"),
        sa.PrimaryKeyConstraint("hash", name="pk_sessions"),
    )
    op.create_index("ix_sessions_person", "sessions", ["person"])
    op.create_table(
        "tokens",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("hash", sa.Text, nullable=False, comment="SHA-256 of the token"),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("name", words, nullable=False),
        sa.Column("made", moment, nullable=False),
        sa.Column("ends", moment),
        sa.Column("used", moment),
        sa.Column("revoked", moment),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name="fk_tokens_person"),
        sa.PrimaryKeyConstraint("id", name="pk_tokens"),
    )
    op.create_index("ix_tokens_hash", "tokens", ["hash"], unique=True)
    op.create_table(
        "works",
        sa.Column("report", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("reviewers", sa.Integer, nullable=False),
        sa.Column("reason", words, nullable=False, comment="why it was returned or reopened"),
        sa.Column("due", sa.Text, nullable=False),
        sa.Column("previous", sa.Text, comment="the report that it was handed in again for"),
        sa.ForeignKeyConstraint(["previous"], ["reports.id"], name="fk_works_previous"),
        sa.ForeignKeyConstraint(["report"], ["reports.id"], name="fk_works_report"),
        sa.PrimaryKeyConstraint("report", name="pk_works"),
    )
    op.create_index("ix_works_previous", "works", ["previous"])
    op.create_table(
        "standing",
        sa.Column("report", sa.Text, nullable=False),
        sa.Column("finding", sa.Text, nullable=False),
        sa.Column("lane", sa.Text, nullable=False),
        sa.Column("decision", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(["decision"], ["decisions.id"], name="fk_standing_decision"),
        sa.ForeignKeyConstraint(["report"], ["reports.id"], name="fk_standing_report"),
        sa.PrimaryKeyConstraint("report", "finding", "lane", name="pk_standing"),
    )

    triggers = _SQLITE
    if op.get_bind().dialect.name == "postgresql":
        op.execute(_APPEND_ONLY)
        triggers = _POSTGRESQL
    for table in ("audit", "decisions"):
        for trigger in triggers.format(table=table).split("CREATE ")[1:]:
            op.execute(f"CREATE {trigger}")
