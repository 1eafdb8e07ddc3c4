"""Panellists (pseudonymous), their contacts (apart, encrypted) and their consent."""

from datetime import datetime

from sqlalchemy import Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from delphi.extensions import Base
from delphi.models.columns import Id, UtcDateTime, cascade


class Panellist(Base):
    """One pseudonymous person of a study, known by a code."""

    __tablename__ = "panellist"
    __table_args__ = (UniqueConstraint("study_id", "code"),)

    id: Mapped[Id]
    study_id: Mapped[int] = mapped_column(cascade("study.id"))
    group_id: Mapped[int] = mapped_column(cascade("stakeholder_group.id"))
    code: Mapped[str] = mapped_column(String(40))
    position: Mapped[int]
    joined_round_id: Mapped[int] = mapped_column(cascade("round.id"))
    withdrew_round_id: Mapped[int | None] = mapped_column(cascade("round.id"))


class Contact(Base):
    """Name, e-mail and telephone of a panellist, sealed with a key that is not in the database."""

    __tablename__ = "contact"

    panellist_id: Mapped[int] = mapped_column(cascade("panellist.id"), primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class Consent(Base):
    """A panellist's answer to the consent question of a round, with the very wording that was shown."""

    __tablename__ = "consent"
    __table_args__ = (Index("ix_consent_panellist_round", "panellist_id", "round_id"),)

    id: Mapped[Id]
    panellist_id: Mapped[int] = mapped_column(cascade("panellist.id"))
    round_id: Mapped[int] = mapped_column(cascade("round.id"))
    wording: Mapped[str] = mapped_column(Text)
    agreed: Mapped[bool]
    answered_at: Mapped[datetime] = mapped_column(UtcDateTime)
