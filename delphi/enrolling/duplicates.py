"""Who of an upload is new, who is on the panel already, who stands in the file twice. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from delphi.access.contacts import ContactDetails
from delphi.enrolling.people import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorted:
    """An upload sorted into who is new, who is on the panel already, and who was in the file before."""

    new: tuple[Person, ...]
    on_panel: tuple[Person, ...]
    twice: tuple[Person, ...]

    def mark(self) -> str:
        """What a page showed, without a word about anybody: the lines of those who would be added."""
        return ",".join(str(person.line) for person in self.new)


class _Known:
    """Contacts, found by e-mail, telephone or, where there is neither, by the team's own reference."""

    def __init__(self, contacts: Iterable[ContactDetails]) -> None:
        self._emails: set[str] = set()
        self._telephones: dict[str, list[ContactDetails]] = {}
        self._references: set[str] = set()
        for contact in contacts:
            self.add(contact)

    def add(self, contact: ContactDetails) -> None:
        if contact.email:
            self._emails.add(contact.email.casefold())
        if contact.telephone:
            self._telephones.setdefault(same_number(contact.telephone), []).append(contact)
        if _has_reference_alone(contact):
            self._references.add(contact.name.casefold())

    def has(self, contact: ContactDetails) -> bool:
        if contact.email and contact.email.casefold() in self._emails:
            return True
        if _has_reference_alone(contact):
            return contact.name.casefold() in self._references
        others = self._telephones.get(same_number(contact.telephone), []) if contact.telephone else []
        return any(not _differ(contact, other) for other in others)


def sort_people(people: Sequence[Person], *, panel: Iterable[ContactDetails]) -> Sorted:
    """Return who is new. Who has only a group is always new: nothing tells two such people apart."""
    on_panel, in_file = _Known(panel), _Known(())
    sorted_: dict[str, list[Person]] = {"new": [], "on_panel": [], "twice": []}
    for person in people:
        kind = "new"
        if on_panel.has(person.contact):
            kind = "on_panel"
        elif in_file.has(person.contact):
            kind = "twice"
        sorted_[kind].append(person)
        in_file.add(person.contact)
    return Sorted(**{kind: tuple(found) for kind, found in sorted_.items()})


def is_known(contact: ContactDetails, *, panel: Iterable[ContactDetails]) -> bool:
    """Say whether a contact is one of the panel's."""
    return _Known(panel).has(contact)


def same_number(telephone: str) -> str:
    """The digits of a telephone number, the same for all ways to write it with its country."""
    digits = "".join(character for character in telephone if character.isdigit())
    return digits.removeprefix("00")


def _has_reference_alone(contact: ContactDetails) -> bool:
    return bool(contact.name) and not contact.email and not contact.telephone


def _differ(one: ContactDetails, other: ContactDetails) -> bool:
    """Whether two who share a telephone, as in one house, are two people by their e-mails or names."""
    pairs = ((one.email, other.email), (one.name, other.name))
    return any(mine and theirs and mine.casefold() != theirs.casefold() for mine, theirs in pairs)
