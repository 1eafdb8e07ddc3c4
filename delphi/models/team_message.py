"""Invitations of colleagues that are owed by e-mail; they hold no address, no link and no text."""

from datetime import datetime

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from delphi.extensions import Base
from delphi.models.columns import Id, UtcDateTime, cascade
from delphi.models.outbox import new_key


class TeamMessage(Base):
    """A message for one invitation to a team: at most one each. Its facts are those of `Message`.

    `token_hash`: of the link in the message, a second one that opens the same invitation.
    """

    __tablename__ = "team_message"
    __table_args__ = (
        CheckConstraint("sent_at IS NULL OR began_at IS NOT NULL", name="sent_only_after_beginning"),
        CheckConstraint("sent_at IS NULL OR refused_at IS NULL", name="one_ending"),
    )

    id: Mapped[Id]
    invitation_id: Mapped[int] = mapped_column(cascade("team_invitation.id"), unique=True)
    key: Mapped[str] = mapped_column(String(32), unique=True, default=new_key)
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(default=0, server_default="0")
    began_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    refused_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    refusal: Mapped[str | None] = mapped_column(String(60))
