"""What the page about one panellist shows: their code and what they agreed to, never a name."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from analysis.study.protocol import Group, Protocol
from delphi.dataset import protocol_of
from delphi.dataset.answers import who_answered
from delphi.extensions import db
from delphi.models import (
    Consent,
    Contact,
    EntryMode,
    Panellist,
    ProfileAnswer,
    Round,
    StakeholderGroup,
    Study,
)
from delphi.panel.entered import entered_for_panellists

ENTERED_WORDS = {EntryMode.SELF: "", EntryMode.HELPER: "as a helper", EntryMode.PAPER: "from paper"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentLine:
    """An answer to the consent question; `entered`: how the team entered it, "" for the panellist's own."""

    round_label: str
    answer: str
    version: str
    entered: str
    answered_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a panellist tells of themselves: a question and the answers to it; `entered` as in a consent."""

    question: str
    answers: tuple[str, ...]
    entered: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPage:
    """One panellist. `answered_closed`: rounds that have closed with answers of theirs, by label."""

    panellist_id: int
    study: str
    study_title: str
    synthetic: str
    code: str
    group: Group
    groups: tuple[Group, ...]
    is_confirmed: bool
    withdrew: bool
    has_contact: bool
    joined_label: str
    entered: int
    answered_closed: tuple[str, ...]
    consents: tuple[ConsentLine, ...]
    told: tuple[Told, ...]


def person_page(study_id: int, code: str) -> PersonPage | None:
    """Return the panellist with a code, None if there is none in the study."""
    query = (
        select(Panellist, StakeholderGroup.code, Round.code)
        .join(StakeholderGroup, StakeholderGroup.id == Panellist.group_id)
        .join(Round, Round.id == Panellist.joined_round_id)
        .where(Panellist.study_id == study_id, Panellist.code == code)
    )
    row = db.session.execute(query).one_or_none()
    if row is None:
        return None
    panellist, group, joined = row
    protocol = protocol_of(db.session.get_one(Study, study_id))
    return PersonPage(
        panellist_id=panellist.id,
        study=protocol.study.code,
        study_title=protocol.study.title,
        synthetic=protocol.study.note if protocol.study.synthetic else "",
        code=code,
        group=protocol.group(group),
        groups=protocol.groups,
        is_confirmed=panellist.group_confirmed_at is not None,
        withdrew=panellist.withdrew_round_id is not None,
        has_contact=db.session.get(Contact, panellist.id) is not None,
        joined_label=protocol.round(joined).label,
        entered=entered_for_panellists(study_id, panellists=[panellist.id]).get(panellist.id, 0),
        answered_closed=_answered_closed(study_id, panellist.id, protocol),
        consents=_consents(panellist.id, protocol),
        told=_told(panellist.id, protocol),
    )


def _answered_closed(study_id: int, panellist_id: int, protocol: Protocol) -> tuple[str, ...]:
    closed = select(Round.id, Round.code).where(Round.study_id == study_id, Round.closed_at.is_not(None))
    rounds = dict(db.session.execute(closed.order_by(Round.position)).all())
    answered = who_answered(list(rounds)).subquery()
    theirs = select(answered.c.round_id).where(answered.c.panellist_id == panellist_id)
    found = set(db.session.scalars(theirs)) if rounds else set()
    return tuple(protocol.round(code).label for round_id, code in rounds.items() if round_id in found)


def _consents(panellist_id: int, protocol: Protocol) -> tuple[ConsentLine, ...]:
    query = (
        select(Consent, Round.code)
        .join(Round, Round.id == Consent.round_id)
        .where(Consent.panellist_id == panellist_id)
        .order_by(Consent.id)
    )
    return tuple(
        ConsentLine(
            round_label=protocol.round(round_code).label,
            answer="Yes" if consent.agreed else "No",
            version=consent.version,
            entered=ENTERED_WORDS[consent.entered],
            answered_at=consent.answered_at,
        )
        for consent, round_code in db.session.execute(query)
    )


def _told(panellist_id: int, protocol: Protocol) -> tuple[Told, ...]:
    query = select(ProfileAnswer).where(ProfileAnswer.panellist_id == panellist_id)
    newest = {told.question: told for told in db.session.scalars(query.order_by(ProfileAnswer.id))}
    return tuple(
        Told(
            question=asked.question,
            answers=tuple(newest[asked.code].answer.split("\n")),
            entered=ENTERED_WORDS[newest[asked.code].entered],
        )
        for asked in protocol.profile
        if asked.code in newest and newest[asked.code].answer
    )
