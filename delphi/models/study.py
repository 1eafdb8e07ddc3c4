"""Studies, their stakeholder groups, and the texts that travel with them."""

from datetime import datetime

from sqlalchemy import String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from delphi.extensions import Base
from delphi.models.columns import Id, UtcDateTime, cascade


class Study(Base):
    """One Delphi. `protocol` is its `study.toml`, as the bundle writes it."""

    __tablename__ = "study"

    id: Mapped[Id]
    code: Mapped[str] = mapped_column(String(40), unique=True)
    title: Mapped[str] = mapped_column(String(300))
    protocol: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class StudyDocument(Base):
    """A text of a study's bundle that is kept as it is: README.md, published.toml, synthetic.toml."""

    __tablename__ = "study_document"

    study_id: Mapped[int] = mapped_column(cascade("study.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(100), primary_key=True)
    text: Mapped[str] = mapped_column(Text)


class StakeholderGroup(Base):
    """A stakeholder group of a study; its words are in the protocol."""

    __tablename__ = "stakeholder_group"
    __table_args__ = (UniqueConstraint("study_id", "code"),)

    id: Mapped[Id]
    study_id: Mapped[int] = mapped_column(cascade("study.id"))
    code: Mapped[str] = mapped_column(String(40))
    position: Mapped[int]
