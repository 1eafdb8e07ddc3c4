"""What was shown to whom: the order of outcomes, the feedback, and what the team wrote for it."""

from datetime import datetime

from sqlalchemy import JSON, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from delphi.extensions import Base
from delphi.models.columns import Id, UtcDateTime, cascade


class ShownOrder(Base):
    """The order of outcomes that was drawn for a panellist in a round."""

    __tablename__ = "shown_order"

    round_id: Mapped[int] = mapped_column(cascade("round.id"), primary_key=True)
    panellist_id: Mapped[int] = mapped_column(cascade("panellist.id"), primary_key=True)
    outcome_ids: Mapped[list[int]] = mapped_column(JSON)
    drawn_at: Mapped[datetime] = mapped_column(UtcDateTime)


class FeedbackText(Base):
    """Feedback as it was shown, once for each different content, by its SHA-256."""

    __tablename__ = "feedback_text"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    text: Mapped[str] = mapped_column(Text)


class ShownFeedback(Base):
    """A panellist was shown this feedback on an outcome, for the first time at `shown_at`."""

    __tablename__ = "shown_feedback"
    __table_args__ = (UniqueConstraint("round_id", "panellist_id", "outcome_id", "sha256"),)

    id: Mapped[Id]
    round_id: Mapped[int] = mapped_column(cascade("round.id"))
    panellist_id: Mapped[int] = mapped_column(cascade("panellist.id"))
    outcome_id: Mapped[int] = mapped_column(cascade("outcome.id"))
    sha256: Mapped[str] = mapped_column(String(64))
    shown_at: Mapped[datetime] = mapped_column(UtcDateTime)


class DigestLine(Base):
    """What the team wrote together from comments of a round, to be shown in later rounds."""

    __tablename__ = "digest_line"
    __table_args__ = (Index("ix_digest_line_round", "round_id", "outcome_id", "position"),)

    id: Mapped[Id]
    round_id: Mapped[int] = mapped_column(cascade("round.id"))
    outcome_id: Mapped[int | None] = mapped_column(cascade("outcome.id"))
    position: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
