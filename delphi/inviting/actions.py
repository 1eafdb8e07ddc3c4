"""What the team and panellists do about messages. One audit row and one commit each."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import or_, select, update
from sqlalchemy.exc import IntegrityError

from delphi import audit
from delphi.access.links import hash_of
from delphi.dataset.wishes import Wish, wish_of
from delphi.domain.outbox import CONVERSATION
from delphi.extensions import db
from delphi.inviting.recipients import Recipient
from delphi.models import ContactWish, Message, MessageCause, Panellist, Reminders


class AlreadyPutIn(Exception):
    """Somebody else has just put the same messages in."""


def put_in(
    people: Sequence[Recipient],
    *,
    study_id: int,
    round_id: int,
    round_code: str,
    cause: MessageCause,
    by: str,
    now: datetime,
) -> int:
    """Put a message in the outbox for each person with nothing against it, and return their number.

    Raises AlreadyPutIn, with nothing put in, where one of them is there already.
    """
    wanted = [person for person in people if person.against is None]
    db.session.add_all(
        Message(
            study_id=study_id,
            round_id=round_id,
            panellist_id=person.panellist_id,
            cause=cause,
            number=person.number,
            language=person.language,
            queued_at=now,
            due_at=person.due_at,
        )
        for person in wanted
    )
    audit.record(
        db.session,
        at=now,
        actor=by,
        action="messages put in the outbox",
        study_id=study_id,
        round=round_code,
        cause=cause.value,
        messages=len(wanted),
    )
    try:
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        raise AlreadyPutIn from None
    return len(wanted)


def try_again(message_id: int, *, study_id: int, by: str, now: datetime) -> bool:
    """Send a message again that was refused, or of which nobody knows; False if it is neither (any more)."""
    is_unsure = Message.refusal.is_not(None) | (Message.began_at < now - CONVERSATION)
    mine = (Message.id == message_id, Message.study_id == study_id)
    over = or_(Message.refused_at.is_not(None), Message.began_at.is_not(None) & is_unsure)
    freed = (
        update(Message)
        .where(*mine, Message.sent_at.is_(None), Message.dropped_at.is_(None), over)
        .values(began_at=None, refused_at=None, refusal=None, attempts=0, due_at=now)
        .returning(Message.panellist_id)
    )
    panellist_id = db.session.scalar(freed)
    if panellist_id is None:
        db.session.rollback()
        return False
    audit.record(
        db.session,
        at=now,
        actor=by,
        action="message tried again",
        study_id=study_id,
        panellist=panellist_id,
    )
    db.session.commit()
    return True


def panellist_of_stop(token: str) -> int | None:
    """Return whose reminders a token stops, None if it is none, or they have left."""
    query = (
        select(Message.panellist_id)
        .join(Panellist, Panellist.id == Message.panellist_id)
        .where(Message.stop_hash == hash_of(token), Panellist.withdrew_round_id.is_(None))
    )
    return db.session.scalar(query)


def stop_reminders(panellist_id: int, *, now: datetime) -> None:
    """Keep that a panellist wants no reminders; their other wishes stay. Saying so twice adds nothing."""
    wish = wish_of(panellist_id) or Wish()
    if wish.reminders is Reminders.STOPPED:
        return
    db.session.add(
        ContactWish(
            panellist_id=panellist_id,
            round_id=wish.round_id,
            channel=wish.channel,
            hours=wish.hours,
            neutral=wish.neutral,
            reminders=Reminders.STOPPED,
            paused_until=None,
            answered_at=now,
        )
    )
    study_id = db.session.scalar(select(Panellist.study_id).where(Panellist.id == panellist_id))
    actor = f"panellist:{panellist_id}"
    audit.record(db.session, at=now, actor=actor, action="reminders stopped by link", study_id=study_id)
    db.session.commit()
