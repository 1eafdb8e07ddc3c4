"""What the pages about putting people on the panel show, and who is known already."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from babel import Locale, UnknownLocaleError
from sqlalchemy import select

from analysis.study.protocol import Protocol
from delphi.access.contacts import ContactCannotBeOpened, ContactDetails, open_sealed
from delphi.access.sealing import open_text
from delphi.dataset import protocol_of
from delphi.domain.joining import round_to_join
from delphi.domain.rounds import state_of
from delphi.enrolling.duplicates import Sorted, is_known, sort_people
from delphi.enrolling.people import Choices, Person
from delphi.extensions import db
from delphi.models import Contact, Panellist, PendingImport, Round, Study

WAITS = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrollingPage:
    """What every page of this slice needs; `joined_round_id` None: all rounds have closed."""

    study: str
    study_title: str
    synthetic: str
    groups: tuple[tuple[str, str], ...]
    languages: tuple[tuple[str, str], ...]
    choices: Choices
    joined_round_id: int | None
    joined_round: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """The contacts of a panel; `unreadable`: how many no key of the server opens."""

    contacts: tuple[ContactDetails, ...]
    unreadable: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckPage:
    """An upload before it is done; nobody is named: who sees it has the file."""

    people: int
    by_group: tuple[tuple[str, int], ...]
    sorted: Sorted
    without_contact: int
    without_email: int
    unreadable: int
    mark: str


def enrolling_page(study_id: int) -> EnrollingPage:
    """Return what the pages need to know of the study."""
    protocol = protocol_of(db.session.get_one(Study, study_id))
    query = select(Round.id, Round.code, Round.opened_at, Round.closed_at).where(Round.study_id == study_id)
    rounds = db.session.execute(query.order_by(Round.position)).all()
    place = round_to_join([state_of(round_.opened_at, round_.closed_at) for round_ in rounds])
    languages = tuple((code, _language_name(code)) for code in protocol.study.languages)
    return EnrollingPage(
        study=protocol.study.code,
        study_title=protocol.study.title,
        synthetic=protocol.study.note if protocol.study.synthetic else "",
        groups=tuple((group.code, group.label) for group in protocol.groups),
        languages=languages,
        choices=_choices(protocol, languages),
        joined_round_id=None if place is None else rounds[place].id,
        joined_round="" if place is None else protocol.round(rounds[place].code).label,
    )


def contacts_on_panel(study_id: int, *, keys: Sequence[str], without: int | None = None) -> Panel:
    """Open the contacts of a panel, but of the panellist `without`.

    To compare with, never to show. It needs nothing that is kept beside them (decision 33).
    """
    query = select(Contact.sealed).join(Panellist, Panellist.id == Contact.panellist_id)
    others = query.where(Panellist.study_id == study_id, Panellist.id != (without or 0))
    contacts: list[ContactDetails] = []
    unreadable = 0
    for sealed in db.session.scalars(others):
        try:
            contacts.append(open_sealed(sealed, keys=keys))
        except ContactCannotBeOpened:
            unreadable += 1
    return Panel(contacts=tuple(contacts), unreadable=unreadable)


def pending_people(
    study_id: int, *, user_id: int, keys: Sequence[str], now: datetime
) -> tuple[Person, ...] | None:
    """Return the upload that waits for a user's yes; None if there is none, or it has waited too long."""
    row = db.session.get(PendingImport, (study_id, user_id))
    text = open_text(row.sealed, keys=keys) if row and row.made_at > now - WAITS else None
    return None if text is None else people_of_text(text)


def check_page(
    study_id: int, page: EnrollingPage, *, people: Sequence[Person], keys: Sequence[str]
) -> CheckPage:
    """Return what would come of an upload as the panel stands now."""
    panel = contacts_on_panel(study_id, keys=keys)
    found = sort_people(people, panel=panel.contacts)
    groups = [person.group for person in found.new]
    return CheckPage(
        people=len(people),
        by_group=tuple((label, groups.count(code)) for code, label in page.groups if code in groups),
        sorted=found,
        without_contact=sum(person.contact == ContactDetails() for person in found.new),
        without_email=sum(not person.contact.email for person in found.new),
        unreadable=panel.unreadable,
        mark=found.mark(),
    )


def is_on_panel(
    contact: ContactDetails, *, study_id: int, keys: Sequence[str], without: int | None = None
) -> bool:
    """Say whether somebody else on the panel has this contact."""
    panel = contacts_on_panel(study_id, keys=keys, without=without)
    return is_known(contact, panel=panel.contacts)


def text_of_people(people: Sequence[Person]) -> str:
    """People as text, to be sealed."""
    return json.dumps([asdict(person) for person in people])


def people_of_text(text: str) -> tuple[Person, ...]:
    """The people that `text_of_people` made the text from."""
    return tuple(
        Person(**{**person, "contact": ContactDetails(**person["contact"])}) for person in json.loads(text)
    )


def _choices(protocol: Protocol, languages: Sequence[tuple[str, str]]) -> Choices:
    groups = {
        words.casefold(): group.code
        for group in protocol.groups
        for words in (group.one, group.label, group.code)
    }
    groups.pop("", None)
    named = {name.casefold(): code for code, name in languages}
    return Choices(
        groups=groups,
        languages=named | {code.casefold(): code for code, _ in languages},
        group_labels=tuple(group.label for group in protocol.groups),
        language_codes=tuple(code for code, _ in languages),
    )


def _language_name(code: str) -> str:
    try:
        return Locale.parse(code, sep="-").get_display_name("en") or code
    except (ValueError, UnknownLocaleError):
        return code
