"""The outbox: messages that are owed to panellists, and what became of them."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

STILL_TO_SEND = sa.text("began_at IS NULL AND sent_at IS NULL AND refused_at IS NULL AND dropped_at IS NULL")
ONE_ENDING = (
    "(sent_at IS NULL OR refused_at IS NULL) AND (sent_at IS NULL OR dropped_at IS NULL)"
    " AND (refused_at IS NULL OR dropped_at IS NULL)"
)


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "message",
        sa.Column("id", sa.Integer(), primary_key=True),
        *(part_of(other) for other in ("study", "round", "panellist")),
        sa.Column(
            "cause",
            sa.Enum(
                "invitation", "reminder", name="cause", native_enum=False, create_constraint=True, length=30
            ),
            nullable=False,
        ),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(20), nullable=False),
        sa.Column("key", sa.String(32), nullable=False),
        *(moment("queued_at", optional=False), moment("due_at", optional=False)),
        sa.Column("attempts", sa.Integer(), nullable=False, server_default="0"),
        *(moment("began_at"), moment("sent_at"), moment("refused_at")),
        sa.Column("refusal", sa.String(60), nullable=True),
        moment("dropped_at"),
        sa.Column("dropped_for", sa.String(30), nullable=True),
        sa.Column("stop_hash", sa.String(64), nullable=True),
        sa.UniqueConstraint("round_id", "panellist_id", "cause", "number"),
        sa.UniqueConstraint("key"),
        sa.UniqueConstraint("stop_hash"),
        sa.CheckConstraint("number >= 1", name="number_from_1"),
        sa.CheckConstraint("sent_at IS NULL OR began_at IS NOT NULL", name="sent_only_after_beginning"),
        sa.CheckConstraint(ONE_ENDING, name="one_ending"),
    )
    op.create_index(
        "ix_message_to_send",
        "message",
        ["due_at"],
        sqlite_where=STILL_TO_SEND,
        postgresql_where=STILL_TO_SEND,
    )


def downgrade() -> None:
    """Drop it; what was sent to whom is lost."""
    op.drop_table("message")


def part_of(other: str) -> sa.Column[int]:
    return sa.Column(
        f"{other}_id", sa.Integer(), sa.ForeignKey(f"{other}.id", ondelete="CASCADE"), nullable=False
    )


def moment(name: str, *, optional: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=False), nullable=optional)
