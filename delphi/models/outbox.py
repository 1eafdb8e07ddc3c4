"""The outbox: which message is owed to whom, and what became of it. It holds no address and no link."""

import secrets
from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from delphi.extensions import Base
from delphi.models.columns import Id, UtcDateTime, cascade, closed_set

STILL_TO_SEND = text("began_at IS NULL AND sent_at IS NULL AND refused_at IS NULL AND dropped_at IS NULL")


class MessageCause(StrEnum):
    """Why a message is sent."""

    INVITATION = "invitation"
    REMINDER = "reminder"


def new_key() -> str:
    """A name that no message had before; it tells nothing about whom the message is for."""
    return secrets.token_hex(16)


class Message(Base):
    """A message that is owed to a panellist; `number` counts those of one cause, from 1.

    `key` makes its Message-ID, the same at each attempt. `began_at` is on disk before the mail server is
    spoken to: with nothing after it, nobody knows whether the message went out, and it is not sent again.
    `refusal` holds codes of the mail server, never its words, which may quote the address. `dropped_at`: when
    its turn came, it was not wanted any more. `stop_hash`: of the token that stops reminders by one click.
    `text_number`: which of the team's own texts in `language` it was begun with, None for the standard words.
    `address_mark`: a keyed mark of the address, so that a new address can be told from one that bounced.
    """

    __tablename__ = "message"
    __table_args__ = (
        UniqueConstraint("round_id", "panellist_id", "cause", "number"),
        UniqueConstraint("key"),
        UniqueConstraint("stop_hash"),
        CheckConstraint("number >= 1", name="number_from_1"),
        CheckConstraint("sent_at IS NULL OR began_at IS NOT NULL", name="sent_only_after_beginning"),
        CheckConstraint(
            "(sent_at IS NULL OR refused_at IS NULL) AND (sent_at IS NULL OR dropped_at IS NULL)"
            " AND (refused_at IS NULL OR dropped_at IS NULL)",
            name="one_ending",
        ),
        Index("ix_message_to_send", "due_at", sqlite_where=STILL_TO_SEND, postgresql_where=STILL_TO_SEND),
    )

    id: Mapped[Id]
    study_id: Mapped[int] = mapped_column(cascade("study.id"))
    round_id: Mapped[int] = mapped_column(cascade("round.id"))
    panellist_id: Mapped[int] = mapped_column(cascade("panellist.id"))
    cause: Mapped[MessageCause] = mapped_column(closed_set(MessageCause, "cause"))
    number: Mapped[int]
    language: Mapped[str] = mapped_column(String(20))
    key: Mapped[str] = mapped_column(String(32), default=new_key)
    queued_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(default=0, server_default="0")
    began_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    refused_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    refusal: Mapped[str | None] = mapped_column(String(60))
    dropped_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    dropped_for: Mapped[str | None] = mapped_column(String(30))
    stop_hash: Mapped[str | None] = mapped_column(String(64))
    text_number: Mapped[int | None]
    address_mark: Mapped[str | None] = mapped_column(String(64))
