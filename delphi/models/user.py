"""Staff: users, their roles in a study; and personal sign-in links of users and panellists."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from delphi.extensions import Base
from delphi.models.columns import Id, UtcDateTime, cascade, closed_set


class Role(StrEnum):
    """What a user may do in a study."""

    OWNER = "owner"
    FACILITATOR = "facilitator"
    ADVISER = "adviser"
    ANALYST = "analyst"


class User(Base):
    """A member of a study's team. `password_hash` is argon2's; None: may sign in by link only.

    `sessions_valid_from`: when they last signed out everywhere else; older sessions have ended.
    """

    __tablename__ = "user_account"

    id: Mapped[Id]
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    password_hash: Mapped[str | None] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sessions_valid_from: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Membership(Base):
    """A user's role in a study; one role a study."""

    __tablename__ = "membership"

    user_id: Mapped[int] = mapped_column(cascade("user_account.id"), primary_key=True)
    study_id: Mapped[int] = mapped_column(cascade("study.id"), primary_key=True)
    role: Mapped[Role] = mapped_column(closed_set(Role, "role"))


class LinkKind(StrEnum):
    """What is handed out: a link, a code to read out on the telephone, a code that a panellist made."""

    LINK = "link"
    READ_OUT = "read_out"
    COME_BACK = "come_back"


class SignInLink(Base):
    """A personal link or code, good once: only the hash of its token is kept."""

    __tablename__ = "sign_in_link"
    __table_args__ = (CheckConstraint("(panellist_id IS NULL) <> (user_id IS NULL)", name="for_one_person"),)

    id: Mapped[Id]
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    panellist_id: Mapped[int | None] = mapped_column(cascade("panellist.id"))
    user_id: Mapped[int | None] = mapped_column(cascade("user_account.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    kind: Mapped[LinkKind] = mapped_column(
        closed_set(LinkKind, "kind"), default=LinkKind.LINK, server_default=LinkKind.LINK
    )
