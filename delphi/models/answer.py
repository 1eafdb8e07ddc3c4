"""Answers: ratings, comments, votes, places in a ranking. Rows are added, never overwritten."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from analysis.study.records import EntryMode, Missing
from delphi.extensions import Base
from delphi.models.columns import Id, UtcDateTime, cascade, closed_set

NO_SCORE = text("missing IS NOT NULL")


class TextKind(StrEnum):
    """What a free text is for; those of `analysis.study.records.CommentKind`, and what leaves no study."""

    COMMENT = "comment"
    PROPOSAL = "proposal"
    REASON = "reason"
    DISSENT = "dissent"
    PRIVATE = "private"


class Rating(Base):
    """A score, or why there is none. `late`: it came after the round had closed."""

    __tablename__ = "rating"
    __table_args__ = (
        CheckConstraint("(score IS NULL) <> (missing IS NULL)", name="score_or_missing"),
        # both hold every column that "the newest on-time answer" asks for: of a person, or of a few outcomes
        Index("ix_rating_by_panellist", "round_id", "panellist_id", "outcome_id", "criterion", "late", "id"),
        Index("ix_rating_by_outcome", "round_id", "outcome_id", "criterion", "panellist_id", "late", "id"),
        # a person's first and last answer, and who skipped or could not say: asked of a round while it runs
        Index("ix_rating_in_time", "round_id", "panellist_id", "late", "id"),
        Index(
            "ix_rating_missing", "round_id", "outcome_id", sqlite_where=NO_SCORE, postgresql_where=NO_SCORE
        ),
    )

    id: Mapped[Id]
    round_id: Mapped[int] = mapped_column(cascade("round.id"))
    panellist_id: Mapped[int] = mapped_column(cascade("panellist.id"))
    outcome_id: Mapped[int] = mapped_column(cascade("outcome.id"))
    criterion: Mapped[str] = mapped_column(String(40))
    score: Mapped[int | None]
    missing: Mapped[Missing | None] = mapped_column(closed_set(Missing, "missing"))
    late: Mapped[bool]
    answered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    entered: Mapped[EntryMode] = mapped_column(
        closed_set(EntryMode, "entered"), default=EntryMode.SELF, server_default=EntryMode.SELF
    )


class Comment(Base):
    """Free text about an outcome or the whole round; a newer empty one of its kind takes an older one back.

    A `private` one is for the team alone: it is in no bundle and is shown to nobody else.
    """

    __tablename__ = "comment"
    __table_args__ = (Index("ix_comment_newest", "round_id", "panellist_id", "outcome_id", "kind", "id"),)

    id: Mapped[Id]
    round_id: Mapped[int] = mapped_column(cascade("round.id"))
    panellist_id: Mapped[int] = mapped_column(cascade("panellist.id"))
    outcome_id: Mapped[int | None] = mapped_column(cascade("outcome.id"))
    text: Mapped[str] = mapped_column(Text)
    late: Mapped[bool]
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
    kind: Mapped[TextKind] = mapped_column(
        closed_set(TextKind, "kind"), default=TextKind.COMMENT, server_default=TextKind.COMMENT
    )
    entered: Mapped[EntryMode] = mapped_column(
        closed_set(EntryMode, "entered"), default=EntryMode.SELF, server_default=EntryMode.SELF
    )


class Vote(Base):
    """A place on a workshop's ballot."""

    __tablename__ = "vote"
    __table_args__ = (
        UniqueConstraint("round_id", "ballot", "panellist_id", "position"),
        UniqueConstraint("round_id", "ballot", "panellist_id", "outcome_id"),
        CheckConstraint("position >= 1", name="position_from_1"),
    )

    id: Mapped[Id]
    round_id: Mapped[int] = mapped_column(cascade("round.id"))
    ballot: Mapped[str] = mapped_column(String(40))
    panellist_id: Mapped[int] = mapped_column(cascade("panellist.id"))
    position: Mapped[int]
    outcome_id: Mapped[int] = mapped_column(cascade("outcome.id"))


class Ranking(Base):
    """An order that a panellist gave; a newer one stands for an older one. Without places: taken back."""

    __tablename__ = "ranking"
    __table_args__ = (Index("ix_ranking_newest", "round_id", "panellist_id", "late", "id"),)

    id: Mapped[Id]
    round_id: Mapped[int] = mapped_column(cascade("round.id"))
    panellist_id: Mapped[int] = mapped_column(cascade("panellist.id"))
    late: Mapped[bool]
    answered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    entered: Mapped[EntryMode] = mapped_column(
        closed_set(EntryMode, "entered"), default=EntryMode.SELF, server_default=EntryMode.SELF
    )


class RankingPlace(Base):
    """A place in an order, 1 = first."""

    __tablename__ = "ranking_place"
    __table_args__ = (
        UniqueConstraint("ranking_id", "outcome_id"),
        CheckConstraint("position >= 1", name="position_from_1"),
    )

    ranking_id: Mapped[int] = mapped_column(cascade("ranking.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    outcome_id: Mapped[int] = mapped_column(cascade("outcome.id"))


class Finish(Base):
    """A panellist said that they had finished a round; they may still change answers until it closes."""

    __tablename__ = "finish"

    round_id: Mapped[int] = mapped_column(cascade("round.id"), primary_key=True)
    panellist_id: Mapped[int] = mapped_column(cascade("panellist.id"), primary_key=True)
    finished_at: Mapped[datetime] = mapped_column(UtcDateTime)
    entered: Mapped[EntryMode] = mapped_column(
        closed_set(EntryMode, "entered"), default=EntryMode.SELF, server_default=EntryMode.SELF
    )
