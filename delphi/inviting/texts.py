"""The team's own words for messages: the text that counts, its older versions, and saving another one."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from delphi import audit
from delphi.extensions import db
from delphi.models import MessageCause, MessageText


class SavedMeanwhile(Exception):
    """Somebody has saved this text since it was read; nothing was changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnText:
    """A saved text. `subject` "": the neutral one; `text` "": the standard words."""

    number: int
    subject: str = ""
    text: str = ""
    saved_at: datetime | None = None

    @property
    def is_standard(self) -> bool:
        """Whether nothing of the team's own is in it."""
        return not (self.subject or self.text)


NOTHING_SAVED = OwnText(number=0)


def texts_of(study_id: int, *, cause: MessageCause, language: str) -> tuple[OwnText, ...]:
    """Return every text that was saved, newest first."""
    query = select(MessageText).where(
        MessageText.study_id == study_id, MessageText.cause == cause, MessageText.language == language
    )
    rows = db.session.scalars(query.order_by(MessageText.number.desc()))
    return tuple(
        OwnText(number=row.number, subject=row.subject, text=row.text, saved_at=row.saved_at) for row in rows
    )


def text_that_counts(study_id: int, *, cause: MessageCause, language: str) -> OwnText:
    """Return the newest text, NOTHING_SAVED where there is none."""
    return next(iter(texts_of(study_id, cause=cause, language=language)), NOTHING_SAVED)


def save_text(
    study_id: int,
    *,
    cause: MessageCause,
    language: str,
    subject: str,
    text: str,
    seen: int,
    by: str,
    now: datetime,
) -> None:
    """Save a text after the save number `seen`; raises SavedMeanwhile if there is a newer one."""
    row = {
        "study_id": study_id,
        "cause": cause,
        "language": language,
        "number": seen + 1,
        "subject": subject,
        "text": text,
        "saved_at": now,
    }
    try:
        db.session.execute(insert(MessageText).values(row))
    except IntegrityError:
        db.session.rollback()
        raise SavedMeanwhile from None
    audit.record(
        db.session,
        at=now,
        actor=by,
        action="message text saved",
        study_id=study_id,
        cause=cause.value,
        language=language,
        number=seen + 1,
    )
    db.session.commit()
