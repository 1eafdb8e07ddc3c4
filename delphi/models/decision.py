"""What a team decides on a round's outcomes, what advisers say to it, and the list that is made of it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from delphi.domain.deciding import DecisionKind
from delphi.extensions import Base
from delphi.models.columns import Id, UtcDateTime, cascade, closed_set

# Without a cascade: whoever decided something stays in the database as long as the decision does.
USER = "user_account.id"


class Decision(Base):
    """A decision on outcomes after a round. Rows are only added; the newest on an outcome counts.

    `number`: its place in the round's history. `told`: the reason as panellists read it. `undoes`: the number
    of the decision that an undo takes back.
    """

    __tablename__ = "decision"
    __table_args__ = (
        UniqueConstraint("round_id", "number"),
        CheckConstraint("(kind = 'undo') = (undoes IS NOT NULL)", name="undo_names_a_decision"),
        CheckConstraint("kind = 'undo' OR reason <> ''", name="has_a_reason"),
    )

    id: Mapped[Id]
    round_id: Mapped[int] = mapped_column(cascade("round.id"))
    number: Mapped[int]
    kind: Mapped[DecisionKind] = mapped_column(closed_set(DecisionKind, "kind"))
    reason: Mapped[str] = mapped_column(Text)
    told: Mapped[str] = mapped_column(Text)
    undoes: Mapped[int | None]
    user_id: Mapped[int] = mapped_column(ForeignKey(USER))
    decided_at: Mapped[datetime] = mapped_column(UtcDateTime)


class DecisionSource(Base):
    """An outcome that a decision is about."""

    __tablename__ = "decision_source"

    decision_id: Mapped[int] = mapped_column(cascade("decision.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    outcome_id: Mapped[int] = mapped_column(cascade("outcome.id"))


class DecisionResult(Base):
    """A new wording that a decision makes; it becomes an outcome when the list is made."""

    __tablename__ = "decision_result"

    decision_id: Mapped[int] = mapped_column(cascade("decision.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    label: Mapped[str] = mapped_column(String(300))
    descriptor: Mapped[str] = mapped_column(Text)
    plain: Mapped[str] = mapped_column(Text)
    domain: Mapped[str] = mapped_column(String(200))


class DecisionComment(Base):
    """A comment that a decision cites; it goes when its author takes it out of the study."""

    __tablename__ = "decision_comment"

    decision_id: Mapped[int] = mapped_column(cascade("decision.id"), primary_key=True)
    comment_id: Mapped[int] = mapped_column(cascade("comment.id"), primary_key=True)


class ListRemark(Base):
    """What somebody of the team says to a list of decisions, or to what became of one outcome."""

    __tablename__ = "list_remark"
    __table_args__ = (Index("ix_list_remark_round", "round_id"),)

    id: Mapped[Id]
    round_id: Mapped[int] = mapped_column(cascade("round.id"))
    outcome_id: Mapped[int | None] = mapped_column(cascade("outcome.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey(USER))
    text: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ListSignature(Base):
    """An adviser's signature under a list: the list's text as it was signed, and its SHA-256."""

    __tablename__ = "list_signature"
    __table_args__ = (UniqueConstraint("round_id", "user_id", "sha256"),)

    id: Mapped[Id]
    round_id: Mapped[int] = mapped_column(cascade("round.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey(USER))
    name: Mapped[str] = mapped_column(String(200))
    sha256: Mapped[str] = mapped_column(String(64))
    text: Mapped[str] = mapped_column(Text)
    signed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class MadeList(Base):
    """That a round's decisions became steps of the lineage, and from which text; no more can be decided."""

    __tablename__ = "made_list"

    round_id: Mapped[int] = mapped_column(cascade("round.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey(USER))
    sha256: Mapped[str] = mapped_column(String(64))
    text: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
