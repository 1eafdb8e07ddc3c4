"""Who is signed in, and which study they are looking at; known for one request."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import ClassVar, NamedTuple, Protocol

from flask import current_app, g, session
from flask_login import current_user
from sqlalchemy import bindparam, select

from delphi.domain.sessions import (
    LENGTHS,
    UNLESS_CHOSEN,
    AwayTime,
    SessionState,
    session_state,
    was_on_its_way,
)
from delphi.extensions import ask, login_manager
from delphi.models import EndedSession, EntryMode, Membership, Panellist, Role, User
from delphi.web import clock

SIGNED_IN_AT = "signed_in_at"
SEEN_AT = "seen_at"
NUMBER = "number"  # random; what the session is known by when it has been ended
KEPT_AT = "kept_at"  # when this session ended the person's others
AWAY = "away"
EXIT_EXPLAINED = "exit_explained"
NAME = "_user_id"  # Flask-Login's
ENTERED, ENTERED_BY = "entered", "entered_by"
MAY_ENTER = frozenset({Role.OWNER, Role.FACILITATOR})
SEEN_EVERY = timedelta(minutes=1)  # the cookie is not written with every answer

# In the statement that asks for the person, so that no request asks once more.
_ENDED_AT = (
    select(EndedSession.ended_at)
    .where(EndedSession.session_id == bindparam("session_id"))
    .scalar_subquery()
    .label("ended_at")
)
_PANELLIST = select(
    Panellist.study_id, Panellist.code, Panellist.language, Panellist.sessions_valid_from, _ENDED_AT
).where(Panellist.id == bindparam("panellist_id"))
_USER = select(User.name, User.sessions_valid_from, _ENDED_AT).where(User.id == bindparam("user_id"))
_MEMBER = (
    select(Membership.role, User.sessions_valid_from)
    .join(User, User.id == Membership.user_id)
    .where(Membership.user_id == bindparam("user_id"), Membership.study_id == bindparam("study_id"))
)


class SignedIn:
    """What Flask-Login asks of anybody who is signed in."""

    is_authenticated: ClassVar[bool] = True
    is_active: ClassVar[bool] = True
    is_anonymous: ClassVar[bool] = False
    place: ClassVar[str]


@dataclass(frozen=True, kw_only=True)
class SignedInPanellist(SignedIn):
    """A panellist in their session; `place` is where their work begins.

    `entered_by`: the user who enters answers for them, None where it is the panellist.
    """

    panellist_id: int
    study_id: int
    code: str
    language: str | None
    entered: EntryMode = EntryMode.SELF
    entered_by: int | None = None
    place: ClassVar[str] = "/rate"

    @property
    def actor(self) -> str:
        """Their name in the audit trail; with the user's where one enters answers for them."""
        own = f"panellist:{self.panellist_id}"
        return own if self.entered_by is None else f"user:{self.entered_by} for {own}"

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


class _PanellistRow(Protocol):
    """What the table of panellists says of one, as far as a session needs it."""

    @property
    def study_id(self) -> int: ...

    @property
    def code(self) -> str: ...

    @property
    def language(self) -> str | None: ...


class _InSession(NamedTuple):
    """Whom a session names, and when it was ended, None while it was not."""

    person: Visitor
    ended_at: datetime | None


def load_panellist(panellist_id: int) -> SignedInPanellist | None:
    """The panellist with that id, or None if there is none (any more)."""
    row = ask(_PANELLIST, {"panellist_id": panellist_id, "session_id": None}).one_or_none()
    return None if row is None else _panellist_of(panellist_id, row)


def _panellist_of(panellist_id: int, row: _PanellistRow) -> SignedInPanellist:
    return SignedInPanellist(
        panellist_id=panellist_id, study_id=row.study_id, code=row.code, language=row.language
    )


def load_user(user_id: int) -> SignedInUser | None:
    """The user with that id, or None if there is none (any more)."""
    row = ask(_USER, {"user_id": user_id, "session_id": None}).one_or_none()
    return None if row is None else SignedInUser(user_id=user_id, name=row.name)


@login_manager.user_loader  # type: ignore[untyped-decorator]  # Flask-Login has no types
def load_visitor(session_id: str) -> Visitor | None:
    """Whoever a session cookie names, or None; nobody once the time that a session lasts is over.

    A panellist's ends with their time-out too; teams have none.
    """
    state = _state()
    if state is SessionState.GOOD or (state is SessionState.TIMED_OUT and not _is_panellist(session_id)):
        return _person(session_id)
    return None


def _person(session_id: str, *, handing_in: bool = False) -> Visitor | None:
    """Whom the session names, None if it was ended; `handing_in`: unless what comes in was on its way."""
    kind, _, number = session_id.partition(":")
    if not number.isdecimal() or kind not in ("p", "u"):
        return None
    found = _user_in_session(int(number)) if kind == "u" else _panellist_in_session(int(number))
    if found is None or found.ended_at is None:
        return None if found is None else found.person
    g.session_was_ended = True
    return found.person if handing_in and was_on_its_way(ended_at=found.ended_at, now=clock.now()) else None


