"""A synthetic review: 1,313 reports in 412 wordings of 74 things. Made up from a seed."""

import csv
import io
import random

ASPECTS = ("fear of", "trust in", "contact with", "support from", "knowledge of", "access to", "hope for")
THINGS = (
    "family",
    "police",
    "housing",
    "neighbours",
    "lawyers",
    "school",
    "paid work",
    "doctors",
    "friends",
    "shelters",
    "children",
)
CONCEPTS = tuple(f"{aspect} {thing}" for aspect in ASPECTS for thing in THINGS)[:74]
WORDINGS = (
    "{}",
    "level of {}",
    "{} in daily life",
    "change in {}",
    "reported {}",
    "{} a year later",
)
REPORTED, DIFFERENT = 1_313, 412
SPELT = (str, str.upper, str.capitalize, "{}.".format, "  {}".format, lambda text: text.replace(" ", "  "))


def synthetic_review(*, seed: int = 74) -> list[tuple[str, str, str]]:
    """Name as reported, sources, area; every source says that it is synthetic."""
    chance = random.Random(seed)  # noqa: S311  # made-up data, no secret
    six = DIFFERENT - 5 * len(CONCEPTS)
    wordings = [
        wording.format(concept)
        for at, concept in enumerate(CONCEPTS)
        for wording in WORDINGS[: 6 if at < six else 5]
    ]
    texts = [*wordings, *chance.choices(wordings, k=REPORTED - len(wordings))]
    return [(chance.choice(SPELT)(text), _sources(chance), "") for text in texts]


def _sources(chance: random.Random) -> str:
    studies = sorted(chance.sample(range(1, 120), k=chance.choice((1, 1, 1, 2))))
    return "; ".join(f"Synthetic study {number}" for number in studies)


def as_table(rows: list[tuple[str, str, str]]) -> bytes:
    """The review as a CSV file."""
    text = io.StringIO()
    csv.writer(text).writerows([("Outcome as reported", "Source", "Area"), *rows])
    return text.getvalue().encode()
