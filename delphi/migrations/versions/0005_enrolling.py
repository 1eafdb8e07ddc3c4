"""Uploads of people that wait for a yes, and how many people each group should have."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the two tables."""
    op.create_table(
        "pending_import",
        part_of("study"),
        part_of("user_account", name="user_id"),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=False), nullable=False),
    )
    op.create_index("ix_pending_import_made_at", "pending_import", ["made_at"])
    op.create_table(
        "group_target",
        part_of("stakeholder_group", name="group_id"),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.CheckConstraint("people >= 1", name="people_from_1"),
    )


def downgrade() -> None:
    """Take them back; what waits is lost, and so are the targets."""
    op.drop_table("group_target")
    op.drop_table("pending_import")


def part_of(table: str, *, name: str | None = None) -> sa.Column[int]:
    """A key that points to a table's row and goes with it."""
    owner = sa.ForeignKey(f"{table}.id", ondelete="CASCADE")
    return sa.Column(name or f"{table}_id", sa.Integer(), owner, primary_key=True, nullable=False)
