"""What the pages about the panel show: codes and groups, never names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from analysis.study.protocol import Protocol
from delphi.dataset import protocol_of
from delphi.dataset.response import PanellistResponse, responses
from delphi.domain.response import Response
from delphi.domain.rounds import RoundState, state_of
from delphi.extensions import db
from delphi.models import OpenLink, Panellist, Round, StakeholderGroup, Study
from delphi.panel.entered import entered_for_panellists

RESPONSE_WORDS = {
    Response.NOT_STARTED: "Not started",
    Response.STARTED: "Started",
    Response.FINISHED: "Finished",
}
EVERYONE = "everyone"


@dataclass(frozen=True, slots=True, kw_only=True)
class PanellistLine:
    """A panellist in the list; `status` says in words how far they are in the open round, if one is open.

    `entered`: how many of their answers the team entered for them, in all rounds.
    """

    code: str
    group_label: str
    status: str
    may_have_link: bool
    entered: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingLine:
    """Somebody who joined by themselves and whose group the team has not confirmed."""

    code: str
    group_label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenLinkPage:
    """The link by which anybody may join a study."""

    study: str
    study_title: str
    synthetic: str
    token: str
    made_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """A choice of whom to list."""

    code: str
    label: str
    number: int
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelPage:
    """The panel. `open_round`: the label of the open round, "" when none is; then nobody has a status.

    `offers_open_link`: the protocol has open links; `open_link` is the one that is good now.
    """

    study: str
    study_title: str
    synthetic: str
    open_round: str
    filters: tuple[Filter, ...]
    people: tuple[PanellistLine, ...]
    waiting: tuple[WaitingLine, ...]
    offers_open_link: bool
    open_link: OpenLinkPage | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PanellistInView:
    """The panellist whom a link is for."""

    panellist_id: int
    code: str
    group_label: str
    study: str
    study_title: str
    synthetic: str


def panel_page(study_id: int, *, show: str = EVERYONE) -> PanelPage:
    """Return the panel; `show` is EVERYONE or one of `Response` (anything else: everyone)."""
    protocol = protocol_of(db.session.get_one(Study, study_id))
    open_round, entered = _open_round(study_id), entered_for_panellists(study_id)
    if open_round is None:
        people = _without_round(study_id, protocol, entered)
        return _page(study_id, protocol, open_round="", filters=(), people=people)
    round_id, round_code = open_round
    round_ = protocol.round(round_code)
    panel = responses(study_id, round_id, criteria=len(round_.criteria))
    asked = {response.value for response in Response}
    chosen = show if show in asked else EVERYONE
    listed = [person for person in panel if chosen in (EVERYONE, _filter_of(person))]
    lines = tuple(_line(protocol, person, entered.get(person.panellist_id, 0)) for person in listed)
    return _page(study_id, protocol, open_round=round_.label, filters=_filters(panel, chosen), people=lines)


def panellist_in_view(study_id: int, code: str) -> PanellistInView | None:
    """Return the panellist with a code who can have a link; None if there is none, or they have withdrawn."""
    query = (
        select(Panellist.id, StakeholderGroup.code)
        .join(StakeholderGroup, StakeholderGroup.id == Panellist.group_id)
        .where(
            Panellist.study_id == study_id,
            Panellist.code == code,
            Panellist.withdrew_round_id.is_(None),
        )
    )
    row = db.session.execute(query).one_or_none()
    if row is None:
        return None
    protocol = protocol_of(db.session.get_one(Study, study_id))
    return PanellistInView(
        panellist_id=row[0],
        code=code,
        group_label=protocol.group(row[1]).label,
        study=protocol.study.code,
        study_title=protocol.study.title,
        synthetic=_note(protocol),
    )


def open_link_page(study_id: int) -> OpenLinkPage | None:
    """Return the study's open link, None if there is none that is good."""
    good = (OpenLink.study_id == study_id, OpenLink.ended_at.is_(None))
    link = db.session.scalar(select(OpenLink).where(*good).order_by(OpenLink.id.desc()).limit(1))
    if link is None:
        return None
    protocol = protocol_of(db.session.get_one(Study, study_id))
    return OpenLinkPage(
        study=protocol.study.code,
        study_title=protocol.study.title,
        synthetic=_note(protocol),
        token=link.token,
        made_at=link.made_at,
    )


