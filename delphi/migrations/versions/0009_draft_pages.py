"""More pages of a draft: criteria, questions about oneself, joining and leaving, support.

Nothing points to the table, so SQLite, which cannot change a CHECK, gets a new copy of it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

TABLE, FORMER, CHECK = "study_draft_part", "study_draft_part_former", "ck_study_draft_part_part"
PARTS = ("about", "outcomes", "scale", "groups", "rounds", "consensus", "feedback", "texts")
ADDED = ("criteria", "profile", "joining", "support")


def upgrade() -> None:
    """Let the new parts in."""
    _allow((*PARTS, *ADDED))


def downgrade() -> None:
    """Take them away, with what was saved in them."""
    table = sa.table(TABLE, sa.column("part"))
    op.execute(sa.delete(table).where(table.c.part.in_(ADDED)))
    _allow(PARTS)


def _listed(parts: tuple[str, ...]) -> str:
    return ", ".join(f"'{part}'" for part in parts)


def _allow(parts: tuple[str, ...]) -> None:
    if op.get_bind().dialect.name != "sqlite":
        op.execute(f"ALTER TABLE {TABLE} DROP CONSTRAINT {CHECK}")
        op.execute(f"ALTER TABLE {TABLE} ADD CONSTRAINT {CHECK} CHECK (part IN ({_listed(parts)}))")
        return
    op.rename_table(TABLE, FORMER)
    op.create_table(
        TABLE,
        sa.Column(
            "draft_id", sa.Integer(), sa.ForeignKey("study_draft.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column(
            "part",
            sa.Enum(*parts, name="part", native_enum=False, create_constraint=True, length=30),
            primary_key=True,
        ),
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("number >= 1", name="number_from_1"),
    )
    columns = ("draft_id", "part", "number", "answers", "saved_at")
    kept = sa.select(*sa.table(FORMER, *map(sa.column, columns)).columns)
    op.execute(sa.insert(sa.table(TABLE, *map(sa.column, columns))).from_select(columns, kept))
    op.drop_table(FORMER)
