"""The panellist's side: who put an answer in, orders with their history, languages, wishes, leaving.

Columns are added in plain SQL that both databases take: Alembic would copy the whole table on SQLite, and
dropping the old copy of a table takes along the rows that point to it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ENTERED = "VARCHAR(30) NOT NULL DEFAULT 'self' CONSTRAINT ck_{table}_entered CHECK (entered IN ({values}))"
ENTERED_TABLES = ("rating", "comment", "consent", "finish")
ENTERED_VALUES = ("self", "helper", "paper")
KINDS = ("comment", "proposal", "reason", "dissent", "private")
STATES = ("draft", "checked")
LINK_KINDS = ("link", "read_out", "come_back")
PEOPLE = ("panellist", "user_account")
NEW_TABLES = (
    *("study_text", "open_link", "profile_answer", "contact_wish", "withdrawal"),
    *("shown_order", "feedback_text", "feedback_parts", "kept_feedback", "shown_feedback", "digest_line"),
    "ended_session",
)
PLACES = sa.table("ranking_place", *map(sa.column, ("ranking_id", "position", "outcome_id")))
OLD_PLACES = sa.table(
    "ranking_place", *map(sa.column, ("id", "round_id", "panellist_id", "position", "outcome_id"))
)
RANKINGS = sa.table(
    "ranking", *map(sa.column, ("id", "round_id", "panellist_id", "late", "answered_at", "entered"))
)
ROUNDS = sa.table("round", *map(sa.column, ("id", "opened_at")))


def upgrade() -> None:
    """Add columns, give orders a history, and create the new tables."""
    for table in ENTERED_TABLES:
        add_closed(table, "entered", ENTERED_VALUES)
    add_closed("comment", "kind", KINDS)
    renew_comment_index("kind", "id")
    op.execute("ALTER TABLE consent ADD COLUMN version VARCHAR(20) NOT NULL DEFAULT '1'")
    op.add_column("consent", text("language", 20, optional=True))
    add_closed("sign_in_link", "kind", LINK_KINDS)
    for table in ("outcome", "wording"):
        op.execute(f"ALTER TABLE {table} ADD COLUMN plain TEXT NOT NULL DEFAULT ''")
    add_closed("wording", "state", STATES)
    op.execute("ALTER TABLE study ADD COLUMN wordings_version VARCHAR(32) NOT NULL DEFAULT '1'")
    op.add_column("panellist", text("language", 20, optional=True))
    op.add_column("panellist", moment("group_confirmed_at", optional=True))
    op.add_column("panellist", text("join_form", 64, optional=True))
    op.create_index("ix_panellist_join_form", "panellist", ["join_form"], unique=True)
    for table in PEOPLE:
        op.add_column(table, moment("sessions_valid_from", optional=True))
    op.execute(
        "UPDATE panellist SET group_confirmed_at ="
        " (SELECT created_at FROM study WHERE study.id = panellist.study_id)"
    )
    give_orders_a_history()
    create_study_tables()
    create_panellist_tables()
    create_shown_tables()
    create_ended_sessions()


def downgrade() -> None:
    """Take it back; private messages and the history of orders are lost, and so is what is new altogether."""
    for table in reversed(NEW_TABLES):
        op.drop_table(table)
    take_the_history_from_orders()
    for table in PEOPLE:
        op.drop_column(table, "sessions_valid_from")
    op.drop_index("ix_panellist_join_form", "panellist")
    for column in ("join_form", "group_confirmed_at", "language"):
        op.drop_column("panellist", column)
    op.drop_column("study", "wordings_version")
    op.drop_column("wording", "state")
    for table in ("outcome", "wording"):
        op.drop_column(table, "plain")
    op.execute("DELETE FROM sign_in_link WHERE kind <> 'link'")
    op.drop_column("sign_in_link", "kind")
    op.drop_column("consent", "language")
    op.drop_column("consent", "version")
    op.execute("DELETE FROM comment WHERE kind <> 'comment'")
    op.drop_index("ix_comment_newest", "comment")
    op.drop_column("comment", "kind")
    op.create_index("ix_comment_newest", "comment", ["round_id", "panellist_id", "outcome_id", "id"])
    for table in ENTERED_TABLES:
        op.drop_column(table, "entered")


def add_closed(table: str, name: str, values: tuple[str, ...]) -> None:
    """Add a column of a closed set whose first value is the default."""
    listed = ", ".join(f"'{value}'" for value in values)
    op.execute(
        f"ALTER TABLE {table} ADD COLUMN {name} VARCHAR(30) NOT NULL DEFAULT '{values[0]}'"
        f" CONSTRAINT ck_{table}_{name} CHECK ({name} IN ({listed}))"
    )


def renew_comment_index(*last: str) -> None:
    op.drop_index("ix_comment_newest", "comment")
    op.create_index("ix_comment_newest", "comment", ["round_id", "panellist_id", "outcome_id", *last])


def give_orders_a_history() -> None:
    bind = op.get_bind()
    rows = bind.execute(sa.select(OLD_PLACES).order_by(OLD_PLACES.c.id)).mappings().all()
    opened = {row.id: row.opened_at for row in bind.execute(sa.select(ROUNDS))}
    op.drop_table("ranking_place")
    op.create_table(
        "ranking",
        *(key("id"), part_of("round"), part_of("panellist"), truth("late"), moment("answered_at")),
        one_of("entered", *ENTERED_VALUES, default="self"),
    )
    op.create_index("ix_ranking_newest", "ranking", ["round_id", "panellist_id", "late", "id"])
    op.create_table(
        "ranking_place",
        *(part_of("ranking", key=True), key("position"), part_of("outcome")),
        sa.UniqueConstraint("ranking_id", "outcome_id"),
        sa.CheckConstraint("position >= 1", name="position_from_1"),
    )
    ids: dict[tuple[int, int], int] = {}
    for row in rows:
        ids.setdefault((row["round_id"], row["panellist_id"]), len(ids) + 1)
    for (round_id, panellist_id), number in ids.items():
        whose = {"round_id": round_id, "panellist_id": panellist_id}
        when = {"late": False, "answered_at": opened[round_id], "entered": "self"}
        bind.execute(sa.insert(RANKINGS).values(id=number, **whose, **when))
    for row in rows:
        ranking_id = ids[row["round_id"], row["panellist_id"]]
        place = {"position": row["position"], "outcome_id": row["outcome_id"]}
        bind.execute(sa.insert(PLACES).values(ranking_id=ranking_id, **place))
    if bind.dialect.name == "postgresql" and ids:
        op.execute(f"SELECT setval(pg_get_serial_sequence('ranking', 'id'), {len(ids)})")


def take_the_history_from_orders() -> None:
    """Keep of each person's orders the newest on time."""
    bind = op.get_bind()
    newest = (
        sa.select(sa.func.max(RANKINGS.c.id))
        .where(sa.not_(RANKINGS.c.late))
        .group_by(RANKINGS.c.round_id, RANKINGS.c.panellist_id)
    )
    query = (
        sa.select(RANKINGS.c.round_id, RANKINGS.c.panellist_id, PLACES.c.position, PLACES.c.outcome_id)
        .join(PLACES, PLACES.c.ranking_id == RANKINGS.c.id)
        .where(RANKINGS.c.id.in_(newest))
    )
    rows = [dict(row) for row in bind.execute(query).mappings()]
    op.drop_table("ranking_place")
    op.drop_table("ranking")
    op.create_table(
        "ranking_place",
        *(key("id"), part_of("round"), part_of("panellist"), whole("position"), part_of("outcome")),
        sa.UniqueConstraint("round_id", "panellist_id", "position"),
        sa.UniqueConstraint("round_id", "panellist_id", "outcome_id"),
        sa.CheckConstraint("position >= 1", name="position_from_1"),
    )
    for row in rows:
        bind.execute(sa.insert(OLD_PLACES).values(**row))


