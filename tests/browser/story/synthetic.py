"""A made-up study: twenty outcomes, thirty people, and what each of them answers."""

import random
from dataclasses import dataclass
from io import BytesIO

from openpyxl import Workbook

SURVIVORS, PRACTITIONERS, RESEARCHERS = "Survivors", "Practitioners", "Researchers"
GROUPS = {SURVIVORS: 12, PRACTITIONERS: 10, RESEARCHERS: 8}
WEIGHTS = {SURVIVORS: "2", PRACTITIONERS: "1", RESEARCHERS: "1"}
HIGH, LOW, MIXED, SURVIVORS_ONLY = (7, 9), (1, 3), (3, 8), (0, 0)
# The area, then each outcome with the scores that most people give it.
AREAS: dict[str, dict[str, tuple[int, int]]] = {
    "Safety": {
        "A safe place to live": HIGH,
        "Nobody threatens me": HIGH,
        "I can lock my door": MIXED,
        "I know whom to call": HIGH,
        "I walk alone at night": LOW,
    },
    "Health": {
        "I can see a doctor": HIGH,
        "I sleep through the night": HIGH,
        "Sleep without bad dreams": HIGH,
        "I am free of pain": MIXED,
        "I do sport each week": LOW,
    },
    "Daily life": {
        "I have work that is fair": HIGH,
        "I have money for food": HIGH,
        "I can learn the language": SURVIVORS_ONLY,
        "I own a car": LOW,
        "Housing and schooling": HIGH,
    },
    "People": {
        "I can see my family": HIGH,
        "I trust somebody": HIGH,
        "I am heard by officials": MIXED,
        "I have many friends online": LOW,
        "I can practise my faith": MIXED,
    },
}
SCORES = {label: scores for outcomes in AREAS.values() for label, scores in outcomes.items()}


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody on the panel."""

    number: int
    group: str

    @property
    def email(self) -> str:
        """Where their mail goes."""
        return f"person{self.number}@panel.example"

    def score(self, label: str, *, round_code: str) -> str:
        """What they answer: the same in each run; about one in seven thinks otherwise."""
        drawn = random.Random(f"{self.number} {label} {round_code}")  # noqa: S311  # it draws no secret
        least, most = SCORES.get(label, HIGH)
        if (least, most) == SURVIVORS_ONLY:
            least, most = HIGH if self.group == SURVIVORS else LOW
        return str(drawn.randint(least, most) if drawn.random() < 0.86 else drawn.randint(1, 9))

    def comment(self, label: str) -> str:
        """What they write on it, or nothing."""
        return f"Person {self.number} on {label.lower()}." if (self.number + len(label)) % 11 == 0 else ""


PEOPLE = tuple(
    Person(number=number, group=group)
    for number, group in enumerate((group for group, size in GROUPS.items() for _ in range(size)), start=1)
)


def table_of_outcomes() -> bytes:
    """The spreadsheet that the team has."""
    lines = [
        (label, f"What people mean by “{label.lower()}”, in a sentence.", area)
        for area, outcomes in AREAS.items()
        for label in outcomes
    ]
    return _workbook([("Name", "What it means", "Area"), *lines])


def table_of_people() -> bytes:
    """The spreadsheet of those who will be asked; of every second one the language is known."""
    lines = [(one.group, one.email, "en" if one.number % 2 else None, f"ref-{one.number}") for one in PEOPLE]
    return _workbook([("group", "e-mail", "language", "reference"), *lines])


def _workbook(rows: list[tuple[str | None, ...]]) -> bytes:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(list(row))
    file = BytesIO()
    book.save(file)
    return file.getvalue()
