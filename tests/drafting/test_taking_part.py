"""What a draft says of scale, criteria, joining, support and oneself, in the study that it becomes."""

import pytest
from flask import Flask
from sqlalchemy import select

from analysis.bundle.reader import unpacked
from analysis.bundle.writer import packed
from delphi.drafting.answers import (
    Answers,
    JoiningAnswer,
    Profile,
    ProfileRow,
    ScaleAnswer,
    Support,
    SupportRow,
)
from delphi.drafting.building import scale_of
from delphi.drafting.faults import faults_of_part
from delphi.drafting.taking_part import joining_faults, profile_faults, support_faults
from delphi.extensions import db
from delphi.models import AuditRow, DraftPart, Part
from tests.drafting.setting_up import fill, filled_template, send_table, start
from tests.drafting.test_drafts import study_named
from tests.web_client import PageClient

TYPED = {
    "scale": {"points": "4", "between": "Little\n-"},
    "criteria": {"question-0": "Can it be measured?"},
    "profile": {"question-0": "Where do you live?", "kind-0": "choice", "choices-0": "Town\nCountry"},
    "joining": {"open_link": "yes", "confirm_groups": "no", "removable_until": "2027-03-31"},
    "support": {"name-0": "A line", "contact-0": "116 016", "country-0": "Spain", "languages-0": "es, ca"},
    "feedback": {"live": "yes"},
    "rounds": {"order-0": "shuffled"},
}


def test_all_that_was_typed_is_in_the_study_and_in_its_bundle(app: Flask, researcher: PageClient) -> None:
    draft = start(researcher)
    fill(researcher, draft)
    for part, fields in TYPED.items():
        researcher.get(f"{draft}/{part}")
        researcher.submit(fields, button="Save and continue")
    send_table(researcher, draft, filled_template("Sleep"), name="outcomes.xlsx")
    researcher.get(draft)
    researcher.submit(button="Create the study")
    study = study_named(app, "matters")
    made = study.protocol
    assert made.scales[0].words == ("Not important", "Little", "", "Critical")
    assert [each.question for each in made.rounds[0].criteria][1:] == ["Can it be measured?"]
    assert (made.rounds[0].order.value, made.rounds[1].live_feedback) == ("shuffled", True)
    assert made.profile[0].choices == ("Town", "Country")
    assert (made.joining.open_link, made.joining.confirm_groups) == (True, False)
    assert (made.leaving.removable_until, made.support[0].languages) == ("2027-03-31", ("es", "ca"))
    assert unpacked(packed(study)) == study


@pytest.mark.parametrize(
    ("points", "boxes"),
    [
        ("2", [(1, 1), (2, 2)]),
        ("3", [(1, 1), (2, 2), (3, 3)]),
        ("4", [(1, 1), (2, 3), (4, 4)]),
        ("5", [(1, 2), (3, 3), (4, 5)]),
        ("7", [(1, 2), (3, 5), (6, 7)]),
        ("9", [(1, 3), (4, 6), (7, 9)]),
        ("11", [(1, 3), (4, 8), (9, 11)]),
    ],
)
def test_the_ends_of_a_scale_are_boxes_that_do_not_meet(points: str, boxes: list[tuple[int, int]]) -> None:
    scale = scale_of(Answers(scale=ScaleAnswer(points=points)))
    assert [(box.low, box.high) for box in scale.boxes] == boxes


@pytest.mark.parametrize(
    "scale", [{"points": "1"}, {"points": "12"}, {"points": "x"}, {"between": "One word"}]
)
def test_a_scale_that_cannot_be_is_told(scale: dict[str, str]) -> None:
    answers = Answers(scale=ScaleAnswer(**scale), saved=frozenset({Part.SCALE}))
    assert [fault.field for fault in faults_of_part(answers, Part.SCALE)] == [*scale]


def test_what_cannot_be_of_taking_part_is_told_beside_its_field() -> None:
    rows = (ProfileRow(question="A?"), ProfileRow(question="B?", kind="text", choices="One"))
    assert [at for at, _ in profile_faults(Profile(rows=rows))] == ["choices-0", "choices-1"]
    place = SupportRow(name="A line", languages="Spanish!", url="http://a.example")
    assert [at for at, _ in support_faults(Support(rows=(place,)))] == ["contact-0", "languages-0", "url-0"]
    answer = JoiningAnswer(open_link="perhaps", exit_to="", removable_until="soon")
    assert [at for at, _ in joining_faults(answer)] == ["open_link-yes", "exit_to", "removable_until"]


@pytest.mark.parametrize("site", ["https://[x", "https://a:99999999/"])
def test_a_site_that_no_browser_can_go_to_is_told_beside_its_field(site: str) -> None:
    answer = JoiningAnswer(open_link="no", confirm_groups="no", exit_to=site)
    assert [at for at, _ in joining_faults(answer)] == ["exit_to"]


def test_a_draft_is_deleted_after_a_page_that_asks_and_its_trail_stays(
    app: Flask, researcher: PageClient
) -> None:
    draft = start(researcher)
    fill(researcher, draft, "about")
    researcher.get(f"{draft}/delete")
    page = researcher.submit(button="Delete the draft")
    assert "The draft is deleted." in page.text
    researcher.get(draft, status=404)
    with app.app_context():
        assert db.session.scalars(select(DraftPart)).all() == []
        assert "draft deleted" in db.session.scalars(select(AuditRow.action)).all()


def test_a_draft_that_has_become_a_study_stays(researcher: PageClient) -> None:
    draft = start(researcher)
    fill(researcher, draft)
    send_table(researcher, draft, filled_template("Sleep"), name="outcomes.xlsx")
    researcher.get(f"{draft}/delete")
    asked = researcher.page
    researcher.get(draft)
    researcher.submit(button="Create the study")
    researcher.page = asked
    assert "It was not deleted." in researcher.submit(button="Delete the draft").text
