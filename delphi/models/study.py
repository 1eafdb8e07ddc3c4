"""Studies, their stakeholder groups, and the texts that travel with them."""

import secrets
from datetime import datetime

from sqlalchemy import String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from analysis.study.records import TranslationState
from delphi.extensions import Base
from delphi.models.columns import Id, UtcDateTime, cascade, closed_set


def new_version() -> str:
    """A name that nothing had before, in this database or another."""
    return secrets.token_hex(8)


class Study(Base):
    """One Delphi. `protocol` is its `study.toml`, as the bundle writes it.

    `wordings_version` is another one whenever a name or a description of an outcome was changed, in any
    language: what was read of them under it stays true, and need not be read again.
    """

    __tablename__ = "study"

    id: Mapped[Id]
    code: Mapped[str] = mapped_column(String(40), unique=True)
    title: Mapped[str] = mapped_column(String(300))
    protocol: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    wordings_version: Mapped[str] = mapped_column(String(32), default=new_version, server_default="1")


class StudyDocument(Base):
    """A text of a study's bundle that is kept as it is: README.md, published.toml, synthetic.toml."""

    __tablename__ = "study_document"

    study_id: Mapped[int] = mapped_column(cascade("study.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(100), primary_key=True)
    text: Mapped[str] = mapped_column(Text)


class StudyText(Base):
    """A text of the protocol, or a domain's name, in another language; the bundle's key for it."""

    __tablename__ = "study_text"

    study_id: Mapped[int] = mapped_column(cascade("study.id"), primary_key=True)
    language: Mapped[str] = mapped_column(String(20), primary_key=True)
    key: Mapped[str] = mapped_column(String(300), primary_key=True)
    position: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    state: Mapped[TranslationState] = mapped_column(closed_set(TranslationState, "state"))


class OpenLink(Base):
    """A link by which anybody may join a study until it is ended; it is no secret of one person."""

    __tablename__ = "open_link"

    id: Mapped[Id]
    study_id: Mapped[int] = mapped_column(cascade("study.id"))
    token: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class StakeholderGroup(Base):
    """A stakeholder group of a study; its words are in the protocol."""

    __tablename__ = "stakeholder_group"
    __table_args__ = (UniqueConstraint("study_id", "code"),)

    id: Mapped[Id]
    study_id: Mapped[int] = mapped_column(cascade("study.id"))
    code: Mapped[str] = mapped_column(String(40))
    position: Mapped[int]
