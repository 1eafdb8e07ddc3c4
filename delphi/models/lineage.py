"""Decisions on outcomes between rounds."""

from enum import StrEnum

from sqlalchemy import Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from analysis.study.records import Evidence, LineageAction
from analysis.study.values import Provenance
from delphi.extensions import Base
from delphi.models.columns import Id, cascade, closed_set


class Side(StrEnum):
    """Whether an outcome goes into a decision or comes out of it."""

    FROM = "from"
    TO = "to"


class LineageStep(Base):
    """One decision after a round, with its reason; `position` is its place in the study's lineage.

    `told`: the reason as panellists read it; "": the reason itself.
    """

    __tablename__ = "lineage_step"
    __table_args__ = (UniqueConstraint("study_id", "position"),)

    id: Mapped[Id]
    study_id: Mapped[int] = mapped_column(cascade("study.id"))
    round_id: Mapped[int] = mapped_column(cascade("round.id"))
    position: Mapped[int]
    action: Mapped[LineageAction] = mapped_column(closed_set(LineageAction, "action"))
    reason: Mapped[str] = mapped_column(Text)
    told: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))
    evidence: Mapped[Evidence] = mapped_column(closed_set(Evidence, "evidence"))
    provenance: Mapped[Provenance] = mapped_column(closed_set(Provenance, "provenance"))


class LineageMember(Base):
    """An outcome on one side of a decision."""

    __tablename__ = "lineage_member"

    step_id: Mapped[int] = mapped_column(cascade("lineage_step.id"), primary_key=True)
    side: Mapped[Side] = mapped_column(closed_set(Side, "side"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    outcome_id: Mapped[int] = mapped_column(cascade("outcome.id"))
