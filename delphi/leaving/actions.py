"""What a panellist can do about being reached and about leaving. One audit row and one commit each."""

import secrets
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, Delete, Update, delete, select, update

from delphi import audit
from delphi.dataset.wishes import Wish, wish_of
from delphi.extensions import db
from delphi.models import (
    AnswersAfterLeaving,
    Comment,
    Contact,
    ContactWish,
    EntryMode,
    Finish,
    Panellist,
    ProfileAnswer,
    Ranking,
    Rating,
    ShownFeedback,
    ShownOrder,
    SignInLink,
    Vote,
    Withdrawal,
)
from delphi.standing import Standing
from delphi.standing.writing import require_still_here

# What is deleted when answers are taken out. Consent stays: it shows that the answers were asked for rightly.
ANSWERS = (Rating, Comment, Ranking, Vote, ProfileAnswer, Finish, ShownOrder, ShownFeedback)
RECEIPT_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that look alike


class AlreadyLeft(Exception):
    """Somebody who has left cannot leave again."""


def keep_wish(wish: Wish, *, standing: Standing, by: str, now: datetime) -> None:
    """Keep how a panellist wants to be contacted; earlier wishes stay in the history.

    What they said already in this round adds no row; in another round it does: they were asked again.
    Raises Conflict for somebody who has left meanwhile.
    """
    require_still_here(standing.panellist_id)
    if wish == wish_of(standing.panellist_id):
        db.session.rollback()
        return
    db.session.add(
        ContactWish(
            panellist_id=standing.panellist_id,
            round_id=wish.round_id,
            channel=wish.channel,
            hours=wish.hours,
            neutral=wish.neutral,
            reminders=wish.reminders,
            paused_until=wish.paused_until,
            answered_at=now,
        )
    )
    audit.record(db.session, at=now, actor=by, action="contact wish kept", study_id=standing.study_id)
    db.session.commit()


def withdraw(
    answers: AnswersAfterLeaving,
    *,
    standing: Standing,
    round_id: int,
    by: str,
    entered: EntryMode,
    now: datetime,
) -> None:
    """Let a panellist leave the study in a round, for good.

    Their contact and wishes are deleted, their links and codes end, a receipt is kept. With REMOVED all that
    they answered is deleted, whoever put it in; whether that is still possible is for the caller to ask.
    Raises AlreadyLeft.
    """
    panellist_id = standing.panellist_id
    _leave_in_round(panellist_id, round_id)
    removes = answers is AnswersAfterLeaving.REMOVED
    counts = _delete_answers(panellist_id) if removes else {}
    db.session.execute(delete(Contact).where(Contact.panellist_id == panellist_id))
    db.session.execute(delete(ContactWish).where(ContactWish.panellist_id == panellist_id))
    ended = _end_links(panellist_id, now=now)
    receipt = "-".join(_letters(4) for _ in range(3))
    row = Withdrawal(
        panellist_id=panellist_id, answers=answers, receipt=receipt, withdrew_at=now, entered=entered
    )
    db.session.add(row)
    action = "left, answers removed" if removes else "left, answers kept"
    audit.record(
        db.session, at=now, actor=by, action=action, study_id=standing.study_id, links_ended=ended, **counts
    )
    db.session.commit()


def _leave_in_round(panellist_id: int, round_id: int) -> None:
    # The lock keeps answers that are being saved from coming in between on PostgreSQL: each points to this
    # row. On SQLite the update begins the one write that there can be.
    db.session.execute(select(Panellist.id).where(Panellist.id == panellist_id).with_for_update())
    still_here = (Panellist.id == panellist_id) & Panellist.withdrew_round_id.is_(None)
    left = update(Panellist).where(still_here).values(withdrew_round_id=round_id).returning(Panellist.id)
    if db.session.execute(left).one_or_none() is None:
        db.session.rollback()
        raise AlreadyLeft


def _delete_answers(panellist_id: int) -> dict[str, int]:
    """How many rows of which table are gone."""
    return {
        table.__tablename__: _rows_of(delete(table).where(table.panellist_id == panellist_id))
        for table in ANSWERS
    }


def _end_links(panellist_id: int, *, now: datetime) -> int:
    # used ones too: each carries a "no thank you", which works until the link's time is over
    good = (SignInLink.panellist_id == panellist_id) & (SignInLink.expires_at > now)
    return _rows_of(update(SignInLink).where(good).values(expires_at=now))


def _rows_of(statement: Delete | Update) -> int:
    """Run it, and count the rows that it changed."""
    return cast(CursorResult[Any], db.session.execute(statement)).rowcount


def _letters(number: int) -> str:
    return "".join(secrets.choice(RECEIPT_LETTERS) for _ in range(number))