def create_study_tables() -> None:
    op.create_table(
        "study_text",
        *(part_of("study", key=True), text("language", 20, key=True), text("key", 300, key=True)),
        *(whole("position"), text("text"), one_of("state", *STATES)),
    )
    op.create_table(
        "open_link",
        *(key("id"), part_of("study"), text("token", 64)),
        *(moment("made_at"), moment("ended_at", optional=True)),
        sa.UniqueConstraint("token"),
    )


def create_panellist_tables() -> None:
    op.create_table(
        "profile_answer",
        *(key("id"), part_of("panellist"), text("question", 40), text("answer"), moment("answered_at")),
        one_of("entered", *ENTERED_VALUES, default="self"),
    )
    op.create_index("ix_profile_answer_newest", "profile_answer", ["panellist_id", "question", "id"])
    op.create_table(
        "contact_wish",
        *(key("id"), part_of("panellist"), part_of("round", optional=True)),
        one_of("channel", "email", "message", "telephone", "none"),
        one_of("hours", "any", "morning", "afternoon", "evening"),
        truth("neutral"),
        one_of("reminders", "wanted", "paused", "stopped"),
        sa.Column("paused_until", sa.Date(), nullable=True),
        moment("answered_at"),
    )
    op.create_index("ix_contact_wish_newest", "contact_wish", ["panellist_id", "id"])
    op.create_table(
        "withdrawal",
        *(part_of("panellist", key=True), one_of("answers", "kept", "removed")),
        *(text("receipt", 40, optional=True), moment("withdrew_at")),
        one_of("entered", *ENTERED_VALUES, default="self"),
    )


