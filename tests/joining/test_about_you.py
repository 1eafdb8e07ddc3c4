"""Questions about oneself: each may be left, changed later, and is kept in the study's own words."""

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from delphi.extensions import db
from delphi.joining.profile import LONGEST_ANSWER, read_told
from delphi.models import ProfileAnswer, StudyText
from tests.joining.joiners import REGION, SPOKEN, WORK, study_to_join, team_of
from tests.rating.panellists import signed_in
from tests.studies_on_app import StudyOnApp, load_study
from tests.web_client import PageClient

QUESTIONS = (REGION, SPOKEN, WORK)


def rows_of(app: Flask, study: StudyOnApp, who: str = "s4") -> list[tuple[str, str]]:
    """What somebody told, oldest first."""
    query = select(ProfileAnswer).where(ProfileAnswer.panellist_id == study.panellists[who])
    with app.app_context():
        rows = db.session.scalars(query.order_by(ProfileAnswer.id))
        return [(row.question, row.answer) for row in rows]


def asked(app: Flask, study: StudyOnApp, who: str = "s4") -> PageClient:
    """Somebody who has just said yes for the first time."""
    client = signed_in(app, study, who)
    client.get("/rate/consent")
    client.submit({"agree": "yes"})
    return client


@pytest.mark.parametrize(
    ("sent", "answers", "faults"),
    [
        ({}, {"region": "", "spoken": "", "work": ""}, []),
        ({"about-region": ["2"]}, {"region": "In a village", "spoken": "", "work": ""}, []),
        ({"about-region": [""]}, {"region": "", "spoken": "", "work": ""}, []),
        ({"about-spoken": ["3", "1"]}, {"region": "", "spoken": "English\nPolish", "work": ""}, []),
        ({"about-work": [" I teach. "]}, {"region": "", "spoken": "", "work": "I teach."}, []),
        ({"about-region": ["3"]}, {"spoken": "", "work": ""}, ["about-region"]),
        ({"about-region": ["1", "2"]}, {"spoken": "", "work": ""}, ["about-region"]),
        ({"about-work": ["x" * (LONGEST_ANSWER + 1)]}, {"region": "", "spoken": ""}, ["about-work"]),
    ],
)
def test_what_is_sent_is_read(
    app: Flask, sent: dict[str, list[str]], answers: dict[str, str], faults: list[str]
) -> None:
    form = MultiDict((name, value) for name, values in sent.items() for value in values)
    with app.test_request_context():
        told = read_told(form, questions=QUESTIONS, shown=QUESTIONS)
    assert (told.answers, [fault.field for fault in told.faults]) == (answers, faults)


def test_they_are_asked_after_the_first_yes_with_who_reads_them(app: Flask, joinable: StudyOnApp) -> None:
    client = asked(app, joinable)
    assert client.page is not None
    assert (client.page.url, client.page.h1) == ("/rate/about-you", "About you")
    assert "Who reads this: the people who run the study." in client.page.text
    assert client.submit(button="Continue").url == "/rate/reach"
    assert rows_of(app, joinable) == []


def test_who_said_yes_before_is_not_asked_again(app: Flask, joinable: StudyOnApp) -> None:
    client = asked(app, joinable)
    client.get("/rate/consent")
    assert client.submit({"agree": "yes"}).url == "/rate/reach"


def test_answers_are_kept_shown_and_changed_by_new_rows(app: Flask, joinable: StudyOnApp) -> None:
    client = asked(app, joinable)
    client.submit({"about-region": "1", "about-spoken": ["1", "2"], "about-work": "I teach."})
    page = client.get("/rate/about-you")
    checked = {(box.get("name"), box.get("value")) for box in page.root.findall(".//input[@checked]")}
    assert checked == {("about-region", "1"), ("about-spoken", "1"), ("about-spoken", "2")}
    client.submit({"about-region": ""}, button="Continue")
    assert rows_of(app, joinable) == [
        ("region", "In a town"),
        ("spoken", "English\nWelsh"),
        ("work", "I teach."),
        ("region", ""),  # taken back; the others had not changed
    ]


def test_what_can_be_read_is_kept_where_something_cannot(app: Flask, joinable: StudyOnApp) -> None:
    client = asked(app, joinable)
    too_long = "x" * (LONGEST_ANSWER + 1)
    page = client.submit({"about-region": "1", "about-work": too_long}, button="Continue", status=422)
    assert page.text.count("Write 500 characters or fewer.") == 2
    assert page.find(".//input[@name='about-work']").get("value") == too_long
    assert rows_of(app, joinable) == [("region", "In a town")]


def test_it_is_reached_later_from_the_welcome(app: Flask, joinable: StudyOnApp) -> None:
    client = asked(app, joinable)
    page = client.get("/rate/welcome")
    assert client.get(page.link("See or change what you told us about you")).h1 == "About you"


def test_nobody_is_asked_before_saying_yes(app: Flask, joinable: StudyOnApp) -> None:
    client = signed_in(app, joinable, "s4")
    client.get("/rate")
    assert client.get("/rate/about-you").url == "/rate/welcome"


def test_a_study_without_questions_asks_none(app: Flask, study: StudyOnApp) -> None:
    client = asked(app, study)
    assert client.page is not None
    assert client.page.url == "/rate/reach"
    assert client.http.get("/rate/about-you").location == "/rate"


def test_an_answer_in_another_language_is_kept_in_the_first_one(app: Flask) -> None:
    study = load_study(app, study_to_join(languages=("en", "fr")), open_round="2")
    with app.app_context():
        text = {"study_id": study.study_id, "language": "fr", "position": 0, "state": "draft"}
        db.session.add(StudyText(**text, key="profile.region.choices.2", text="Dans un village"))
        db.session.commit()
    client = asked(app, study)
    page = client.submit(button="Français")
    assert "Dans un village" in page.text
    (button,) = page.root.findall(".//form[@id='main-form']//button")
    client.submit({"about-region": "2"}, button="".join(button.itertext()).strip())
    assert rows_of(app, study) == [("region", "In a village")]


def test_those_who_run_the_study_read_it_beside_the_code(app: Flask, joinable: StudyOnApp) -> None:
    asked(app, joinable).submit({"about-spoken": ["1", "3"]}, button="Continue")
    page = team_of(app, joinable).get("/studies/small/panel/s4")
    assert "Which do you speak?English; Polish" in page.text
