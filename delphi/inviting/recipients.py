"""Who would get a message of a round, and why not: for the page that shows it and for putting it in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from flask import current_app
from sqlalchemy import func, select

from analysis.study.protocol import Protocol
from delphi.access.bounced import bounced_panellists
from delphi.dataset.response import PanellistResponse, responses
from delphi.dataset.wishes import Wish, wishes_of
from delphi.domain.inviting import (
    Against,
    PersonInRound,
    Whom,
    against_invitation,
    against_reminder,
)
from delphi.domain.outbox import MessageState
from delphi.domain.response import Response
from delphi.extensions import db
from delphi.inviting.message_states import state_now
from delphi.inviting.reaching import due_for, reach_of
from delphi.inviting.wording import language_for
from delphi.models import Bounce, Consent, Contact, Message, MessageCause, Panellist
from delphi.web import clock

IN_THE_WAY = {
    MessageState.WAITING: Against.WAITING,
    MessageState.SENDING: Against.WAITING,
    MessageState.REFUSED: Against.REFUSED,
    MessageState.UNSURE: Against.UNSURE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """A person and a message: when it is due, or what is `against` it."""

    panellist_id: int
    code: str
    group: str
    response: Response
    language: str
    number: int
    due_at: datetime
    against: Against | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Facts:
    """What a study's people said and what is known of them, by their ids; `came_back`: ids of messages."""

    sealed: Mapping[int, bytes]
    wishes: Mapping[int, Wish]
    declined: frozenset[int]
    languages: Mapping[int, str | None]
    messages: Mapping[int, list[Message]]
    bounced: frozenset[int]
    came_back: frozenset[int]


def recipients(
    study_id: int,
    round_id: int,
    *,
    cause: MessageCause,
    whom: Whom,
    protocol: Protocol,
    criteria: int,
    now: datetime,
) -> tuple[Recipient, ...]:
    """Return everyone on the panel with what would become of a message to them."""
    facts, today = _facts(study_id, round_id), clock.local(now).date()
    everyone = responses(study_id, round_id, criteria=criteria)
    people = [(each, _person(each, facts, today=today, now=now)) for each in everyone]
    return tuple(
        Recipient(
            panellist_id=each.panellist_id,
            code=each.code,
            group=each.group,
            response=each.response,
            language=language_for(facts.languages[each.panellist_id], protocol=protocol).code,
            number=1 + sum(message.cause is cause for message in facts.messages.get(each.panellist_id, ())),
            due_at=due_for(facts.wishes.get(each.panellist_id, Wish()), now=now),
            against=against_invitation(person)
            if cause is MessageCause.INVITATION
            else against_reminder(person, whom=whom, today=today),
        )
        for each, person in people
    )


def _person(each: PanellistResponse, facts: _Facts, *, today: date, now: datetime) -> PersonInRound:
    id_ = each.panellist_id
    wish, messages = facts.wishes.get(id_, Wish()), facts.messages.get(id_, [])
    states = [state_now(message, now=now) for message in messages]
    # What was not wanted when its turn came, or came back, has reached nobody: it stands in nobody's way.
    counting = [message for message in messages if message.id not in facts.came_back]
    owed = [message.cause for message in counting if message.dropped_at is None]
    sent = [message.sent_at for message in counting if message.sent_at is not None]
    return PersonInRound(
        withdrew=each.withdrew,
        may_answer=each.may_answer,
        declined=id_ in facts.declined,
        response=each.response,
        reach=reach_of(
            facts.sealed.get(id_),
            wish,
            keys=current_app.config["CONTACT_KEYS"],
            today=today,
            bounced=id_ in facts.bounced,
        ),
        invited=MessageCause.INVITATION in owed,
        reminders=owed.count(MessageCause.REMINDER),
        last_day=max((clock.local(moment).date() for moment in sent), default=None),
        pending=next((IN_THE_WAY[state] for state in states if state in IN_THE_WAY), None),
    )


def _facts(study_id: int, round_id: int) -> _Facts:
    in_study = (Panellist.study_id == study_id,)
    sealed = select(Contact.panellist_id, Contact.sealed).join(Panellist).where(*in_study)
    newest = select(func.max(Consent.id)).where(Consent.round_id == round_id).group_by(Consent.panellist_id)
    declined = select(Consent.panellist_id).where(Consent.id.in_(newest), ~Consent.agreed)
    languages = select(Panellist.id, Panellist.language).where(*in_study)
    messages: dict[int, list[Message]] = {}
    for message in db.session.scalars(select(Message).where(Message.round_id == round_id)):
        messages.setdefault(message.panellist_id, []).append(message)
    came_back = (
        select(Bounce.message_id)
        .join(Message, Message.id == Bounce.message_id)
        .where(Message.round_id == round_id, Bounce.permanent)
    )
    return _Facts(
        sealed=dict(db.session.execute(sealed).all()),
        wishes=wishes_of(study_id),
        declined=frozenset(db.session.scalars(declined)),
        languages=dict(db.session.execute(languages).all()),
        messages=messages,
        bounced=bounced_panellists(
            study_id, keys=current_app.config["CONTACT_KEYS"], secret=str(current_app.secret_key)
        ),
        came_back=frozenset(db.session.scalars(came_back)),
    )
