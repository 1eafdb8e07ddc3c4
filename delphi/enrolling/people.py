"""People in an uploaded table: what may stand in each column, and what is said where it does not."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from delphi.access.contacts import ContactDetails
from delphi.domain.addresses import is_address
from delphi.enrolling.table import Cell, Fault, Line, Table

GROUP, EMAIL, TELEPHONE, LANGUAGE, REFERENCE = "group", "e-mail", "telephone", "language", "reference"
COLUMNS = (GROUP, EMAIL, TELEPHONE, LANGUAGE, REFERENCE)
OTHER_NAMES = {
    "stakeholder group": GROUP,
    "email": EMAIL,
    "e-mail address": EMAIL,
    "email address": EMAIL,
    "phone": TELEPHONE,
    "mobile": TELEPHONE,
    "name": REFERENCE,
    "own reference": REFERENCE,
    "reference or name": REFERENCE,
}
LONGEST_REFERENCE = 200
FEWEST_DIGITS, MOST_DIGITS = 5, 18
TELEPHONE_SHAPE = re.compile(r"\+?[\d\s()./-]+")
EMAIL_EXPECTED = "an e-mail address, such as name@example.org"
TELEPHONE_EXPECTED = "a telephone number with its country, such as +44 20 7946 0018"
REFERENCE_EXPECTED = f"at most {LONGEST_REFERENCE} characters on one line"
NUMBER_EXPECTED = "a number kept as text, since zeros at its start are lost: format the column as text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody to be put on the panel; `line`: where the file has them. `language` "": not known."""

    line: int
    group: str
    language: str
    contact: ContactDetails


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What the study offers: codes by the words that may stand for them, in small letters."""

    groups: Mapping[str, str]
    languages: Mapping[str, str]
    group_labels: Sequence[str]
    language_codes: Sequence[str]


def people_in(table: Table, *, choices: Choices) -> tuple[tuple[Person, ...], tuple[Fault, ...]]:
    """Return the people of a table, and all faults; with a fault there are no people."""
    places, faults = _places(table)
    if faults:
        return (), faults
    if not table.lines:
        return (), (Fault(line=None, column="", found="headings and nobody", expected="a line a person"),)
    found = [_person(line, places, choices) for line in table.lines]
    faults = tuple(fault for _, line_faults in found for fault in line_faults)
    return (() if faults else tuple(person for person, _ in found)), faults


def email_fault(text: str) -> str:
    """What an e-mail address should be, "" for one that is good or not there."""
    return "" if not text or is_address(text) else EMAIL_EXPECTED


def telephone_fault(text: str) -> str:
    """What a telephone number should be, "" for one that is good or not there."""
    digits = sum(character.isdigit() for character in text)
    is_good = not text or (TELEPHONE_SHAPE.fullmatch(text) and FEWEST_DIGITS <= digits <= MOST_DIGITS)
    return "" if is_good else TELEPHONE_EXPECTED


def reference_fault(text: str) -> str:
    """What a reference should be, "" for one that is good or not there."""
    is_good = len(text) <= LONGEST_REFERENCE and (text.isprintable() or not text)
    return "" if is_good else REFERENCE_EXPECTED


def _places(table: Table) -> tuple[Mapping[str, int], tuple[Fault, ...]]:
    places: dict[str, int] = {}
    faults = list(table.faults)
    for place, heading in enumerate(table.headings):
        name = OTHER_NAMES.get(heading.casefold(), heading.casefold())
        column = f"column {place + 1}"
        if name not in COLUMNS:
            found = "a heading that is not known"
            expected = f"one of {', '.join(COLUMNS)}. Delete other columns: the study has no use for them"
            faults.append(Fault(line=None, column=column, found=found, expected=expected))
        elif name in places:
            found = f"a second column for {name}"
            faults.append(Fault(line=None, column=column, found=found, expected=f"one column for {name}"))
        places.setdefault(name, place)
    if not faults and GROUP not in places:
        faults.append(Fault(line=None, column=GROUP, found="no such column", expected=f"a column “{GROUP}”"))
    return places, tuple(faults)


def _person(line: Line, places: Mapping[str, int], choices: Choices) -> tuple[Person, list[Fault]]:
    cells = {column: line.cells[place] for column, place in places.items()}
    texts = {column: cells[column].text if column in cells else "" for column in COLUMNS}
    faults = [*_choice_faults(texts, line, choices), *_contact_faults(cells, texts, line)]
    contact = ContactDetails(name=texts[REFERENCE], email=texts[EMAIL], telephone=texts[TELEPHONE])
    group = choices.groups.get(texts[GROUP].casefold(), "")
    language = choices.languages.get(texts[LANGUAGE].casefold(), "")
    return Person(line=line.number, group=group, language=language, contact=contact), faults


def _choice_faults(texts: Mapping[str, str], line: Line, choices: Choices) -> list[Fault]:
    faults = []
    if texts[GROUP].casefold() not in choices.groups:
        found = "a group that the study does not have" if texts[GROUP] else "nothing"
        expected = f"one of {', '.join(choices.group_labels)}"
        faults.append(Fault(line=line.number, column=GROUP, found=found, expected=expected))
    if texts[LANGUAGE] and texts[LANGUAGE].casefold() not in choices.languages:
        found = "a language that the study does not have"
        expected = f"one of {', '.join(choices.language_codes)}, or nothing"
        faults.append(Fault(line=line.number, column=LANGUAGE, found=found, expected=expected))
    return faults


def _contact_faults(cells: Mapping[str, Cell], texts: Mapping[str, str], line: Line) -> list[Fault]:
    """What is found is described, never quoted: these cells are about a person."""
    expected = {
        EMAIL: email_fault(texts[EMAIL]),
        TELEPHONE: telephone_fault(texts[TELEPHONE]),
        REFERENCE: reference_fault(texts[REFERENCE]),
    }
    found = {EMAIL: "something else", TELEPHONE: "something else", REFERENCE: "more, or several lines"}
    if TELEPHONE in cells and cells[TELEPHONE].is_number:
        expected[TELEPHONE], found[TELEPHONE] = NUMBER_EXPECTED, "a number that the spreadsheet computes with"
    return [
        Fault(line=line.number, column=column, found=f"{found[column]} (hidden)", expected=right)
        for column, right in expected.items()
        if right
    ]
