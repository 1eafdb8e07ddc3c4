"""The sessions of a user, so that they can see where they are signed in and end it from elsewhere.

Only users' sessions are listed. Those of panellists are in no table: a list would tell who was here, when.
"""

from dataclasses import dataclass
from datetime import datetime

from flask import current_app, request, session
from sqlalchemy import delete, exists, or_, select

from delphi import audit
from delphi.access.current import NUMBER
from delphi.access.endings import note_ended
from delphi.extensions import db
from delphi.models import EndedSession, User, UserSession

BROWSERS = (("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
SYSTEMS = (
    *(("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad")),
    *(("Windows", "Windows"), ("Mac OS", "macOS"), ("Linux", "Linux")),
)


@dataclass(frozen=True, kw_only=True)
class ListedSession:
    """A session as its user sees it."""

    number: int
    browser: str
    begun_at: datetime
    is_here: bool


def browser_name(user_agent: str) -> str:
    """What kind of browser it is, in few words: enough to know one's own, too little to track anybody."""
    browser = next((name for sign, name in BROWSERS if sign in user_agent), "Another browser")
    system = next((name for sign, name in SYSTEMS if sign in user_agent), None)
    return browser if system is None else f"{browser} on {system}"


def note_begun(session_id: str, *, user_id: int, now: datetime) -> None:
    """List a session that begins; those that are over by themselves leave the list."""
    lasts = current_app.permanent_session_lifetime
    db.session.execute(delete(UserSession).where(UserSession.begun_at < now - lasts))
    browser = browser_name(request.headers.get("User-Agent", ""))
    db.session.add(UserSession(session_id=session_id, user_id=user_id, begun_at=now, browser=browser))
    db.session.commit()


def sessions_of(user_id: int, *, now: datetime) -> list[ListedSession]:
    """The sessions that a user is signed in with, newest first."""
    here = session.get(NUMBER)
    ended = exists().where(EndedSession.session_id == UserSession.session_id)
    still_valid = or_(
        User.sessions_valid_from.is_(None),
        User.sessions_valid_from <= UserSession.begun_at,
        UserSession.session_id == here,
    )
    query = (
        select(UserSession)
        .join(User, User.id == UserSession.user_id)
        .where(UserSession.user_id == user_id, ~ended, still_valid)
        .where(UserSession.begun_at > now - current_app.permanent_session_lifetime)
        .order_by(UserSession.begun_at.desc(), UserSession.id.desc())
    )
    return [
        ListedSession(
            number=row.id, browser=row.browser, begun_at=row.begun_at, is_here=row.session_id == here
        )
        for row in db.session.scalars(query)
    ]


def end_listed(number: int, *, user_id: int, by: str, now: datetime) -> bool:
    """End one of a user's own sessions; False if it is not theirs."""
    mine = (UserSession.id == number) & (UserSession.user_id == user_id)
    session_id = db.session.scalar(select(UserSession.session_id).where(mine))
    if session_id is None:
        return False
    audit.record(db.session, at=now, actor=by, action="session ended from elsewhere")
    note_ended(session_id, now=now)
    return True
