"""The team's own words for messages, bounces, and invitations of colleagues by mail.

Columns are added in plain SQL that both databases take: Alembic would copy the whole table on SQLite, and
dropping the old copy of a table takes along the rows that point to it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

COLUMNS = {"text_number": "INTEGER", "address_mark": "VARCHAR(64)"}


def upgrade() -> None:
    """Create the tables, and columns for what was sent and to which address."""
    op.create_table(
        "message_text",
        owned_by("study", key=True),
        sa.Column(
            "cause",
            sa.Enum(
                "invitation", "reminder", name="cause", native_enum=False, create_constraint=True, length=30
            ),
            primary_key=True,
        ),
        sa.Column("language", sa.String(20), primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("subject", sa.String(100), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=False), nullable=False),
        sa.CheckConstraint("number >= 1", name="number_from_1"),
    )
    op.create_table(
        "bounce",
        sa.Column("id", sa.Integer(), primary_key=True),
        owned_by("message"),
        sa.Column("permanent", sa.Boolean(), nullable=False),
        sa.Column("code", sa.String(11), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=False), nullable=False),
        sa.UniqueConstraint("message_id", "permanent", "code"),
    )
    create_table_of_team_messages()
    for name, kind in COLUMNS.items():
        op.execute(f"ALTER TABLE message ADD COLUMN {name} {kind}")


def downgrade() -> None:
    """Take them away; own words are lost, and which address gave a message back."""
    for name in COLUMNS:
        op.execute(f"ALTER TABLE message DROP COLUMN {name}")
    op.drop_table("team_message")
    op.drop_table("bounce")
    op.drop_table("message_text")


def create_table_of_team_messages() -> None:
    moments = ("due_at", "began_at", "sent_at", "refused_at")
    op.create_table(
        "team_message",
        sa.Column("id", sa.Integer(), primary_key=True),
        owned_by("team_invitation", name="invitation_id"),
        sa.Column("key", sa.String(32), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False, server_default="0"),
        *(sa.Column(name, sa.DateTime(timezone=False), nullable=name != "due_at") for name in moments),
        sa.Column("refusal", sa.String(60), nullable=True),
        *(sa.UniqueConstraint(name) for name in ("invitation_id", "key", "token_hash")),
        sa.CheckConstraint("sent_at IS NULL OR began_at IS NOT NULL", name="sent_only_after_beginning"),
        sa.CheckConstraint("sent_at IS NULL OR refused_at IS NULL", name="one_ending"),
    )


def owned_by(table: str, *, key: bool = False, name: str = "") -> sa.Column[int]:
    owner = sa.ForeignKey(f"{table}.id", ondelete="CASCADE")
    return sa.Column(name or f"{table}_id", sa.Integer(), owner, primary_key=key, nullable=False)
