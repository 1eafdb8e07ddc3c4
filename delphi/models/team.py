"""Invitations to a study's team, the second factor of its members, and their sessions."""

from datetime import datetime

from sqlalchemy import Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from delphi.extensions import Base
from delphi.models.columns import Id, UtcDateTime, cascade, closed_set
from delphi.models.user import Role


class TeamInvitation(Base):
    """An invitation to a study's team by a link, good once: only the hash of its token is kept."""

    __tablename__ = "team_invitation"

    id: Mapped[Id]
    study_id: Mapped[int] = mapped_column(cascade("study.id"), index=True)
    email: Mapped[str] = mapped_column(String(254))
    role: Mapped[Role] = mapped_column(closed_set(Role, "role"))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class SecondFactor(Base):
    """The key of a user's authenticator, sealed; asked for once `confirmed_at` is set.

    `last_step`: the newest time step whose code was accepted; neither it nor an older one is taken again.
    """

    __tablename__ = "second_factor"

    user_id: Mapped[int] = mapped_column(cascade("user_account.id"), primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_step: Mapped[int]


class RecoveryCode(Base):
    """A code that stands in for the authenticator, once: only its hash is kept."""

    __tablename__ = "recovery_code"

    id: Mapped[Id]
    user_id: Mapped[int] = mapped_column(cascade("user_account.id"), index=True)
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class UserSession(Base):
    """A session that a user began: when, and in what kind of browser. Panellists' are in no table."""

    __tablename__ = "user_session"
    __table_args__ = (Index("ix_user_session_begun_at", "begun_at"),)

    id: Mapped[Id]
    session_id: Mapped[str] = mapped_column(String(40), unique=True)
    user_id: Mapped[int] = mapped_column(cascade("user_account.id"), index=True)
    begun_at: Mapped[datetime] = mapped_column(UtcDateTime)
    browser: Mapped[str] = mapped_column(String(40))
