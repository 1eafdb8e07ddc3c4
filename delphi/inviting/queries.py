"""What the pages about a round's messages show."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.policy import default
from pathlib import Path

from sqlalchemy import func, select

from analysis.study.protocol import Protocol
from delphi.dataset import protocol_of
from delphi.domain.inviting import Against, Whom
from delphi.domain.outbox import MessageState
from delphi.domain.rounds import RoundState, state_of
from delphi.extensions import db
from delphi.inviting.letters import LINK_LASTS
from delphi.inviting.message_states import state_now
from delphi.inviting.recipients import Recipient, recipients
from delphi.inviting.texts import text_that_counts
from delphi.inviting.wording import Links, mail_settings, words_of
from delphi.inviting.words import (
    AGAINST_WORDS,
    CAME_BACK_WORDS,
    CAUSE_WORDS,
    DELAYED_WORDS,
    REFUSED_WORDS,
    RESPONSE_WORDS,
    STATE_WORDS,
)
from delphi.mail.letter import Words
from delphi.mail.outbox import is_waiting
from delphi.models import Bounce, Message, MessageCause, Panellist, Round, Study
from delphi.web.language import BY_CODE, among

EXAMPLE = "example"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundInView:
    """The round whose messages are in view. `mail_is_on`: somebody set a mail server up, or a folder."""

    study: str
    study_title: str
    synthetic: str
    study_id: int
    round_id: int
    code: str
    label: str
    is_open: bool
    mail_is_on: bool
    is_kept_here: bool
    protocol: Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageLine:
    """A message in the list. `may_try_again`: a person of the team may have it sent again.

    `text_number`: which of the team's own texts it was begun with, None for the standard words.
    """

    message_id: int
    code: str
    what: str
    state: MessageState
    state_words: str
    when: datetime
    detail: str
    may_try_again: bool
    cause: MessageCause
    language: str
    text_number: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLine:
    """A person in the list of who would get a message; `why` not in words, `later`: from when if not now."""

    code: str
    group: str
    stands: str
    gets: bool
    why: str
    later: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """How many people get nothing for a reason."""

    words: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialPage:
    """Who would get a message and why: nothing is sent by looking."""

    cause: MessageCause
    what: str
    gets: int
    later: int
    reasons: tuple[Reason, ...]
    people: tuple[PersonLine, ...]
    languages: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptMail:
    """A message that was kept in the folder, as whoever gets it would see it."""

    to: str
    sender: str
    subject: str
    text: str
    message_id: int


def round_in_view(study_id: int, round_code: str) -> RoundInView | None:
    """Return the round, None if the study has no such round."""
    round_ = db.session.scalar(select(Round).where(Round.study_id == study_id, Round.code == round_code))
    if round_ is None:
        return None
    protocol, settings = protocol_of(db.session.get_one(Study, study_id)), mail_settings()
    return RoundInView(
        study=protocol.study.code,
        study_title=protocol.study.title,
        synthetic=protocol.study.note if protocol.study.synthetic else "",
        study_id=study_id,
        round_id=round_.id,
        code=round_code,
        label=protocol.round(round_code).label,
        is_open=state_of(round_.opened_at, round_.closed_at) is RoundState.OPEN,
        mail_is_on=settings is not None,
        is_kept_here=settings is not None and settings.server is None,
        protocol=protocol,
    )


def recipients_of(
    view: RoundInView, *, cause: MessageCause, whom: Whom, now: datetime
) -> tuple[Recipient, ...]:
    """Return everyone on the panel with what would become of a message to them."""
    return recipients(
        view.study_id,
        view.round_id,
        cause=cause,
        whom=whom,
        protocol=view.protocol,
        criteria=len(view.protocol.round(view.code).criteria),
        now=now,
    )


def trial_page(
    view: RoundInView, people: Sequence[Recipient], *, cause: MessageCause, now: datetime
) -> TrialPage:
    """Return who would get a message and why, in words."""
    counted = Counter(person.against for person in people if person.against is not None)
    gets = [person for person in people if person.against is None]
    return TrialPage(
        cause=cause,
        what=CAUSE_WORDS[cause],
        gets=len(gets),
        later=sum(person.due_at > now for person in gets),
        reasons=tuple(
            Reason(words=AGAINST_WORDS[reason], number=number) for reason, number in counted.most_common()
        ),
        people=tuple(
            PersonLine(
                code=person.code,
                group=view.protocol.group(person.group).label,
                stands=RESPONSE_WORDS[person.response],
                gets=person.against is None,
                why=AGAINST_WORDS[person.against] if person.against else "",
                later=person.due_at if person.due_at > now and person.against is None else None,
            )
            for person in people
        ),
        languages=tuple((each.code, each.name) for each in among(view.protocol.study.languages)),
    )


def message_lines(view: RoundInView, *, now: datetime) -> tuple[MessageLine, ...]:
    """Return the messages of the round: what the team has to look at first, then the newest."""
    query = (
        select(Message, Panellist.code)
        .join(Panellist, Panellist.id == Message.panellist_id)
        .where(Message.round_id == view.round_id)
        .order_by(Message.id.desc())
    )
    back = _bounces(view.round_id)
    lines = [
        _line(message, code, bounce=back.get(message.id), now=now)
        for message, code in db.session.execute(query)
    ]
    return tuple(sorted(lines, key=lambda line: not line.may_try_again))


def _bounces(round_id: int) -> dict[int, Bounce]:
    """By message, what was reported of it; that it cannot be delivered goes before that it is late."""
    query = select(Bounce).join(Message, Message.id == Bounce.message_id).where(Message.round_id == round_id)
    found = db.session.scalars(query.order_by(Bounce.permanent, Bounce.id))
    return {bounce.message_id: bounce for bounce in found}


def preview(
    view: RoundInView, *, cause: MessageCause, language: str, now: datetime, named: bool = False
) -> Words | None:
    """Return a message with links that lead nowhere; None if the study has no such language.

    `named`: for somebody who asked that messages name the study.
    """
    settings = mail_settings()
    if settings is None or language not in {each.code for each in among(view.protocol.study.languages)}:
        return None
    address = f"{settings.address}/{EXAMPLE}"
    return words_of(
        study_id=view.study_id,
        round_code=view.code,
        cause=cause,
        language=BY_CODE[language],
        neutral=not named,
        links=Links(enter=address, no_thank_you=address, stop=address),
        good_until=now + LINK_LASTS,
        own=text_that_counts(view.study_id, cause=cause, language=language),
    )


def kept_mail(view: RoundInView, *, folder: Path) -> tuple[KeptMail, ...]:
    """Return the messages of the round that were kept in the folder, newest first."""
    query = select(Message.key, Message.id).where(
        Message.round_id == view.round_id, Message.sent_at.is_not(None)
    )
    rows = db.session.execute(query.order_by(Message.sent_at.desc(), Message.id.desc()))
    files = ((folder / f"{key}.eml", id_) for key, id_ in rows)
    return tuple(_kept(file, id_) for file, id_ in files if file.exists())


def kept_later(view: RoundInView, *, now: datetime) -> tuple[int, datetime | None]:
    """Return how many messages of the round wait for a later hour, and when the first of them is due."""
    mine = (Message.round_id == view.round_id, is_waiting(), Message.due_at > now)
    row = db.session.execute(select(func.count(), func.min(Message.due_at)).where(*mine)).one()
    return row[0], row[1]


def kept_html(view: RoundInView, message_id: int, *, folder: Path) -> str | None:
    """Return a kept message of the round as HTML, None if there is no such."""
    query = select(Message.key).where(Message.round_id == view.round_id, Message.id == message_id)
    key = db.session.scalar(query)
    file = folder / f"{key}.eml"
    if key is None or not file.exists():
        return None
    body = message_from_bytes(file.read_bytes(), policy=default).get_body(("html",))
    return None if body is None else str(body.get_content())


def _kept(file: Path, message_id: int) -> KeptMail:
    message = message_from_bytes(file.read_bytes(), policy=default)
    body = message.get_body(("plain",))
    return KeptMail(
        to=str(message["To"]),
        sender=str(message["From"]),
        subject=str(message["Subject"]),
        message_id=message_id,
        text="" if body is None else str(body.get_content()),
    )


def _line(message: Message, code: str, *, bounce: Bounce | None, now: datetime) -> MessageLine:
    state = state_now(message, now=now)
    ended = message.sent_at or message.refused_at or message.dropped_at
    detail = message.refusal or ""
    if state is MessageState.REFUSED:
        detail = f"{REFUSED_WORDS}: {detail}" if detail else REFUSED_WORDS
    elif state is MessageState.NOT_WANTED:
        detail = AGAINST_WORDS[Against(message.dropped_for)] if message.dropped_for else ""
    if bounce is not None:
        detail = f"code {bounce.code}" if bounce.permanent else f"{DELAYED_WORDS}: code {bounce.code}"
    number = f" {message.number}" if message.cause is MessageCause.REMINDER else ""
    return MessageLine(
        message_id=message.id,
        code=code,
        what=f"{CAUSE_WORDS[message.cause]}{number}",
        state=state,
        state_words=CAME_BACK_WORDS if bounce and bounce.permanent else STATE_WORDS[state],
        when=(bounce and bounce.read_at)
        or ended
        or message.began_at
        or max(message.due_at, message.queued_at),
        detail=detail,
        may_try_again=state in (MessageState.REFUSED, MessageState.UNSURE),
        cause=message.cause,
        language=message.language,
        text_number=message.text_number,
    )
