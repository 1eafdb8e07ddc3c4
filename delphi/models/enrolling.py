"""People whom the team is about to put on the panel."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from delphi.extensions import Base
from delphi.models.columns import UtcDateTime, cascade


class PendingImport(Base):
    """An upload that waits for its user's yes, sealed like contacts; one a user and study, for an hour."""

    __tablename__ = "pending_import"
    __table_args__ = (Index("ix_pending_import_made_at", "made_at"),)

    study_id: Mapped[int] = mapped_column(cascade("study.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(cascade("user_account.id"), primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


class GroupTarget(Base):
    """How many people the team wants in a group."""

    __tablename__ = "group_target"
    __table_args__ = (CheckConstraint("people >= 1", name="people_from_1"),)

    group_id: Mapped[int] = mapped_column(cascade("stakeholder_group.id"), primary_key=True)
    people: Mapped[int]
