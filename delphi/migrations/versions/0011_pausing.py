"""A round begins after it was opened, and rests for a while.

Columns are added in plain SQL that both databases take: Alembic would copy the whole table on SQLite, and
dropping the old copy of a table takes along the rows that point to it.
"""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

# By column its check's name and the check; in the order in which each can speak of those before it.
COLUMNS = {
    "begins_at": (
        "begins_at_after_opening",
        "begins_at IS NULL OR (begins_at >= opened_at AND opened_at IS NOT NULL)",
    ),
    "paused_at": ("paused_only_after_opening", "paused_at IS NULL OR opened_at IS NOT NULL"),
    "resumes_at": (
        "resumes_at_after_pausing",
        "resumes_at IS NULL OR (resumes_at >= paused_at AND paused_at IS NOT NULL)",
    ),
}


def upgrade() -> None:
    """Add the beginning and the newest pause."""
    moment = "DATETIME" if op.get_bind().dialect.name == "sqlite" else "TIMESTAMP WITHOUT TIME ZONE"
    for name, (constraint, check) in COLUMNS.items():
        op.execute(
            f"ALTER TABLE round ADD COLUMN {name} {moment} CONSTRAINT ck_round_{constraint} CHECK ({check})"
        )


def downgrade() -> None:
    """Take them away: a round that rests goes on, one that begins later has begun."""
    for name in reversed(COLUMNS):
        op.execute(f"ALTER TABLE round DROP COLUMN {name}")
