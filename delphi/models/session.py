"""Sessions that were ended before their time. A session itself is in its cookie; no table knows it."""

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from delphi.extensions import Base
from delphi.models.columns import UtcDateTime


class EndedSession(Base):
    """A session that somebody ended, by its random number: whose it was is not kept.

    Rows go when any session of that age would be over by itself.
    """

    __tablename__ = "ended_session"
    __table_args__ = (Index("ix_ended_session_ended_at", "ended_at"),)

    session_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    ended_at: Mapped[datetime] = mapped_column(UtcDateTime)
