"""What the pages about the panel show: codes and groups, never names."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select

from analysis.study.protocol import Protocol
from delphi.dataset import protocol_of
from delphi.domain.panel_status import PanelStatus
from delphi.extensions import db
from delphi.models import GroupTarget, OpenLink, Panellist, StakeholderGroup, Study
from delphi.panel.entered import entered_for_panellists
from delphi.panel.progress import PersonProgress, open_round_of, progress_of

EVERYONE = ""
PEOPLE_ON_A_PAGE = 100
STATUS_WORDS = {
    PanelStatus.NOT_INVITED: "Not yet invited",
    PanelStatus.INVITED: "Invited",
    PanelStatus.BOUNCED: "Mail came back: correct the address, or call",
    PanelStatus.OPENED: "Opened",
    PanelStatus.CONSENTED: "Agreed",
    PanelStatus.STARTED: "Started",
    PanelStatus.FINISHED: "Finished",
    PanelStatus.DECLINED: "Declined",
    PanelStatus.PAUSED: "Paused",
    PanelStatus.WITHDRAWN: "Withdrawn",
}
AGREED = (PanelStatus.CONSENTED, PanelStatus.STARTED, PanelStatus.FINISHED)


@dataclass(frozen=True, slots=True, kw_only=True)
class PanellistLine:
    """A panellist in the list; `status` says in words how far they are.

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
class GroupLine:
    """A group: how many people the team wants (None: not said), how many there are, and how far.

    Who has left is not counted. `agreed`: to the open round, also those who have started or finished.
    """

    code: str
    label: str
    wanted: int | None
    people: int
    agreed: int
    finished: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Whom the page lists: `group` and `status` by code, EVERYONE for all; `page` from 1."""

    group: str = EVERYONE
    status: str = EVERYONE
    page: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelPage:
    """The panel. `open_round`: the label of the open round, "" when none is.

    `offers_open_link`: the protocol has open links; `open_link` is the one that is good now.
    `shown`: what of the wish could be met; `found`: how many people it finds, on `pages` pages.
    """

    study: str
    study_title: str
    synthetic: str
    open_round: str
    group_lines: tuple[GroupLine, ...]
    groups: tuple[Filter, ...]
    statuses: tuple[Filter, ...]
    shown: Shown
    found: int
    pages: int
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


def panel_page(study_id: int, *, wish: Shown, today: date) -> PanelPage:
    """Return the panel, as far as `wish` asks for what there is; `today` in the installation's time zone."""
    protocol = protocol_of(db.session.get_one(Study, study_id))
    round_ = open_round_of(study_id, protocol)
    panel = progress_of(study_id, round_=round_, today=today)
    shown = _what_there_is(wish, protocol)
    of_group = [person for person in panel if shown.group in (EVERYONE, person.group)]
    found = [person for person in of_group if shown.status in (EVERYONE, person.status.value)]
    pages = max(1, -(-len(found) // PEOPLE_ON_A_PAGE))
    page = min(max(shown.page, 1), pages)
    listed = found[(page - 1) * PEOPLE_ON_A_PAGE : page * PEOPLE_ON_A_PAGE]
    entered = entered_for_panellists(study_id, panellists=[person.panellist_id for person in listed])
    return PanelPage(
        study=protocol.study.code,
        study_title=protocol.study.title,
        synthetic=_note(protocol),
        open_round=protocol.round(round_.code).label if round_ else "",
        group_lines=_group_lines(study_id, protocol, panel),
        groups=_groups(protocol, panel, shown.group),
        statuses=_statuses(of_group, shown.status),
        shown=replace(shown, page=page),
        found=len(found),
        pages=pages,
        people=tuple(
            _line(
                protocol, person, of=round_.of if round_ else 0, entered=entered.get(person.panellist_id, 0)
            )
            for person in listed
        ),
        waiting=_waiting(protocol, panel),
        offers_open_link=protocol.joining.open_link,
        open_link=open_link_page(study_id),
    )


def offers_open_link(study_id: int) -> bool:
    """Say whether the study's protocol has open links."""
    return protocol_of(db.session.get_one(Study, study_id)).joining.open_link


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


def _waiting(protocol: Protocol, panel: Sequence[PersonProgress]) -> tuple[WaitingLine, ...]:
    return tuple(
        WaitingLine(code=person.code, group_label=protocol.group(person.group).label)
        for person in panel
        if not person.is_confirmed and person.status is not PanelStatus.WITHDRAWN
    )


def _note(protocol: Protocol) -> str:
    return protocol.study.note if protocol.study.synthetic else ""


def _what_there_is(wish: Shown, protocol: Protocol) -> Shown:
    groups = {group.code for group in protocol.groups}
    return Shown(
        group=wish.group if wish.group in groups else EVERYONE,
        status=wish.status if wish.status in set(PanelStatus) else EVERYONE,
        page=wish.page,
    )


def _group_lines(study_id: int, protocol: Protocol, panel: Sequence[PersonProgress]) -> tuple[GroupLine, ...]:
    query = (
        select(StakeholderGroup.code, GroupTarget.people)
        .join(GroupTarget, GroupTarget.group_id == StakeholderGroup.id)
        .where(StakeholderGroup.study_id == study_id)
    )
    wanted: dict[str, int] = dict(db.session.execute(query).all())
    numbers = Counter((person.group, person.status) for person in panel)
    return tuple(
        GroupLine(
            code=group.code,
            label=group.label,
            wanted=wanted.get(group.code),
            people=sum(numbers[group.code, s] for s in PanelStatus if s is not PanelStatus.WITHDRAWN),
            agreed=sum(numbers[group.code, s] for s in AGREED),
            finished=numbers[group.code, PanelStatus.FINISHED],
        )
        for group in protocol.groups
    )


def _groups(protocol: Protocol, panel: Sequence[PersonProgress], chosen: str) -> tuple[Filter, ...]:
    numbers = Counter(person.group for person in panel)
    labels = {EVERYONE: "All groups", **{group.code: group.label for group in protocol.groups}}
    numbers[EVERYONE] = len(panel)
    return tuple(
        Filter(code=code, label=label, number=numbers[code], chosen=code == chosen)
        for code, label in labels.items()
    )


def _statuses(people: Sequence[PersonProgress], chosen: str) -> tuple[Filter, ...]:
    """A choice for each status that somebody has."""
    numbers = Counter(person.status.value for person in people)
    numbers[EVERYONE] = len(people)
    labels = {EVERYONE: "Everyone", **{status.value: words for status, words in STATUS_WORDS.items()}}
    return tuple(
        Filter(code=code, label=label, number=numbers[code], chosen=code == chosen)
        for code, label in labels.items()
        if numbers[code] or code in (EVERYONE, chosen)
    )


def _line(protocol: Protocol, person: PersonProgress, *, of: int, entered: int) -> PanellistLine:
    words = STATUS_WORDS[person.status]
    if person.status is PanelStatus.FINISHED and person.finish_entered:
        words = f"{words}, entered for them"
    elif person.answered and of and person.status in (PanelStatus.STARTED, PanelStatus.PAUSED):
        words = f"{words}, {person.answered} of {of}"
    return PanellistLine(
        code=person.code,
        group_label=protocol.group(person.group).label,
        status=words,
        may_have_link=person.status is not PanelStatus.WITHDRAWN,
        entered=entered,
    )
