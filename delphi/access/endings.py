"""How sessions end before their time: signing out, "Exit this page", signing out everywhere else.

A session is a signed cookie. Deleting it in the browser is not enough: the answer to a request that was
under way could bring it back, and a copy of it would stay good. So the server remembers what was ended.
"""

from datetime import datetime

from flask import current_app, session
from sqlalchemy import delete, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError

from delphi import audit
from delphi.access.current import KEPT_AT, NUMBER, SignedInPanellist, Visitor
from delphi.extensions import db
from delphi.models import EndedSession, Panellist, User


def end_session(*, now: datetime) -> None:
    """End the session of this browser for good, whoever is signed in; nothing of it is left in the cookie."""
    session_id = session.get(NUMBER)
    session.clear()
    if session_id is None:
        return
    try:
        note_ended(session_id, now=now)
    except SQLAlchemyError:  # leaving does not wait for a database that is in trouble
        db.session.rollback()
        current_app.logger.warning("A session could not be noted as ended.")


def end_other_sessions(person: Visitor, *, now: datetime) -> None:
    """Sign somebody out everywhere but here."""
    if isinstance(person, SignedInPanellist):
        row, study_id = update(Panellist).where(Panellist.id == person.panellist_id), person.study_id
    else:
        row, study_id = update(User).where(User.id == person.user_id), None
    db.session.execute(row.values(sessions_valid_from=now))
    audit.record(db.session, at=now, actor=person.actor, action="signed out elsewhere", study_id=study_id)
    db.session.commit()
    session[KEPT_AT] = now.timestamp()


def note_ended(session_id: str, *, now: datetime) -> None:
    """Let a session sign nobody in any more."""
    connection = db.session.connection()
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    row = insert(EndedSession).values(session_id=session_id, ended_at=now)
    connection.execute(row.on_conflict_do_nothing())  # two tabs that exit at the same moment
    lasts = current_app.permanent_session_lifetime  # however it is used, no session lasts longer
    connection.execute(delete(EndedSession).where(EndedSession.ended_at < now - lasts))
    db.session.commit()
