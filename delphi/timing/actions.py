"""Pausing a round, going on, and moving its beginning: one write, one audit row, one commit each.

Each is done only if the round still stands as it was seen: of two people who press a button at once, one is
told that nothing was changed. Answers on their way hold the round's row, so a pause waits until they are on
disk; those that come after it are kept all the same.
"""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, update

from delphi import audit
from delphi.audit.sealing import seal_if_possible
from delphi.extensions import db
from delphi.models import Round
from delphi.timing.queries import RoundInView


def pause_round(
    round_: RoundInView, *, resumes_at: datetime | None, closes_at: datetime | None, by: str, now: datetime
) -> bool:
    """Pause an open round until a moment, or until the team resumes it; return whether that was done.

    `closes_at`: when it is planned to close from now on. The planned closing that was seen must still be the
    planned one: a pause that somebody chose for another one might end after it.
    """
    if resumes_at is not None and resumes_at <= now:
        raise ValueError("resumes_at: a moment to come")
    has_begun = or_(Round.begins_at.is_(None), Round.begins_at <= now)
    is_awake = or_(Round.paused_at.is_(None), Round.resumes_at <= now)
    changed = _change(
        round_,
        has_begun,
        is_awake,
        Round.closes_at.is_not_distinct_from(round_.closes_at),
        values={"paused_at": now, "resumes_at": resumes_at, "closes_at": closes_at},
        now=now,
    )
    if not changed:
        return False
    moved = {} if closes_at == round_.closes_at else {"closes_at": _iso(closes_at)}
    _record("round paused", round_, by=by, now=now, until=_iso(resumes_at), **moved)
    return True


def resume_round(round_: RoundInView, *, resumes_at: datetime | None, by: str, now: datetime) -> bool:
    """Let a round that rests go on at a moment, or None: when the team says so; return whether it rested.

    A moment that is not before its planned closing is refused with ValueError.
    """
    if resumes_at is not None and round_.closes_at is not None and now < round_.closes_at <= resumes_at:
        raise ValueError("resumes_at: before the planned closing")
    rests = and_(Round.paused_at.is_not(None), or_(Round.resumes_at.is_(None), Round.resumes_at > now))
    fits = Round.closes_at.is_not_distinct_from(round_.closes_at)
    if not _change(round_, rests, fits, values={"resumes_at": resumes_at}, now=now):
        return False
    if resumes_at is not None and resumes_at <= now:
        _record("round resumed", round_, by=by, now=now)
    else:
        _record("end of pause changed", round_, by=by, now=now, until=_iso(resumes_at))
    return True


def begin_round(round_: RoundInView, *, begins_at: datetime, by: str, now: datetime) -> bool:
    """Let a round that was opened for later begin now or at another moment; return whether it had not begun.

    A moment that is not before its planned closing is refused with ValueError.
    """
    if round_.closes_at is not None and begins_at >= round_.closes_at:
        raise ValueError("begins_at: before the planned closing")
    fits = Round.closes_at.is_not_distinct_from(round_.closes_at)
    if not _change(round_, Round.begins_at > now, fits, values={"begins_at": begins_at}, now=now):
        return False
    if begins_at <= now:
        _record("round begun", round_, by=by, now=now)
    else:
        _record("beginning changed", round_, by=by, now=now, begins_at=_iso(begins_at))
    return True


def _change(
    round_: RoundInView, *conditions: ColumnElement[bool], values: dict[str, datetime | None], now: datetime
) -> bool:
    """Change the round if it is open and the conditions hold."""
    is_open = and_(
        Round.id == round_.round_id,
        Round.opened_at.is_not(None),
        Round.closed_at.is_(None),
        or_(Round.closes_at.is_(None), Round.closes_at > now),
    )
    statement = update(Round).where(is_open, *conditions).values(values).returning(Round.id)
    if db.session.execute(statement).one_or_none() is not None:
        return True
    db.session.rollback()
    return False


def _record(action: str, round_: RoundInView, *, by: str, now: datetime, **detail: str | None) -> None:
    study_id = round_.study_id
    audit.record(db.session, at=now, actor=by, action=action, study_id=study_id, round=round_.code, **detail)
    db.session.commit()
    seal_if_possible(db.engine, now=now)


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
