"""Private messages: written by panellists, read by those who run the study, and in nothing that leaves it."""

import pytest
from flask import Flask

from delphi.dataset import export_study
from delphi.models import Role, TextKind
from delphi.web import clock
from tests.data.small_study import small_study
from tests.rating.panellists import close, text_on, texts_of, who_agreed
from tests.rating.rounds_to_rate import with_private_messages
from tests.studies_on_app import StudyOnApp, load_study
from tests.web_client import Page, PageClient, sign_in_user

PRIVATE = "/studies/small/rounds/2/private"


@pytest.fixture
def offering(app: Flask) -> StudyOnApp:
    """A study where one may write to the team alone."""
    return load_study(app, with_private_messages(small_study()), open_round="2")


def messages(app: Flask, study: StudyOnApp) -> Page:
    """The page as a facilitator sees it."""
    client = PageClient(app)
    sign_in_user(client, study.team[Role.FACILITATOR])
    return client.get(PRIVATE)


def test_a_message_on_an_outcome_and_one_on_the_round_are_kept_and_read(
    app: Flask, offering: StudyOnApp
) -> None:
    client = who_agreed(app, offering, "s4")
    page = client.submit({text_on(offering, "home", TextKind.PRIVATE): "I am not safe at home."})
    client.get("/rate/finish")
    client.submit({"private": "Call me."}, button="Save this, I have not finished")
    assert texts_of(app, offering, "s4") == [
        ("home", "private", "I am not safe at home."),
        (None, "private", "Call me."),
    ]
    words = messages(app, offering).text
    assert words.index("About the round Call me. s4, Survivors") < words.index("A safe home I am not safe")
    assert page.status == 200


def test_the_box_says_who_reads_it(app: Flask, offering: StudyOnApp) -> None:
    client = who_agreed(app, offering, "s4")
    for url, boxes in (("/rate/section/1", 2), ("/rate/finish", 1)):
        assert client.get(url).text.count("Two people of the team read this.") == boxes


def test_a_message_that_was_taken_back_is_not_shown(app: Flask, offering: StudyOnApp) -> None:
    client = who_agreed(app, offering, "s4")
    for words in ("First.", "Second.", ""):
        client.get("/rate/finish")
        client.submit({"private": words}, button="Save this, I have not finished")
        shown = messages(app, offering).text
        assert (words in shown, "First." in shown) == (True, words == "First.")
    assert "There are none." in messages(app, offering).text


def test_a_late_message_is_shown_as_late(app: Flask, offering: StudyOnApp) -> None:
    client = who_agreed(app, offering, "s4")
    client.get("/rate/finish")
    close(app, offering, "2", at=clock.now())
    client.submit({"private": "Too late?"})
    assert "after the round had closed" in messages(app, offering).text


def test_a_message_leaves_no_study(app: Flask, offering: StudyOnApp) -> None:
    client = who_agreed(app, offering, "s4")
    client.get("/rate/finish")
    client.submit({"private": "Between us.", "comment": "For all."})
    with app.app_context():
        texts = [comment.comment for comment in export_study(offering.study_id).comments]
    assert "For all." in texts
    assert "Between us." not in texts


def test_a_study_that_offers_none_has_no_box(app: Flask, study: StudyOnApp) -> None:
    client = who_agreed(app, study, "s4")
    assert "private" not in client.get("/rate/section/1").html
    assert "rivate message" not in client.get("/rate/finish").text
    assert "the study's protocol offers no private messages" in messages(app, study).text


def test_a_round_that_does_not_exist_is_not_found(app: Flask, study: StudyOnApp) -> None:
    client = PageClient(app)
    sign_in_user(client, study.team[Role.OWNER])
    assert client.http.get("/studies/small/rounds/nowhere/private").status_code == 404
