"""The longlist of a draft: outcomes as a review reported them, and each step from them to a list."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, ForeignKeyConstraint, Text
from sqlalchemy.orm import Mapped, mapped_column

from delphi.domain.longlist import StepKind
from delphi.extensions import Base
from delphi.models.columns import UtcDateTime, cascade, closed_set


class LonglistStep(Base):
    """One step. `groups`: what it is about, as `{"rows": [numbers], "name": name once joined}` each.

    Steps are added and never changed; one that was taken back is named by a later one in `undoes`.
    """

    __tablename__ = "longlist_step"
    __table_args__ = (
        CheckConstraint("number >= 1", name="number_from_1"),
        CheckConstraint("(kind = 'undo') = (undoes IS NOT NULL)", name="undo_names_a_step"),
        CheckConstraint("kind <> 'drop' OR reason <> ''", name="dropped_with_a_reason"),
    )

    draft_id: Mapped[int] = mapped_column(cascade("study_draft.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[StepKind] = mapped_column(closed_set(StepKind, "kind"))
    groups: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    area: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    undoes: Mapped[int | None]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ReportedOutcome(Base):
    """An outcome as a source reported it, `number` from 1 in its draft. `load`: the step that brought it."""

    __tablename__ = "reported_outcome"
    __table_args__ = (
        ForeignKeyConstraint(
            ["draft_id", "load"],
            ["longlist_step.draft_id", "longlist_step.number"],
            ondelete="CASCADE",
        ),
        CheckConstraint("number >= 1", name="number_from_1"),
    )

    draft_id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    load: Mapped[int]
    name: Mapped[str] = mapped_column(Text)
    sources: Mapped[list[str]] = mapped_column(JSON)
    area: Mapped[str] = mapped_column(Text)
