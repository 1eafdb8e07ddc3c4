"""People and roles: invitations to a team, the second factor, sessions of users, seals over the trail."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

ROLES = ("owner", "facilitator", "adviser", "analyst")
TABLES = ("team_invitation", "second_factor", "recovery_code", "user_session", "audit_seal")


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "team_invitation",
        *(number("id", key=True), owned_by("study"), text("email", 254)),
        sa.Column(
            "role",
            sa.Enum(*ROLES, name="role", native_enum=False, create_constraint=True, length=30),
            nullable=False,
        ),
        *(text("token_hash", 64), moment("made_at"), moment("expires_at")),
        *(moment("used_at", optional=True), moment("ended_at", optional=True)),
        sa.UniqueConstraint("token_hash"),
    )
    op.create_index("ix_team_invitation_study_id", "team_invitation", ["study_id"])
    op.create_table(
        "second_factor",
        *(owned_by("user_account", key=True), sa.Column("sealed", sa.LargeBinary(), nullable=False)),
        *(moment("made_at"), moment("confirmed_at", optional=True), number("last_step")),
    )
    create_tables_of_users()
    op.create_table(
        "audit_seal",
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False),
        *(number("up_to"), number("rows")),
        *(sa.Column(name, sa.JSON(), nullable=False) for name in ("gaps", "late")),
        *(moment("sealed_at"), text("sha256", 64)),
    )


def downgrade() -> None:
    """Drop them."""
    for table in reversed(TABLES):
        op.drop_table(table)


def create_tables_of_users() -> None:
    op.create_table(
        "recovery_code",
        *(number("id", key=True), owned_by("user_account"), text("code_hash", 64)),
        *(moment("made_at"), moment("used_at", optional=True)),
        sa.UniqueConstraint("code_hash"),
    )
    op.create_index("ix_recovery_code_user_id", "recovery_code", ["user_id"])
    op.create_table(
        "user_session",
        *(number("id", key=True), text("session_id", 40), owned_by("user_account")),
        *(moment("begun_at"), text("browser", 40)),
        sa.UniqueConstraint("session_id"),
    )
    op.create_index("ix_user_session_user_id", "user_session", ["user_id"])
    op.create_index("ix_user_session_begun_at", "user_session", ["begun_at"])


def number(name: str, *, key: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), primary_key=key, nullable=False)


def owned_by(table: str, *, key: bool = False) -> sa.Column[int]:
    owner = sa.ForeignKey(f"{table}.id", ondelete="CASCADE")
    name = f"{table.removesuffix('_account')}_id"
    return sa.Column(name, sa.Integer(), owner, primary_key=key, nullable=False)


def text(name: str, length: int) -> sa.Column[str]:
    return sa.Column(name, sa.String(length), nullable=False)


def moment(name: str, *, optional: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=False), nullable=optional)