def create_shown_tables() -> None:
    op.create_table(
        "shown_order",
        *(part_of("round", key=True), part_of("panellist", key=True)),
        *(sa.Column("outcome_ids", sa.JSON(), nullable=False), moment("drawn_at")),
    )
    op.create_table("feedback_text", text("sha256", 64, key=True), text("text"))
    op.create_table(
        "feedback_parts",
        *(part_of("round", key=True), sa.Column("parts", sa.JSON(), nullable=False), moment("decided_at")),
    )
    op.create_table(
        "kept_feedback",
        *(part_of("round", key=True), part_of("outcome", key=True), text("criterion", 40, key=True)),
        *(sa.Column("number", sa.Integer(), primary_key=True), text("sha256", 64), moment("kept_at")),
    )
    op.create_table(
        "shown_feedback",
        *(key("id"), part_of("round"), part_of("panellist"), part_of("outcome")),
        *(text("sha256", 64), moment("shown_at")),
        sa.UniqueConstraint("round_id", "panellist_id", "outcome_id", "sha256"),
    )
    op.create_table(
        "digest_line",
        *(key("id"), part_of("round"), part_of("outcome", optional=True), whole("edition")),
        *(whole("position"), text("text"), text("language", 20, optional=True), moment("written_at")),
        sa.UniqueConstraint("round_id", "outcome_id", "edition", "position"),
    )


def create_ended_sessions() -> None:
    op.create_table("ended_session", text("session_id", 40, key=True), moment("ended_at"))
    op.create_index("ix_ended_session_ended_at", "ended_session", ["ended_at"])


def key(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), primary_key=True)


def part_of(table: str, *, key: bool = False, optional: bool = False) -> sa.Column[int]:
    owner = sa.ForeignKey(f"{table}.id", ondelete="CASCADE")
    return sa.Column(f"{table}_id", sa.Integer(), owner, primary_key=key, nullable=optional)


def text(
    name: str, length: int | None = None, *, key: bool = False, optional: bool = False
) -> sa.Column[str]:
    return sa.Column(name, sa.String(length) if length else sa.Text(), primary_key=key, nullable=optional)


def whole(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)


def truth(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False)


def moment(name: str, *, optional: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=False), nullable=optional)


def one_of(name: str, *values: str, default: str | None = None) -> sa.Column[str]:
    kind = sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=30)
    return sa.Column(name, kind, nullable=False, server_default=default)
