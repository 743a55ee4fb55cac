"""reviews outdated by later reports"""

import sqlalchemy as sa
from alembic import op

revision = "v0002"
down_revision = "v0001"


def upgrade() -> None:
    op.create_table(
        "outdated",
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("edition", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report", "edition"],
            ["reviews.report", "reviews.edition"],
            name=op.f("fk_outdated_report"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("report", "edition", name=op.f("pk_outdated")),
        comment="reviews made before a report was handed in that shares text with theirs",
    )
