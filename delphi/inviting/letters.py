"""Makes a message at the moment when it is sent: only then are its address and its links known."""

import hashlib
import hmac
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import exists, select

from delphi.access.bounced import bounced_panellists
from delphi.access.links import add_link, hash_of
from delphi.dataset.wishes import Wish, wish_of
from delphi.domain.inviting import Against, PersonInRound, Whom, against_any, against_reminder
from delphi.domain.response import Response
from delphi.domain.returning import address_mark, return_token
from delphi.domain.timing import timing_of
from delphi.extensions import db
from delphi.inviting.reaching import address_in, due_for, reach_of
from delphi.inviting.texts import text_that_counts
from delphi.inviting.wording import links_of, mail_settings, study_title, words_of
from delphi.mail.letter import Letter
from delphi.mail.outbox import WORKER, Composed, NotNow, NotWanted, Owed
from delphi.models import Consent, Contact, Finish, MessageCause, Panellist, Round
from delphi.web import clock
from delphi.web.language import BY_CODE

LINK_LASTS = timedelta(days=14)


def compose(owed: Owed, now: datetime) -> Composed | NotNow | NotWanted:
    """Make the message that is owed, unless it is not wanted any more, or not at this hour.

    What has changed since it was put in counts: who has finished, left, or said "no reminders" gets none.
    """
    settings = mail_settings()
    if settings is None:
        raise RuntimeError("mail is off")
    secret = str(current_app.secret_key)
    round_ = db.session.get_one(Round, owed.round_id)
    wish = wish_of(owed.panellist_id) or Wish()
    sealed = db.session.scalar(select(Contact.sealed).where(Contact.panellist_id == owed.panellist_id))
    reason = Against.ROUND_OVER if round_.closed_at else _against(owed, sealed, wish, now=now)
    timing = timing_of(
        closed_at=round_.closed_at,
        begins_at=round_.begins_at,
        paused_at=round_.paused_at,
        resumes_at=round_.resumes_at,
        now=now,
    )
    due_at, address = due_for(wish, now=now), address_in(sealed, keys=current_app.config["CONTACT_KEYS"])
    if reason is not None or isinstance(address, Against):
        return NotWanted(str(reason or address))
    waits_until = timing.mail_waits_until(now=now)
    if waits_until is not None or due_at > now:
        return NotNow(waits_until or due_at)
    language, stop = BY_CODE[owed.language], _stop_token(owed.key)
    own = text_that_counts(owed.study_id, cause=owed.cause, language=language.code)
    token = add_link(panellist_id=owed.panellist_id, by=WORKER, now=now, valid_for=LINK_LASTS)
    links = links_of(token=token, stop=stop, settings=settings)
    words = words_of(
        study_id=owed.study_id,
        round_code=round_.code,
        cause=owed.cause,
        language=language,
        neutral=wish.neutral,
        links=links,
        good_until=now + LINK_LASTS,
        own=own,
    )
    letter = Letter(
        key=return_token(owed.key, secret=secret),
        to=address,
        words=words,
        language=language.code,
        stop=links.stop,
        link_hash=hash_of(token),
        sender_name="" if wish.neutral else study_title(owed.study_id, language=language),
    )
    return Composed(
        letter=letter,
        stop_hash=hash_of(stop),
        address_mark=address_mark(address, secret=secret),
        text_number=None if own.is_standard else own.number,
    )


def _stop_token(key: str) -> str:
    """The token that stops reminders: the same at each attempt, as an earlier one may have arrived."""
    secret = str(current_app.secret_key).encode()
    return hmac.new(secret, b"stop reminders " + key.encode(), hashlib.sha256).hexdigest()


def _against(owed: Owed, sealed: bytes | None, wish: Wish, *, now: datetime) -> Against | None:
    today, keys = clock.local(now).date(), current_app.config["CONTACT_KEYS"]
    bounced = bounced_panellists(
        owed.study_id, keys=keys, secret=str(current_app.secret_key), only=owed.panellist_id
    )
    mine = (Consent.panellist_id == owed.panellist_id, Consent.round_id == owed.round_id)
    agreed = db.session.scalar(select(Consent.agreed).where(*mine).order_by(Consent.id.desc()).limit(1))
    finished = exists().where(Finish.panellist_id == owed.panellist_id, Finish.round_id == owed.round_id)
    person = PersonInRound(
        withdrew=db.session.get_one(Panellist, owed.panellist_id).withdrew_round_id is not None,
        may_answer=True,
        declined=agreed is False,
        response=Response.FINISHED if db.session.scalar(select(finished)) else Response.NOT_STARTED,
        reach=reach_of(sealed, wish, keys=keys, today=today, bounced=owed.panellist_id in bounced),
    )
    if owed.cause is MessageCause.REMINDER:
        return against_reminder(person, whom=Whom.NOT_FINISHED, today=today)
    return against_any(person)
