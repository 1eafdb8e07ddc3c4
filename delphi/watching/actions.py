"""Planning when a round closes: one write, one audit row, one commit."""

from datetime import datetime

from sqlalchemy import or_, update

from delphi import audit
from delphi.extensions import db
from delphi.models import Round


def plan_closing(
    study_id: int, *, round_id: int, round_code: str, closes_at: datetime | None, by: str, now: datetime
) -> bool:
    """Plan when an open round closes, or None: that the team closes it; return whether it was still open.

    A round whose planned moment has come is closed, whoever wants to put it off a moment later: people may
    have been told already that they were late. Raises ValueError for a moment that is not to come.
    """
    if closes_at is not None and closes_at <= now:
        raise ValueError("closes_at: a moment to come")
    planned = (
        update(Round)
        .where(
            Round.id == round_id,
            Round.opened_at.is_not(None),
            Round.closed_at.is_(None),
            or_(Round.closes_at.is_(None), Round.closes_at > now),
        )
        .values(closes_at=closes_at)
    )
    if closes_at is not None:  # somebody may have moved the beginning meanwhile
        planned = planned.where(or_(Round.begins_at.is_(None), Round.begins_at < closes_at))
    if db.session.execute(planned.returning(Round.id)).one_or_none() is None:
        db.session.rollback()
        return False
    audit.record(
        db.session,
        at=now,
        actor=by,
        action="closing planned" if closes_at else "planned closing taken away",
        study_id=study_id,
        round=round_code,
        closes_at=closes_at.isoformat() if closes_at else None,
    )
    db.session.commit()
    return True
