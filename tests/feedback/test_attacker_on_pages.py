"""The attacker with the real study's practice copy: every page of a member of each group, in a browser."""

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from flask import Flask

from analysis.asof import as_of
from analysis.bundle.reader import read
from analysis.study.study import Study
from tests.feedback.attacker import Count, can_work_out
from tests.rating.numbers_shown import numbers_shown
from tests.rating.panellists import who_agreed
from tests.studies_on_app import StudyOnApp, load_study

PRACTICE = as_of(read(Path(__file__).resolve().parents[2] / "studies" / "mscos_2022"), "2")
MINIMUM = PRACTICE.protocol.feedback.minimum_group_size
CAPTION = re.compile("How many people of each group chose each number for “(.+)”")


def viewers(study: Study) -> Iterator[str]:
    """Somebody of each group who could answer Round 1 and may answer Round 2."""
    for group in study.protocol.group_codes:
        people = [person for person in study.panel if person.group == group and person.withdrew is None]
        yield min(person.code for person in people)


def tables_seen(app: Flask, on_app: StudyOnApp, person: str) -> dict[str, list[list[str]]]:
    """The table behind each card that somebody sees, by the label of the outcome's earlier form."""
    client = who_agreed(app, on_app, person)
    page, found, number = client.get("/rate/section/1"), {}, 1
    of = int(re.findall(r"Section 1 of (\d+)", page.h1)[0])
    while True:
        found |= dict(_tables(page.root))
        number += 1
        if number > of:
            return found
        page = client.get(f"/rate/section/{number}")


def _tables(root: Element) -> Iterator[tuple[str, list[list[str]]]]:
    for words, rows in numbers_shown(root):
        caption = CAPTION.fullmatch(words)
        assert caption
        yield caption[1], [[cell.removesuffix(" (you)") for cell in row] for row in rows]


def scores_behind(study: Study, outcome: str, name: str) -> Count:
    """The scores of Round 1 of everybody in the groups that a column names."""
    labels = {group.label.lower(): group.code for group in study.protocol.groups}
    groups = {labels[each] for each in name.lower().replace(" and ", ", ").split(", ")}
    members = {person.code for person in study.panel if person.group in groups}
    return frozenset(
        (rating.panellist, rating.score)
        for rating in study.ratings
        if (rating.round, rating.outcome) == ("1", outcome)
        and rating.panellist in members
        and rating.score is not None
        and not rating.late
    )


@pytest.mark.timeout(300)
def test_the_pages_of_the_real_study_tell_of_nobody(app: Flask) -> None:
    on_app = load_study(app, PRACTICE, open_round="2")
    seen = [tables_seen(app, on_app, person) for person in viewers(PRACTICE)]
    assert len(seen) > 1
    assert all(tables == seen[0] for tables in seen)  # what is shown does not depend on who looks
    codes = {outcome.label: outcome.code for outcome in PRACTICE.outcomes}
    assert len(seen[0]) > 20
    for label, (names, *rows, people) in seen[0].items():
        counts = [scores_behind(PRACTICE, codes[label], name) for name in names[1:]]
        assert people[1:] == [str(len(count)) for count in counts]
        for score, *numbers in rows:
            assert numbers == [str(sum(s == int(score) for _, s in count)) for count in counts]
        assert can_work_out(counts, fewer_than=MINIMUM) is None
