"""The outbox: what is owed is put in, taken out once, and told what became of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage

from sqlalchemy import ColumnElement, and_, func, select, update

from delphi import audit
from delphi.domain.outbox import pause_after
from delphi.extensions import db
from delphi.mail.letter import ADDRESS_NOT_VALID, NOT_WRITABLE, Letter, as_email
from delphi.mail.postbox import Answer, Fate
from delphi.models import Message, MessageCause, SignInLink

WORKER = "worker"


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """A message that is owed to somebody."""

    message_id: int
    study_id: int
    round_id: int
    panellist_id: int
    cause: MessageCause
    language: str
    key: str


@dataclass(frozen=True, slots=True)
class NotNow:
    """The message has to wait until a moment."""

    due_at: datetime


@dataclass(frozen=True, slots=True)
class NotWanted:
    """The message is not wanted any more; `reason` is a code."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """A letter, the hash of the token that stops reminders, and a keyed mark of the address.

    `text_number`: which of the team's own texts it was made of, None for the standard words.
    """

    letter: Letter
    stop_hash: str
    address_mark: str
    text_number: int | None = None


Compose = Callable[[Owed, datetime], Composed | NotNow | NotWanted]


@dataclass(frozen=True, kw_only=True)
class Begun:
    """A message that is being sent now, by this worker alone."""

    message_id: int
    link_hash: str
    email: EmailMessage


def is_waiting() -> ColumnElement[bool]:
    """Whether a message is still to be sent."""
    return and_(
        Message.began_at.is_(None),
        Message.sent_at.is_(None),
        Message.refused_at.is_(None),
        Message.dropped_at.is_(None),
    )


def number_due(*, now: datetime) -> int:
    """Return how many messages are due."""
    return db.session.scalar(select(func.count()).where(is_waiting(), Message.due_at <= now)) or 0


def begin_next(compose: Compose, *, sender: str, now: datetime) -> Begun | None:
    """Take the next message that is due, and put on disk that sending it begins; None if none is due.

    Links are made in the same transaction. Whoever dies before its commit leaves the message waiting, whoever
    dies after it leaves it begun: no other worker takes it again. What cannot be written is refused, so that
    those behind it go out.
    """
    while (row := _take_next(now=now)) is not None:
        composed = compose(_owed(row), now)
        if isinstance(composed, Composed):
            try:
                email = as_email(composed.letter, sender=sender, now=now)
            except NOT_WRITABLE:
                _refuse(row, composed, now=now)
                continue
            row.began_at, row.attempts, row.stop_hash = now, row.attempts + 1, composed.stop_hash
            row.address_mark, row.text_number = composed.address_mark, composed.text_number
            begun = Begun(message_id=row.id, link_hash=composed.letter.link_hash, email=email)
            db.session.commit()
            return begun
        if isinstance(composed, NotNow):
            row.due_at = composed.due_at
        else:
            row.dropped_at, row.dropped_for = now, composed.reason
            _record(row, at=now, action="message not wanted")
        db.session.commit()
    db.session.rollback()
    return None


def end(begun: Begun, answer: Answer, *, now: datetime) -> None:
    """Keep what became of a message that was begun.

    What may come later waits, longer each time. A link that did not go out ends.
    """
    row = db.session.get_one(Message, begun.message_id)
    pause = pause_after(row.attempts)
    if answer.fate is Fate.SENT:
        row.sent_at = now
    elif answer.fate is Fate.LATER and pause is not None:
        row.began_at, row.due_at = None, now + pause
    elif answer.fate is not Fate.UNSURE:
        row.refused_at = now
    row.refusal = answer.codes or None
    if answer.fate in (Fate.LATER, Fate.REFUSED):
        _end_link(begun.link_hash, now=now)
    _record(row, at=now, action=f"message {answer.fate.value}")
    db.session.commit()


def begin_alone() -> None:
    """Begin a transaction in which a row can be taken; on SQLite nobody else writes meanwhile."""
    db.session.rollback()
    connection = db.session.connection()
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _take_next(*, now: datetime) -> Message | None:
    """The next message that is due, locked until the transaction ends; others pass it by (SQLite: wait)."""
    begin_alone()
    query = select(Message).where(is_waiting(), Message.due_at <= now).order_by(Message.due_at, Message.id)
    return db.session.scalar(query.limit(1).with_for_update(skip_locked=True))


def _refuse(row: Message, composed: Composed, *, now: datetime) -> None:
    row.refused_at, row.refusal = now, ADDRESS_NOT_VALID
    _end_link(composed.letter.link_hash, now=now)
    _record(row, at=now, action=f"message {Fate.REFUSED.value}")
    db.session.commit()


def _end_link(link_hash: str, *, now: datetime) -> None:
    db.session.execute(update(SignInLink).where(SignInLink.token_hash == link_hash).values(expires_at=now))


def _owed(row: Message) -> Owed:
    return Owed(
        message_id=row.id,
        study_id=row.study_id,
        round_id=row.round_id,
        panellist_id=row.panellist_id,
        cause=row.cause,
        language=row.language,
        key=row.key,
    )


def _record(row: Message, *, at: datetime, action: str) -> None:
    audit.record(
        db.session,
        at=at,
        actor=WORKER,
        action=action,
        study_id=row.study_id,
        panellist=row.panellist_id,
        cause=row.cause.value,
        number=row.number,
        text=row.text_number,
    )
