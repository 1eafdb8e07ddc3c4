"""Sessions: how one begins, and how a member of the team enters answers for a panellist and comes back."""

import hmac
import secrets
from datetime import datetime

from flask import current_app, session
from flask_login import login_user

from delphi import audit
from delphi.access.current import (
    ENTERED,
    ENTERED_BY,
    KEPT_AT,
    NUMBER,
    SEEN_AT,
    SIGNED_IN_AT,
    SignedInPanellist,
    SignedInUser,
    Visitor,
    load_user,
)
from delphi.access.endings import end_session
from delphi.access.languages import CHOICE, take_along
from delphi.access.listed_sessions import note_begun
from delphi.extensions import db
from delphi.models import EntryMode

FORMS = "csrf_token"  # Flask-WTF's
NUMBER_BYTES = 16
OF_THE_SESSION = (SIGNED_IN_AT, NUMBER, KEPT_AT)  # stays when a user becomes a panellist and back


def begin_session(person: Visitor, *, now: datetime) -> None:
    """Sign somebody in; whoever was signed in with this browser is signed out."""
    language = session.get(CHOICE)
    end_session(now=now)
    _put_into_session(person, language=language)
    session[SIGNED_IN_AT] = now.timestamp()
    session[NUMBER] = secrets.token_urlsafe(NUMBER_BYTES)
    if isinstance(person, SignedInUser):
        note_begun(session[NUMBER], user_id=person.user_id, now=now)


def _put_into_session(person: Visitor, *, language: str | None) -> None:
    """Nothing that another person left in this browser goes along, save the language."""
    session.clear()
    take_along(language, person=person)
    login_user(person)
    session.pop(
        "_id", None
    )  # Flask-Login's hash of address and browser: nothing of theirs goes into the cookie
    if isinstance(person, SignedInPanellist):
        session[FORMS] = _form_token(person)


def _change_person(person: Visitor) -> None:
    """Go on as somebody else in the same session: it lasts no longer, and ends as one."""
    language = session.get(CHOICE)
    carried = {name: session[name] for name in OF_THE_SESSION if name in session}
    _put_into_session(person, language=language)
    session.update(carried)


def _form_token(person: SignedInPanellist) -> str:
    """What the CSRF tokens of a panellist's forms are made from: the same in each session, nobody else's.

    So a page that stayed open while they signed in again can still be sent, and what they wrote is not lost.
    """
    key = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.digest(key, f"forms of {person.get_id()}".encode(), "sha256").hex()


def begin_entering(
    panellist: SignedInPanellist, *, user: SignedInUser, mode: EntryMode, now: datetime
) -> None:
    """Let a user enter answers for a panellist: what they do from now on is marked, and names both."""
    _change_person(panellist)
    session[SEEN_AT] = now.timestamp()
    session[ENTERED], session[ENTERED_BY] = mode.value, user.user_id
    _record("entering begun", panellist, by=user.actor, mode=mode, now=now)


def stop_entering(panellist: SignedInPanellist, *, now: datetime) -> SignedInUser | None:
    """Bring back the session of the user who entered answers, and return them; None if nobody did."""
    user = None if panellist.entered_by is None else load_user(panellist.entered_by)
    if user is None:
        return None
    _change_person(user)
    _record("entering stopped", panellist, by=user.actor, mode=panellist.entered, now=now)
    return user


def _record(action: str, panellist: SignedInPanellist, *, by: str, mode: EntryMode, now: datetime) -> None:
    audit.record(
        db.session,
        at=now,
        actor=by,
        action=action,
        study_id=panellist.study_id,
        panellist=panellist.panellist_id,
        entered=mode.value,
    )
    db.session.commit()
