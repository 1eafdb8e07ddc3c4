"""Sending invitations of colleagues: like messages to panellists, begun once and not sent again unseen."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from urllib.parse import urljoin

from flask import current_app, render_template
from sqlalchemy import ColumnElement, Select, and_, select

from delphi import audit
from delphi.access.links import TOKEN_BYTES, hash_of
from delphi.domain.outbox import pause_after
from delphi.extensions import db
from delphi.mail.letter import ADDRESS_NOT_VALID, NOT_WRITABLE
from delphi.mail.outbox import WORKER, begin_alone
from delphi.mail.postbox import Answer, Fate
from delphi.mail.sending import Sending
from delphi.mail_settings import MailSettings
from delphi.models import TeamInvitation, TeamMessage

SUBJECT = "You are invited to a team"  # neutral: it names no study


@dataclass(frozen=True, kw_only=True)
class _Begun:
    message_id: int
    study_id: int
    invitation_id: int
    email: EmailMessage


def is_waiting() -> ColumnElement[bool]:
    """Whether the message of an invitation that is still good is to be sent."""
    open_ends = (TeamMessage.began_at, TeamMessage.sent_at, TeamMessage.refused_at)
    invitation = (TeamInvitation.used_at.is_(None), TeamInvitation.ended_at.is_(None))
    return and_(*(end.is_(None) for end in open_ends), *invitation)


def send_team_mail(sending: Sending, *, each: Callable[[Fate], None]) -> None:
    """Send the invitations that are due; raises NoPostbox when the server cannot be reached."""
    try:
        while not sending.stops() and db.session.execute(_due(now=sending.clock())).first() is not None:
            sending.postbox.open()
            begun = _begin(sending.sender, now=sending.clock())
            if begun is None:
                return
            answer = sending.postbox.post(begun.email)
            _end(begun, answer, now=sending.clock())
            each(answer.fate)
    finally:
        db.session.rollback()
        sending.postbox.close()


def _due(*, now: datetime) -> Select[TeamMessage, TeamInvitation]:
    joined = TeamInvitation.id == TeamMessage.invitation_id
    query = select(TeamMessage, TeamInvitation).join(TeamInvitation, joined)
    timely = (TeamMessage.due_at <= now, TeamInvitation.expires_at > now)
    return query.where(is_waiting(), *timely).order_by(TeamMessage.due_at, TeamMessage.id).limit(1)


def _begin(sender: str, *, now: datetime) -> _Begun | None:
    """Take the next that is due; one that cannot be written is refused, so that those behind it go out."""
    while (found := _take_next(now=now)) is not None:
        row, invitation = found
        token = secrets.token_urlsafe(TOKEN_BYTES)
        try:
            email = _email(row, invitation, token=token, sender=sender, now=now)
        except NOT_WRITABLE:
            row.refused_at, row.refusal = now, ADDRESS_NOT_VALID
            _record(invitation.study_id, invitation.id, Fate.REFUSED, now=now)
            db.session.commit()
            continue
        row.began_at, row.attempts, row.token_hash = now, row.attempts + 1, hash_of(token)
        begun = _Begun(
            message_id=row.id, study_id=invitation.study_id, invitation_id=invitation.id, email=email
        )
        db.session.commit()
        return begun
    db.session.rollback()
    return None


def _take_next(*, now: datetime) -> tuple[TeamMessage, TeamInvitation] | None:
    begin_alone()
    locked = _due(now=now).with_for_update(skip_locked=True, of=TeamMessage)
    found = db.session.execute(locked).one_or_none()
    return None if found is None else (found[0], found[1])


def _email(
    row: TeamMessage, invitation: TeamInvitation, *, token: str, sender: str, now: datetime
) -> EmailMessage:
    path = current_app.url_map.bind("").build("invited.invitation", {"token": token})
    settings: MailSettings = current_app.config["MAIL"]
    link = urljoin(settings.address + "/", path.lstrip("/"))
    said = {"subject": SUBJECT, "link": link, "good_until": invitation.expires_at}
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Subject"] = sender, invitation.email, SUBJECT
    message["Date"], message["Auto-Submitted"] = format_datetime(now), "auto-generated"
    message["Message-ID"] = f"<{row.key}-team@{parseaddr(sender)[1].rpartition('@')[2]}>"
    message.set_content(render_template("team/letter.txt", **said))
    message.add_alternative(render_template("team/letter.html", **said), subtype="html")
    return message


def _end(begun: _Begun, answer: Answer, *, now: datetime) -> None:
    row = db.session.get_one(TeamMessage, begun.message_id)
    pause = pause_after(row.attempts)
    if answer.fate is Fate.SENT:
        row.sent_at = now
    elif answer.fate is Fate.LATER and pause is not None:
        row.began_at, row.due_at = None, now + pause
    elif answer.fate is not Fate.UNSURE:
        row.refused_at = now
    row.refusal = answer.codes or None
    if answer.fate in (Fate.LATER, Fate.REFUSED):
        row.token_hash = None  # a link that did not go out opens nothing
    _record(begun.study_id, begun.invitation_id, answer.fate, now=now)
    db.session.commit()


def _record(study_id: int, invitation_id: int, fate: Fate, *, now: datetime) -> None:
    audit.record(
        db.session,
        at=now,
        actor=WORKER,
        action=f"invitation by mail {fate.value}",
        study_id=study_id,
        invitation=invitation_id,
    )
