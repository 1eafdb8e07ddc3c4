"""Outcomes and their wordings."""

from sqlalchemy import String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from analysis.study.records import TranslationState
from analysis.study.values import Provenance
from delphi.extensions import Base
from delphi.models.columns import Id, cascade, closed_set


class Outcome(Base):
    """What is rated. `position` is its place in the study's table of outcomes; `plain` may be ""."""

    __tablename__ = "outcome"
    __table_args__ = (UniqueConstraint("study_id", "code"),)

    id: Mapped[Id]
    study_id: Mapped[int] = mapped_column(cascade("study.id"))
    code: Mapped[str] = mapped_column(String(40))
    position: Mapped[int]
    label: Mapped[str] = mapped_column(String(300))
    descriptor: Mapped[str] = mapped_column(Text)
    domain: Mapped[str] = mapped_column(String(200))
    provenance: Mapped[Provenance] = mapped_column(closed_set(Provenance, "provenance"))
    reason: Mapped[str] = mapped_column(Text)
    plain: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))


class Wording(Base):
    """An outcome's texts in another language; what is "" there is shown in the study's first one."""

    __tablename__ = "wording"

    outcome_id: Mapped[int] = mapped_column(cascade("outcome.id"), primary_key=True)
    language: Mapped[str] = mapped_column(String(20), primary_key=True)
    label: Mapped[str] = mapped_column(String(300))
    descriptor: Mapped[str] = mapped_column(Text)
    plain: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))
    state: Mapped[TranslationState] = mapped_column(
        closed_set(TranslationState, "state"),
        default=TranslationState.DRAFT,
        server_default=TranslationState.DRAFT,
    )