def _page(
    study_id: int,
    protocol: Protocol,
    *,
    open_round: str,
    filters: tuple[Filter, ...],
    people: tuple[PanellistLine, ...],
) -> PanelPage:
    return PanelPage(
        study=protocol.study.code,
        study_title=protocol.study.title,
        synthetic=_note(protocol),
        open_round=open_round,
        filters=filters,
        people=people,
        waiting=_waiting(study_id, protocol),
        offers_open_link=protocol.joining.open_link,
        open_link=open_link_page(study_id),
    )


def _waiting(study_id: int, protocol: Protocol) -> tuple[WaitingLine, ...]:
    query = (
        select(Panellist.code, StakeholderGroup.code)
        .join(StakeholderGroup, StakeholderGroup.id == Panellist.group_id)
        .where(
            Panellist.study_id == study_id,
            Panellist.group_confirmed_at.is_(None),
            Panellist.withdrew_round_id.is_(None),
        )
        .order_by(Panellist.position, Panellist.id)
    )
    rows = db.session.execute(query)
    return tuple(WaitingLine(code=code, group_label=protocol.group(group).label) for code, group in rows)


def _note(protocol: Protocol) -> str:
    return protocol.study.note if protocol.study.synthetic else ""


def _open_round(study_id: int) -> tuple[int, str] | None:
    query = select(Round.id, Round.code, Round.opened_at, Round.closed_at).where(Round.study_id == study_id)
    for id_, code, opened_at, closed_at in db.session.execute(query.order_by(Round.position)):
        if state_of(opened_at, closed_at) is RoundState.OPEN:
            return id_, code
    return None


def _without_round(
    study_id: int, protocol: Protocol, entered: Mapping[int, int]
) -> tuple[PanellistLine, ...]:
    query = (
        select(Panellist.id, Panellist.code, StakeholderGroup.code, Panellist.withdrew_round_id)
        .join(StakeholderGroup, StakeholderGroup.id == Panellist.group_id)
        .where(Panellist.study_id == study_id)
        .order_by(Panellist.position, Panellist.id)
    )
    return tuple(
        PanellistLine(
            code=code,
            group_label=protocol.group(group).label,
            status="" if withdrew is None else "Withdrawn",
            may_have_link=withdrew is None,
            entered=entered.get(id_, 0),
        )
        for id_, code, group, withdrew in db.session.execute(query)
    )


def _filter_of(person: PanellistResponse) -> str:
    return person.response.value if person.may_answer else ""


def _filters(panel: Sequence[PanellistResponse], chosen: str) -> tuple[Filter, ...]:
    found = [_filter_of(person) for person in panel]
    choices = {EVERYONE: "Everyone", **{response.value: words for response, words in RESPONSE_WORDS.items()}}
    return tuple(
        Filter(
            code=code,
            label=label,
            number=len(panel) if code == EVERYONE else found.count(code),
            chosen=code == chosen,
        )
        for code, label in choices.items()
    )


def _line(protocol: Protocol, person: PanellistResponse, entered: int) -> PanellistLine:
    return PanellistLine(
        code=person.code,
        group_label=protocol.group(person.group).label,
        status=_status(person),
        may_have_link=not person.withdrew,
        entered=entered,
    )


def _status(person: PanellistResponse) -> str:
    if person.withdrew:
        return "Withdrawn"
    words = RESPONSE_WORDS[person.response]
    if person.response is Response.FINISHED and person.finish_entered:
        return f"{words}, entered for them"
    started_counted = person.response is Response.STARTED and person.of
    return f"{words}, {person.answered} of {person.of}" if started_counted else words
