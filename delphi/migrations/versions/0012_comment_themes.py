"""Themes of comments, and marks on comments that tell who somebody is."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    in_use = sa.text("merged_at IS NULL")
    op.create_table(
        "theme",
        sa.Column("id", sa.Integer(), primary_key=True),
        owned_by("study"),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("merged_into", sa.Integer(), sa.ForeignKey("theme.id", ondelete="CASCADE"), nullable=True),
        sa.Column("merged_at", sa.DateTime(timezone=False), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=False), nullable=False),
        sa.CheckConstraint("(merged_into IS NULL) = (merged_at IS NULL)", name="merged_at_a_time"),
        sa.CheckConstraint("version >= 1", name="version_from_1"),
    )
    op.create_index(
        "ix_theme_name_in_use",
        "theme",
        ["study_id", "name"],
        unique=True,
        sqlite_where=in_use,
        postgresql_where=in_use,
    )
    op.create_table(
        "comment_theme",
        owned_by("comment", key=True),
        owned_by("theme", key=True),
        by_a_user(),
        sa.Column("coded_at", sa.DateTime(timezone=False), nullable=False),
    )
    op.create_index("ix_comment_theme_theme", "comment_theme", ["theme_id"])
    op.create_table(
        "comment_mark",
        sa.Column("id", sa.Integer(), primary_key=True),
        owned_by("comment"),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("identifying", sa.Boolean(), nullable=False),
        sa.Column("wording", sa.Text(), nullable=False),
        by_a_user(),
        sa.Column("marked_at", sa.DateTime(timezone=False), nullable=False),
        sa.UniqueConstraint("comment_id", "number"),
        sa.CheckConstraint("number >= 1", name="number_from_1"),
        sa.CheckConstraint("identifying OR wording = ''", name="wording_only_if_identifying"),
    )


def downgrade() -> None:
    """Take them away; what was coded and marked is lost, and marked comments go out as they were written."""
    op.drop_table("comment_mark")
    op.drop_table("comment_theme")
    op.drop_table("theme")


def owned_by(table: str, *, key: bool = False) -> sa.Column[int]:
    owner = sa.ForeignKey(f"{table}.id", ondelete="CASCADE")
    return sa.Column(f"{table}_id", sa.Integer(), owner, primary_key=key, nullable=False)


def by_a_user() -> sa.Column[int]:
    return sa.Column("user_id", sa.Integer(), sa.ForeignKey("user_account.id"), nullable=False)
