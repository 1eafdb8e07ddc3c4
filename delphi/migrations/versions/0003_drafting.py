"""Drafts of studies, each part with its history."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

PARTS = ("about", "outcomes", "scale", "groups", "rounds", "consensus", "feedback", "texts")


def upgrade() -> None:
    """Create both tables."""
    op.create_table(
        "study_draft",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column(
            "owner_id", sa.Integer(), sa.ForeignKey("user_account.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("protocol", sa.Text(), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("study_id", sa.Integer(), sa.ForeignKey("study.id", ondelete="SET NULL")),
        sa.Column("created_at", sa.DateTime()),
        sa.CheckConstraint("(study_id IS NULL) OR (created_at IS NOT NULL)", name="study_has_its_time"),
    )
    op.create_index("ix_study_draft_owner_id", "study_draft", ["owner_id"])
    op.create_table(
        "study_draft_part",
        sa.Column(
            "draft_id", sa.Integer(), sa.ForeignKey("study_draft.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column(
            "part",
            sa.Enum(*PARTS, name="part", native_enum=False, create_constraint=True, length=30),
            primary_key=True,
        ),
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("number >= 1", name="number_from_1"),
    )


def downgrade() -> None:
    """Take it back; drafts are lost, studies made from them stay."""
    op.drop_table("study_draft_part")
    op.drop_index("ix_study_draft_owner_id", "study_draft")
    op.drop_table("study_draft")
