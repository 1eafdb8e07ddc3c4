"""How an answer meets the closing of its round: one of them waits for the other."""

from datetime import datetime

from sqlalchemy import bindparam, select
from werkzeug.exceptions import Conflict

from delphi.domain.rounds import closing_of
from delphi.extensions import db
from delphi.models import Panellist, Round

_CLOSED_AT = (
    select(Round.closed_at, Round.closes_at)
    .join(Panellist, Panellist.study_id == Round.study_id)
    .where(
        Round.id == bindparam("round_id"),
        Panellist.id == bindparam("panellist_id"),
        Panellist.withdrew_round_id.is_(None),
    )
    .with_for_update(read=True, of=Round)
    .suffix_with("FOR NO KEY UPDATE OF panellist", dialect="postgresql")
)


_STILL_HERE = (
    select(Panellist.id)
    .where(Panellist.id == bindparam("panellist_id"), Panellist.withdrew_round_id.is_(None))
    .with_for_update(key_share=True)
)


def require_still_here(panellist_id: int) -> None:
    """Begin a write of something that belongs to a panellist; Conflict if they have left the study."""
    connection = db.session.connection()
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    if connection.execute(_STILL_HERE, {"panellist_id": panellist_id}).one_or_none() is None:
        db.session.rollback()
        raise Conflict


def begin_writing(*, round_id: int, panellist_id: int, now: datetime) -> datetime | None:
    """When the round closed, None if it is open: and then it stays open until the commit.

    From its planned closing on, a round is closed, also while nobody has written down that it is: what came
    before `now` reached that moment is on time, and who closes the round waits for it.

    PostgreSQL locks the round's row, and the panellist's: what two of their pages send is written one after
    the other, so that what a page has seen tells what it has not. SQLite knows one writer at a time, so the
    write begins here: otherwise a writer that came between this reading and the commit could close the round.
    Raises Conflict for somebody who has left the study since their page was made: nothing of theirs is added.
    """
    connection = db.session.connection()
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    asked = {"round_id": round_id, "panellist_id": panellist_id}
    row = connection.execute(_CLOSED_AT, asked).one_or_none()
    if row is None:
        db.session.rollback()
        raise Conflict
    return closing_of(row.closed_at, row.closes_at, now=now)
