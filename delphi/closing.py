"""Rounds whose planned closing has passed are closed by the first request that looks at their study."""

from datetime import datetime

from sqlalchemy import ColumnElement, select, update

from delphi import audit
from delphi.domain.rounds import is_due
from delphi.extensions import db
from delphi.models import Round, Study

BY_PLAN = "planned closing"


def has_due_round(*, now: datetime) -> ColumnElement[bool]:
    """Whether a study, in a statement that selects from it, has a round that should have closed by now."""
    return (
        select(Round.id)
        .where(Round.study_id == Study.id, Round.closed_at.is_(None), Round.closes_at <= now)
        .exists()
    )


def close_due_rounds(*, now: datetime, study_id: int | None = None) -> None:
    """Close what should have closed by now, at the planned moment, as the button does: None for all studies.

    Answers on their way hold the round's row: closing waits for them, so that nobody counts while an answer
    that came on time is not yet on disk. Whoever else closes at the same moment, one of them does.
    Begins a transaction of its own: nothing may be waiting to be committed.
    """
    facts = select(Round.id, Round.closed_at, Round.closes_at).where(Round.closed_at.is_(None))
    asked = facts if study_id is None else facts.where(Round.study_id == study_id)
    due = [row.id for row in db.session.execute(asked) if is_due(row.closed_at, row.closes_at, now=now)]
    db.session.rollback()
    if not due:
        return
    connection = db.session.connection()
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    # the moment is asked again: the plan may have been changed while this waited
    closed = (
        update(Round)
        .where(Round.id.in_(due), Round.closed_at.is_(None), Round.closes_at <= now)
        .values(closed_at=Round.closes_at)
        .returning(Round.study_id, Round.code)
    )
    for row in connection.execute(closed).all():
        audit.record(
            db.session, at=now, actor=BY_PLAN, action="round closed", study_id=row.study_id, round=row.code
        )
    db.session.commit()
