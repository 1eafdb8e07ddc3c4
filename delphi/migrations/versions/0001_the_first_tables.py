"""The first tables: studies, outcomes, lineage, rounds, panellists, answers, staff, audit.

The names of constraints come from the naming convention in `delphi.extensions`.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TABLES = (
    *("study", "study_document", "stakeholder_group", "user_account", "membership", "audit"),
    *("outcome", "wording", "round", "listed_outcome", "receipt", "lineage_step", "lineage_member"),
    *("panellist", "contact", "consent", "sign_in_link", "finish"),
    *("rating", "comment", "vote", "ranking_place"),
)
PROVENANCE = ("published", "derived", "assumed", "synthetic")
RATING_BY_PANELLIST = ("round_id", "panellist_id", "outcome_id", "criterion", "late", "id")
RATING_BY_OUTCOME = ("round_id", "outcome_id", "criterion", "panellist_id", "late", "id")


def upgrade() -> None:
    """Create every table, each after those that it points to."""
    create_studies()
    create_staff()
    create_outcomes()
    create_rounds()
    create_lineage()
    create_panellists()
    create_sign_in()
    create_answers()
    create_places()


def downgrade() -> None:
    """Drop every table, and with it what it holds."""
    for table in reversed(TABLES):
        op.drop_table(table)


def create_studies() -> None:
    op.create_table(
        "study",
        key("id"),
        *(text("code", 40), text("title", 300), text("protocol"), moment("created_at")),
        sa.UniqueConstraint("code"),
    )
    op.create_table("study_document", part_of("study", key=True), text("name", 100, key=True), text("text"))
    op.create_table(
        "stakeholder_group",
        key("id"),
        *(part_of("study"), text("code", 40), whole("position")),
        sa.UniqueConstraint("study_id", "code"),
    )


def create_staff() -> None:
    op.create_table(
        "user_account",
        key("id"),
        *(
            text("email", 254),
            text("name", 200),
            text("password_hash", 200, optional=True),
            moment("created_at"),
        ),
        sa.UniqueConstraint("email"),
    )
    op.create_table(
        "membership",
        part_of("user_account", column="user_id", key=True),
        part_of("study", key=True),
        one_of("role", "owner", "facilitator", "adviser", "analyst"),
    )
    op.create_table(
        "audit",
        key("id"),
        *(moment("at"), text("actor", 60), text("action", 60)),
        sa.Column("study_id", sa.Integer(), sa.ForeignKey("study.id", ondelete="SET NULL"), nullable=True),
        sa.Column("detail", sa.JSON(), nullable=False),
    )


def create_outcomes() -> None:
    op.create_table(
        "outcome",
        key("id"),
        *(part_of("study"), text("code", 40), whole("position"), text("label", 300), text("descriptor")),
        *(text("domain", 200), one_of("provenance", *PROVENANCE), text("reason")),
        sa.UniqueConstraint("study_id", "code"),
    )
    op.create_table(
        "wording",
        *(
            part_of("outcome", key=True),
            text("language", 20, key=True),
            text("label", 300),
            text("descriptor"),
        ),
    )


def create_rounds() -> None:
    op.create_table(
        "round",
        key("id"),
        *(part_of("study"), text("code", 40), whole("position")),
        *(moment("opened_at", optional=True), moment("closed_at", optional=True)),
        sa.UniqueConstraint("study_id", "code"),
        sa.UniqueConstraint("study_id", "position"),
        sa.CheckConstraint("closed_at IS NULL OR opened_at IS NOT NULL", name="closed_only_after_opening"),
        sa.CheckConstraint("closed_at IS NULL OR closed_at >= opened_at", name="closed_not_before_opening"),
    )
    is_open = sa.text("opened_at IS NOT NULL AND closed_at IS NULL")
    op.create_index(
        "ix_round_one_open",
        "round",
        ["study_id"],
        unique=True,
        sqlite_where=is_open,
        postgresql_where=is_open,
    )
    op.create_table(
        "listed_outcome",
        *(part_of("round", key=True), part_of("outcome", key=True), whole("position")),
        sa.UniqueConstraint("round_id", "position"),
    )
    op.create_table(
        "receipt", part_of("round", key=True), text("sha256", 64), text("text"), moment("made_at")
    )


def create_lineage() -> None:
    op.create_table(
        "lineage_step",
        key("id"),
        *(part_of("study"), part_of("round"), whole("position")),
        one_of("action", "kept", "reworded", "merged", "split", "added", "dropped"),
        text("reason"),
        one_of("evidence", "rule", "ballots", "comments", "judgement"),
        one_of("provenance", *PROVENANCE),
        sa.UniqueConstraint("study_id", "position"),
    )
    op.create_table(
        "lineage_member",
        part_of("lineage_step", column="step_id", key=True),
        *(one_of("side", "from", "to", key=True), key("position"), part_of("outcome")),
    )


def create_panellists() -> None:
    op.create_table(
        "panellist",
        key("id"),
        *(part_of("study"), part_of("stakeholder_group", column="group_id")),
        *(text("code", 40), whole("position")),
        part_of("round", column="joined_round_id"),
        part_of("round", column="withdrew_round_id", optional=True),
        sa.UniqueConstraint("study_id", "code"),
    )
    op.create_table(
        "contact", part_of("panellist", key=True), sa.Column("sealed", sa.LargeBinary(), nullable=False)
    )
    op.create_table(
        "consent",
        key("id"),
        *(part_of("panellist"), part_of("round"), text("wording"), truth("agreed"), moment("answered_at")),
    )
    op.create_index("ix_consent_panellist_round", "consent", ["panellist_id", "round_id"])


def create_sign_in() -> None:
    op.create_table(
        "sign_in_link",
        *(key("id"), text("token_hash", 64)),
        part_of("panellist", optional=True),
        part_of("user_account", column="user_id", optional=True),
        *(moment("created_at"), moment("expires_at"), moment("used_at", optional=True)),
        sa.UniqueConstraint("token_hash"),
        sa.CheckConstraint("(panellist_id IS NULL) <> (user_id IS NULL)", name="for_one_person"),
    )
    op.create_table(
        "finish", part_of("round", key=True), part_of("panellist", key=True), moment("finished_at")
    )


def create_answers() -> None:
    op.create_table(
        "rating",
        key("id"),
        *(part_of("round"), part_of("panellist"), part_of("outcome"), text("criterion", 40)),
        *(
            whole("score", optional=True),
            one_of("missing", "cannot_say", "no_opinion", "skipped", optional=True),
        ),
        *(truth("late"), moment("answered_at")),
        sa.CheckConstraint("(score IS NULL) <> (missing IS NULL)", name="score_or_missing"),
    )
    op.create_index("ix_rating_by_panellist", "rating", RATING_BY_PANELLIST)
    op.create_index("ix_rating_by_outcome", "rating", RATING_BY_OUTCOME)
    op.create_table(
        "comment",
        key("id"),
        *(part_of("round"), part_of("panellist"), part_of("outcome", optional=True)),
        *(text("text"), truth("late"), moment("written_at")),
    )
    op.create_index("ix_comment_newest", "comment", ["round_id", "panellist_id", "outcome_id", "id"])


def create_places() -> None:
    create_places_of("vote", text("ballot", 40))
    create_places_of("ranking_place")


def create_places_of(table: str, *more: sa.Column[str]) -> None:
    whose = ("round_id", *(column.name for column in more), "panellist_id")
    op.create_table(
        table,
        *(key("id"), part_of("round"), part_of("panellist"), whole("position"), part_of("outcome")),
        *more,
        sa.UniqueConstraint(*whose, "position"),
        sa.UniqueConstraint(*whose, "outcome_id"),
        sa.CheckConstraint("position >= 1", name="position_from_1"),
    )


def key(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), primary_key=True)


def part_of(table: str, *, column: str = "", key: bool = False, optional: bool = False) -> sa.Column[int]:
    owner = sa.ForeignKey(f"{table}.id", ondelete="CASCADE")
    return sa.Column(column or f"{table}_id", sa.Integer(), owner, primary_key=key, nullable=optional)


def text(
    name: str, length: int | None = None, *, key: bool = False, optional: bool = False
) -> sa.Column[str]:
    return sa.Column(name, sa.String(length) if length else sa.Text(), primary_key=key, nullable=optional)


def whole(name: str, *, optional: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=optional)


def truth(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False)


def moment(name: str, *, optional: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=False), nullable=optional)


def one_of(name: str, *values: str, key: bool = False, optional: bool = False) -> sa.Column[str]:
    kind = sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=30)
    return sa.Column(name, kind, primary_key=key, nullable=optional)