def _user_in_session(user_id: int) -> _InSession | None:
    row = ask(_USER, {"user_id": user_id, "session_id": session.get(NUMBER)}).one_or_none()
    if row is None:
        return None
    person = SignedInUser(user_id=user_id, name=row.name)
    return _InSession(person, row.ended_at or _ended_elsewhere(row.sessions_valid_from))


def _panellist_in_session(panellist_id: int) -> _InSession | None:
    """The panellist, marked where a user enters answers for them; None once that user may not any more."""
    row = ask(_PANELLIST, {"panellist_id": panellist_id, "session_id": session.get(NUMBER)}).one_or_none()
    if row is None:
        return None
    person, valid_from = _panellist_of(panellist_id, row), row.sessions_valid_from
    if ENTERED_BY in session:
        user_id = session[ENTERED_BY]
        member = ask(_MEMBER, {"user_id": user_id, "study_id": person.study_id}).one_or_none()
        if member is None or member.role not in MAY_ENTER:
            return None
        person = replace(person, entered=EntryMode(session[ENTERED]), entered_by=user_id)
        valid_from = member.sessions_valid_from  # it is the user's session, which the panellist cannot end
    return _InSession(person, row.ended_at or _ended_elsewhere(valid_from))


def _ended_elsewhere(valid_from: datetime | None) -> datetime | None:
    """When another session of the person ended this one: the older ones, save that which did so."""
    own = session.get(KEPT_AT, session[SIGNED_IN_AT])
    return valid_from if valid_from is not None and valid_from.timestamp() > own else None


def _is_panellist(session_id: str) -> bool:
    return session_id.startswith("p:")


def _state() -> SessionState:
    # Flask counts from the moment when the cookie was last written, which any message to be shown puts off.
    if session.get(SIGNED_IN_AT) is None:
        return SessionState.OVER
    return session_state(
        signed_in_at=_moment(SIGNED_IN_AT),
        seen_at=seen_at(),
        now=clock.now(),
        away=away_time(),
        lasts=current_app.permanent_session_lifetime,
    )


def _moment(name: str) -> datetime:
    return datetime.fromtimestamp(session[name], tz=UTC)


def seen_at() -> datetime:
    """When whoever is signed in last did something."""
    return _moment(SEEN_AT if SEEN_AT in session else SIGNED_IN_AT)


def away_time() -> AwayTime:
    """How long the panellist may be away."""
    return AwayTime(session.get(AWAY, UNLESS_CHOSEN))


def choose_away_time(away: AwayTime) -> None:
    """Keep how long the panellist may be away, on this device; only a week outlives the browser's window."""
    session[AWAY] = away.value
    session.permanent = away is AwayTime.ONE_WEEK


def note_seen(*, at: datetime) -> None:
    """Put the time-out off."""
    if at - seen_at() >= SEEN_EVERY:
        session[SEEN_AT] = at.timestamp()


def time_left(*, now: datetime) -> timedelta:
    """How long the panellist stays signed in without doing anything."""
    return (
        min(seen_at() + LENGTHS[away_time()], _moment(SIGNED_IN_AT) + current_app.permanent_session_lifetime)
        - now
    )


def kept_at() -> datetime | None:
    """When this session ended all others of the person; None if it did not."""
    return _moment(KEPT_AT) if KEPT_AT in session else None


def panellist_in_cookie() -> int | None:
    """The id of the panellist whom the cookie names, signed out by the time-out or not. Asks no database."""
    name = session.get(NAME, "")
    number = name.partition(":")[2]
    return int(number) if _is_panellist(name) and number.isdecimal() else None


def note_exit_explained() -> None:
    """Say that the panellist has been told what "Exit this page" does."""
    session[EXIT_EXPLAINED] = True


def exit_is_explained() -> bool:
    """Whether they have, in this session; who enters answers for somebody need not be told."""
    return EXIT_EXPLAINED in session or ENTERED_BY in session


def visitor() -> Visitor | None:
    """Whoever is signed in, or None; asks the database at most once a request."""
    person = current_user._get_current_object()
    return person if isinstance(person, SignedInPanellist | SignedInUser) else None


def admit_writer() -> SignedInPanellist | None:
    """Let a panellist hand in what they wrote before the time-out signed them out; None if there is none.

    Also what was on its way when they signed out: "Exit this page" sends the last answer along, and either
    may arrive first. Their cookie must still be there.
    """
    name = session.get(NAME, "")
    if _is_panellist(name) and _state() is not SessionState.OVER:
        person = _person(name, handing_in=True)
        g.writer = person if isinstance(person, SignedInPanellist) else None
    return writer_after_timeout()


def forget_ended_session() -> None:
    """Take the cookie of a session that was ended out of the browser: a late answer brought it back."""
    if g.get("session_was_ended", False):
        session.clear()


def writer_after_timeout() -> SignedInPanellist | None:
    """The panellist who hands in what they wrote although the time-out has signed them out: sees nothing."""
    person: SignedInPanellist | None = g.get("writer")
    return person


def note_answers_kept() -> None:
    """Say that what was handed in is on disk, so that who is signed out by now can be told."""
    g.answers_kept = True


def answers_kept() -> bool:
    """Whether the view has said so."""
    return g.get("answers_kept", False) is True


def panellist() -> SignedInPanellist:
    """The signed-in panellist; only for views that the guard keeps to panellists."""
    person = visitor() or writer_after_timeout()
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
