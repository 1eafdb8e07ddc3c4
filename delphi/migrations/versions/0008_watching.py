"""Planned closing of a round, and what is asked of its answers while it runs.

The column is added in plain SQL that both databases take: Alembic would copy the whole table on SQLite, and
dropping the old copy of a table takes along the rows that point to it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

NO_SCORE = sa.text("missing IS NOT NULL")


def upgrade() -> None:
    """Add the planned closing and two indexes."""
    moment = "DATETIME" if op.get_bind().dialect.name == "sqlite" else "TIMESTAMP WITHOUT TIME ZONE"
    check = "CONSTRAINT ck_round_closes_at_after_opening CHECK (closes_at IS NULL OR closes_at >= opened_at)"
    op.execute(f"ALTER TABLE round ADD COLUMN closes_at {moment} {check}")
    op.create_index("ix_rating_in_time", "rating", ["round_id", "panellist_id", "late", "id"])
    op.create_index(
        "ix_rating_missing",
        "rating",
        ["round_id", "outcome_id"],
        sqlite_where=NO_SCORE,
        postgresql_where=NO_SCORE,
    )


def downgrade() -> None:
    """Take them away."""
    op.drop_index("ix_rating_missing", "rating")
    op.drop_index("ix_rating_in_time", "rating")
    op.execute("ALTER TABLE round DROP COLUMN closes_at")
