"""The longlist of a draft: what a review reported, and each step from there to a list."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

KINDS = ("load", "join", "area", "drop", "back", "apart", "use", "undo")


def upgrade() -> None:
    """Create both tables."""
    op.create_table(
        "longlist_step",
        sa.Column(
            "draft_id", sa.Integer(), sa.ForeignKey("study_draft.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column(
            "kind",
            sa.Enum(*KINDS, name="kind", native_enum=False, create_constraint=True, length=30),
            nullable=False,
        ),
        sa.Column("groups", sa.JSON(), nullable=False),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.Column("user_id", sa.Integer(), sa.ForeignKey("user_account.id", ondelete="SET NULL")),
        sa.Column("made_at", sa.DateTime(timezone=False), nullable=False),
        sa.CheckConstraint("number >= 1", name="number_from_1"),
        sa.CheckConstraint("(kind = 'undo') = (undoes IS NOT NULL)", name="undo_names_a_step"),
        sa.CheckConstraint("kind <> 'drop' OR reason <> ''", name="dropped_with_a_reason"),
    )
    op.create_table(
        "reported_outcome",
        sa.Column("draft_id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("load", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.Column("area", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id", "load"], ["longlist_step.draft_id", "longlist_step.number"], ondelete="CASCADE"
        ),
        sa.CheckConstraint("number >= 1", name="number_from_1"),
    )


def downgrade() -> None:
    """Take them away, with every longlist."""
    op.drop_table("reported_outcome")
    op.drop_table("longlist_step")
