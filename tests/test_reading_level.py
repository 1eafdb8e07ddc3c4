"""How hard the panellist's English is to read: Flesch–Kincaid grade, the whole and file by file.

Counted are the texts that are sentences; labels and buttons would only make the rest look easier. Blanks are
filled with words of everyday length.
"""

import re
from collections import defaultdict

import pytest
from textstat import textstat

from tools import messages

HARDEST_GRADE = 7
FEWEST_WORDS = 20  # below that, one long word decides
BLANK = re.compile(r"%\((\w+)\)s")
FILLED = {
    **dict.fromkeys(("num", "n", "of", "number", "part", "parts", "score", "low", "high", "most"), "12"),
    **dict.fromkeys(("link", "end"), ""),
    **dict.fromkeys(("people", "group", "groups"), "survivors"),
    **dict.fromkeys(("date", "when"), "3 April"),
    **dict.fromkeys(("round", "before", "clause", "clauses"), "Round 2"),
    "time": "14:05",
}
ANYTHING_ELSE = "a safe place"


def sentences() -> dict[str, list[str]]:
    """The sentences of each file, as somebody may read them."""
    found: dict[str, list[str]] = defaultdict(list)
    for text in messages.texts_in_the_code():
        words = text.id[-1] if isinstance(text.id, tuple) else text.id
        said = BLANK.sub(lambda blank: FILLED.get(blank[1], ANYTHING_ELSE), words).strip()
        if said.endswith((".", "?", "!", ":")):
            for file, _ in text.locations:
                found[file].append(said)
    return found


SENTENCES = sentences()
LONG_ENOUGH = sorted(file for file, said in SENTENCES.items() if len(" ".join(said).split()) >= FEWEST_WORDS)


def grade(said: list[str]) -> float:
    return float(textstat.flesch_kincaid_grade(" ".join(said)))


def test_the_measure_tells_hard_from_easy() -> None:
    hard = [
        "Participation necessitates comprehensive consideration of heterogeneous methodological criteria."
    ]
    assert grade(hard) > 2 * HARDEST_GRADE
    assert grade(["You can stop now and come back later."]) < HARDEST_GRADE


def test_the_panellists_english_is_easy_to_read() -> None:
    assert grade([said for each in SENTENCES.values() for said in each]) <= HARDEST_GRADE


@pytest.mark.parametrize("file", LONG_ENOUGH)
def test_no_file_is_hard_to_read(file: str) -> None:
    assert grade(SENTENCES[file]) <= HARDEST_GRADE
