"""Keeping what mail servers report of messages that were sent."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from delphi import audit
from delphi.extensions import db
from delphi.mail.reports import Report
from delphi.models import Bounce, Message

READER = "bounces"


class Kept(StrEnum):
    """What became of a report."""

    NEW = "new"
    KNOWN = "known"
    NO_MESSAGE = "no_message"


def keep_report(report: Report, *, now: datetime) -> Kept:
    """Keep a report with its time; the same one again adds nothing."""
    row = db.session.scalar(select(Message).where(Message.key == report.key))
    if row is None or row.began_at is None:
        db.session.rollback()
        return Kept.NO_MESSAGE
    what = {"permanent": report.permanent, "code": report.code}
    db.session.add(Bounce(message_id=row.id, read_at=now, **what))
    audit.record(
        db.session,
        at=now,
        actor=READER,
        action="message came back" if report.permanent else "message delayed",
        study_id=row.study_id,
        panellist=row.panellist_id,
        code=report.code,
    )
    try:
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        return Kept.KNOWN
    return Kept.NEW
