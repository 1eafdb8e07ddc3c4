"""Who is signed in, and which study they are looking at; known for one request."""

from dataclasses import dataclass
from typing import ClassVar

from flask import current_app, g, session
from flask_login import current_user
from sqlalchemy import select

from delphi.extensions import db, login_manager
from delphi.models import Panellist, Role, User
from delphi.web import clock

SIGNED_IN_AT = "signed_in_at"


class SignedIn:
    """What Flask-Login asks of anybody who is signed in."""

    is_authenticated: ClassVar[bool] = True
    is_active: ClassVar[bool] = True
    is_anonymous: ClassVar[bool] = False
    place: ClassVar[str]


@dataclass(frozen=True, kw_only=True)
class SignedInPanellist(SignedIn):
    """A panellist in their session; `place` is where their work begins."""

    panellist_id: int
    study_id: int
    language: str | None
    place: ClassVar[str] = "/rate"

    @property
    def actor(self) -> str:
        """Their name in the audit trail."""
        return f"panellist:{self.panellist_id}"

    def get_id(self) -> str:
        """Their name in the session cookie."""
        return f"p:{self.panellist_id}"


@dataclass(frozen=True, kw_only=True)
class SignedInUser(SignedIn):
    """A member of a study's team in their session; `place` is where their work begins."""

    user_id: int
    name: str
    place: ClassVar[str] = "/studies"

    @property
    def actor(self) -> str:
        """Their name in the audit trail."""
        return f"user:{self.user_id}"

    def get_id(self) -> str:
        """Their name in the session cookie."""
        return f"u:{self.user_id}"


@dataclass(frozen=True, kw_only=True)
class StudyInView:
    """The study of the page that is asked for, and the signed-in user's role in it."""

    study_id: int
    code: str
    title: str
    role: Role


Visitor = SignedInPanellist | SignedInUser


def load_panellist(panellist_id: int) -> SignedInPanellist | None:
    """The panellist with that id, or None if there is none (any more)."""
    query = select(Panellist.study_id, Panellist.language).where(Panellist.id == panellist_id)
    row = db.session.execute(query).one_or_none()
    if row is None:
        return None
    return SignedInPanellist(panellist_id=panellist_id, study_id=row.study_id, language=row.language)


def load_user(user_id: int) -> SignedInUser | None:
    """The user with that id, or None if there is none (any more)."""
    name = db.session.scalar(select(User.name).where(User.id == user_id))
    return None if name is None else SignedInUser(user_id=user_id, name=name)


@login_manager.user_loader  # type: ignore[untyped-decorator]  # Flask-Login has no types
def load_visitor(session_id: str) -> Visitor | None:
    """Whoever a session cookie names, or None; nobody once the time that a session lasts is over."""
    if not _is_in_time(session.get(SIGNED_IN_AT)):
        return None
    kind, _, number = session_id.partition(":")
    if not number.isdecimal():
        return None
    return {"p": load_panellist, "u": load_user}[kind](int(number)) if kind in ("p", "u") else None


def _is_in_time(signed_in_at: float | None) -> bool:
    # Flask counts from the moment when the cookie was last written, which any message to be shown puts off.
    if signed_in_at is None:
        return False
    return clock.now().timestamp() - signed_in_at < current_app.permanent_session_lifetime.total_seconds()


def visitor() -> Visitor | None:
    """Whoever is signed in, or None; asks the database at most once a request."""
    person = current_user._get_current_object()
    return person if isinstance(person, SignedInPanellist | SignedInUser) else None


def panellist() -> SignedInPanellist:
    """The signed-in panellist; only for views that the guard keeps to panellists."""
    person = visitor()
    if not isinstance(person, SignedInPanellist):
        raise LookupError("no panellist is signed in: the view lacks @guard.panellist")
    return person


def user() -> SignedInUser:
    """The signed-in user; only for views that the guard keeps to staff."""
    person = visitor()
    if not isinstance(person, SignedInUser):
        raise LookupError("no user is signed in: the view lacks @guard.staff or @guard.study")
    return person


def study() -> StudyInView:
    """The study in view; only for views that are marked with @guard.study."""
    in_view = g.get("study_in_view")
    if not isinstance(in_view, StudyInView):
        raise LookupError("no study is in view: the view lacks @guard.study")
    return in_view
