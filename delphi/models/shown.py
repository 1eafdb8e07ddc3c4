"""What was shown to whom: the order of outcomes, the feedback, and what the team wrote for it."""

from datetime import datetime

from sqlalchemy import JSON, String, Text, UniqueConstraint
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


class FeedbackParts(Base):
    """Which groups are counted together when a round's answers are shown: decided once, lists of codes."""

    __tablename__ = "feedback_parts"

    round_id: Mapped[int] = mapped_column(cascade("round.id"), primary_key=True)
    parts: Mapped[list[list[str]]] = mapped_column(JSON)
    decided_at: Mapped[datetime] = mapped_column(UtcDateTime)


class KeptFeedback(Base):
    """The groups' answers to an outcome of a round as they are shown, kept since somebody first saw them.

    Counts that are taken while the round is open have newer ones after them: the highest `number` is shown.
    """

    __tablename__ = "kept_feedback"

    round_id: Mapped[int] = mapped_column(cascade("round.id"), primary_key=True)
    outcome_id: Mapped[int] = mapped_column(cascade("outcome.id"), primary_key=True)
    criterion: Mapped[str] = mapped_column(String(40), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64))
    kept_at: Mapped[datetime] = mapped_column(UtcDateTime)


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
    """What the team wrote together from comments of a round, to be shown in later rounds.

    Each save of a round's digest is an `edition`, from 1. The lines of the last edition in which an outcome,
    or the whole round, has any count; one empty line: none. `language` None: the study's first.
    """

    __tablename__ = "digest_line"
    __table_args__ = (UniqueConstraint("round_id", "outcome_id", "edition", "position"),)

    id: Mapped[Id]
    round_id: Mapped[int] = mapped_column(cascade("round.id"))
    outcome_id: Mapped[int | None] = mapped_column(cascade("outcome.id"))
    edition: Mapped[int]
    position: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    language: Mapped[str | None] = mapped_column(String(20))
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
