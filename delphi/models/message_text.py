"""The team's own words for messages, and what came back of those that were sent."""

from datetime import datetime

from sqlalchemy import CheckConstraint, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from delphi.extensions import Base
from delphi.models.columns import Id, UtcDateTime, cascade, closed_set
from delphi.models.outbox import MessageCause


class MessageText(Base):
    """What a study's messages of one cause say in one language. Each save has a `number`, the highest counts.

    Of two saves that follow the same one the key lets in only the first. `subject` "": the neutral one;
    `text` "": the standard words are back.
    """

    __tablename__ = "message_text"
    __table_args__ = (CheckConstraint("number >= 1", name="number_from_1"),)

    study_id: Mapped[int] = mapped_column(cascade("study.id"), primary_key=True)
    cause: Mapped[MessageCause] = mapped_column(closed_set(MessageCause, "cause"), primary_key=True)
    language: Mapped[str] = mapped_column(String(20), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(String(100))
    text: Mapped[str] = mapped_column(Text)
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Bounce(Base):
    """A mail server's report that a message could not be delivered, or not yet. No address and no text.

    `permanent` False: it may still arrive. The same report read twice is one row.
    """

    __tablename__ = "bounce"
    __table_args__ = (UniqueConstraint("message_id", "permanent", "code"),)

    id: Mapped[Id]
    message_id: Mapped[int] = mapped_column(cascade("message.id"))
    permanent: Mapped[bool]
    code: Mapped[str] = mapped_column(String(11))
    read_at: Mapped[datetime] = mapped_column(UtcDateTime)
