"""A study that is being set up: what was decided so far, page by page. Nothing that was saved is lost."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from delphi.extensions import Base
from delphi.models.columns import Id, UtcDateTime, cascade, closed_set


class Part(StrEnum):
    """The parts of a draft, in the order in which they are asked; each has a page of its own."""

    ABOUT = "about"
    OUTCOMES = "outcomes"
    SCALE = "scale"
    GROUPS = "groups"
    ROUNDS = "rounds"
    CRITERIA = "criteria"
    CONSENSUS = "consensus"
    FEEDBACK = "feedback"
    PROFILE = "profile"
    JOINING = "joining"
    SUPPORT = "support"
    TEXTS = "texts"


class StudyDraft(Base):
    """A study that one user is setting up.

    `protocol` is the `study.toml` of the study that it was copied from, "" where it began with nothing.
    """

    __tablename__ = "study_draft"
    __table_args__ = (
        CheckConstraint("(study_id IS NULL) OR (created_at IS NOT NULL)", name="study_has_its_time"),
    )

    id: Mapped[Id]
    owner_id: Mapped[int] = mapped_column(cascade("user_account.id"), index=True)
    protocol: Mapped[str] = mapped_column(Text)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    study_id: Mapped[int | None] = mapped_column(ForeignKey("study.id", ondelete="SET NULL"))
    created_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class DraftPart(Base):
    """What a part of a draft was saved as. Each save has a `number` of its own, from 1; the highest counts.

    Of two saves that follow the same one the key lets in only the first.
    """

    __tablename__ = "study_draft_part"
    __table_args__ = (CheckConstraint("number >= 1", name="number_from_1"),)

    draft_id: Mapped[int] = mapped_column(cascade("study_draft.id"), primary_key=True)
    part: Mapped[Part] = mapped_column(closed_set(Part, "part"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    answers: Mapped[dict[str, object]] = mapped_column(JSON)
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
