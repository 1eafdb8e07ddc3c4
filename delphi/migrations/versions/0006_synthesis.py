"""Deciding between rounds: decisions with their history, remarks, signatures, what panellists are told."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

KINDS = ("keep", "drop", "reword", "merge", "split", "add", "undo")


def upgrade() -> None:
    """Create the tables of decisions, and give steps of the lineage their words for panellists."""
    op.execute("ALTER TABLE lineage_step ADD COLUMN told TEXT NOT NULL DEFAULT ''")
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), primary_key=True),
        part_of("round"),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(*KINDS, name="kind", native_enum=False, create_constraint=True, length=30),
            nullable=False,
        ),
        *(text("reason"), text("told")),
        sa.Column("undoes", sa.Integer(), nullable=True),
        *(user(), moment("decided_at")),
        sa.UniqueConstraint("round_id", "number"),
        sa.CheckConstraint("(kind = 'undo') = (undoes IS NOT NULL)", name="undo_names_a_decision"),
        sa.CheckConstraint("kind = 'undo' OR reason <> ''", name="has_a_reason"),
    )
    create_parts_of_decisions()
    create_tables_of_lists()


def downgrade() -> None:
    """Take it back; decisions, remarks and signatures are lost, the steps made of them stay."""
    for table in ("made_list", "list_signature", "list_remark"):
        op.drop_table(table)
    for table in ("decision_comment", "decision_result", "decision_source", "decision"):
        op.drop_table(table)
    op.drop_column("lineage_step", "told")


def create_parts_of_decisions() -> None:
    place = ("position", sa.Integer())
    op.create_table(
        "decision_source",
        *(part_of("decision", key=True), sa.Column(*place, primary_key=True), part_of("outcome")),
    )
    op.create_table(
        "decision_result",
        *(part_of("decision", key=True), sa.Column(*place, primary_key=True)),
        *(text("label", 300), text("descriptor"), text("plain"), text("domain", 200)),
    )
    op.create_table("decision_comment", *(part_of("decision", key=True), part_of("comment", key=True)))


def create_tables_of_lists() -> None:
    op.create_table(
        "list_remark",
        *(sa.Column("id", sa.Integer(), primary_key=True), part_of("round")),
        *(part_of("outcome", optional=True), user(), text("text"), moment("written_at")),
    )
    op.create_index("ix_list_remark_round", "list_remark", ["round_id"])
    op.create_table(
        "list_signature",
        *(sa.Column("id", sa.Integer(), primary_key=True), part_of("round"), user()),
        *(text("name", 200), text("sha256", 64), text("text"), moment("signed_at")),
        sa.UniqueConstraint("round_id", "user_id", "sha256"),
    )
    op.create_table(
        "made_list",
        *(part_of("round", key=True), user(), text("sha256", 64), text("text"), moment("made_at")),
    )


def part_of(table: str, *, key: bool = False, optional: bool = False) -> sa.Column[int]:
    owner = sa.ForeignKey(f"{table}.id", ondelete="CASCADE")
    return sa.Column(f"{table}_id", sa.Integer(), owner, primary_key=key, nullable=optional)


def user() -> sa.Column[int]:
    return sa.Column("user_id", sa.Integer(), sa.ForeignKey("user_account.id"), nullable=False)


def text(name: str, length: int | None = None) -> sa.Column[str]:
    return sa.Column(name, sa.String(length) if length else sa.Text(), nullable=False)


def moment(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=False), nullable=False)
