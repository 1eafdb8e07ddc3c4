"""Rounds, the list that each round asks about, and the receipt of its opening."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from delphi.extensions import Base
from delphi.models.columns import Id, UtcDateTime, cascade

IS_OPEN = text("opened_at IS NOT NULL AND closed_at IS NULL")


class Round(Base):
    """One wave of a study; its words and rules are in the protocol, its state follows from its facts.

    `closes_at`: when it is planned to close; None: the team closes it. `begins_at`: when panellists can
    answer first; None: from its opening on. `paused_at` to `resumes_at`: its newest pause, perhaps over.
    """

    __tablename__ = "round"
    __table_args__ = (
        UniqueConstraint("study_id", "code"),
        UniqueConstraint("study_id", "position"),
        CheckConstraint(
            "closed_at IS NULL OR opened_at IS NOT NULL",
            name="closed_only_after_opening",
        ),
        CheckConstraint(
            "closed_at IS NULL OR closed_at >= opened_at",
            name="closed_not_before_opening",
        ),
        CheckConstraint("closes_at IS NULL OR closes_at >= opened_at", name="closes_at_after_opening"),
        CheckConstraint(
            "begins_at IS NULL OR (begins_at >= opened_at AND opened_at IS NOT NULL)",
            name="begins_at_after_opening",
        ),
        CheckConstraint("paused_at IS NULL OR opened_at IS NOT NULL", name="paused_only_after_opening"),
        CheckConstraint(
            "resumes_at IS NULL OR (resumes_at >= paused_at AND paused_at IS NOT NULL)",
            name="resumes_at_after_pausing",
        ),
        Index("ix_round_one_open", "study_id", unique=True, sqlite_where=IS_OPEN, postgresql_where=IS_OPEN),
    )

    id: Mapped[Id]
    study_id: Mapped[int] = mapped_column(cascade("study.id"))
    code: Mapped[str] = mapped_column(String(40))
    position: Mapped[int]
    opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closes_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    begins_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    paused_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    resumes_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ListedOutcome(Base):
    """An outcome in the list that a round asks about, in its place; frozen when the round opens."""

    __tablename__ = "listed_outcome"
    __table_args__ = (UniqueConstraint("round_id", "position"),)

    round_id: Mapped[int] = mapped_column(cascade("round.id"), primary_key=True)
    outcome_id: Mapped[int] = mapped_column(cascade("outcome.id"), primary_key=True)
    position: Mapped[int]


class Receipt(Base):
    """What was frozen when a round opened, in full, and its SHA-256."""

    __tablename__ = "receipt"

    round_id: Mapped[int] = mapped_column(cascade("round.id"), primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64))
    text: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
