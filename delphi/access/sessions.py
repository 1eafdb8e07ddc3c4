"""Sessions: how one begins, and how a member of the team enters answers for a panellist and comes back."""

import hmac
from datetime import datetime

from flask import current_app, session
from flask_login import login_user

from delphi import audit
from delphi.access.current import (
    ENTERED,
    ENTERED_BY,
    SEEN_AT,
    SIGNED_IN_AT,
    SignedInPanellist,
    SignedInUser,
    Visitor,
    load_user,
)
from delphi.access.languages import CHOICE, take_along
from delphi.extensions import db
from delphi.models import EntryMode

FORMS = "csrf_token"  # Flask-WTF's


def begin_session(person: Visitor, *, now: datetime) -> None:
    """Sign somebody in. Nothing that another person left in this browser goes along, save the language."""
    language = session.get(CHOICE)
    session.clear()
    take_along(language, person=person)
    login_user(person)
    session.pop(
        "_id", None
    )  # Flask-Login's hash of address and browser: nothing of theirs goes into the cookie
    session[SIGNED_IN_AT] = now.timestamp()
    if isinstance(person, SignedInPanellist):
        session[FORMS] = _form_token(person)


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
    signed_in_at = session[SIGNED_IN_AT]
    begin_session(panellist, now=now)
    session[SIGNED_IN_AT] = signed_in_at  # entering for somebody makes no session last longer
    session[SEEN_AT] = now.timestamp()
    session[ENTERED], session[ENTERED_BY] = mode.value, user.user_id
    _record("entering begun", panellist, by=user.actor, mode=mode, now=now)


def stop_entering(panellist: SignedInPanellist, *, now: datetime) -> SignedInUser | None:
    """Bring back the session of the user who entered answers, and return them; None if nobody did."""
    user = None if panellist.entered_by is None else load_user(panellist.entered_by)
    if user is None:
        return None
    signed_in_at = session[SIGNED_IN_AT]
    begin_session(user, now=now)
    session[SIGNED_IN_AT] = signed_in_at
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
