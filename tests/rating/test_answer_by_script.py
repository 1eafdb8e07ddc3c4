"""One answer at a time, as the page's script sends it."""

from flask import Flask
from werkzeug.test import TestResponse

from delphi.web import clock
from tests.rating.panellists import close, comment_on, comments_of, rating_of, rows_of, who_agreed
from tests.statements import Statements
from tests.studies_on_app import StudyOnApp
from tests.web_client import PageClient


def send(client: PageClient, fields: dict[str, str], *, round_code: str = "2") -> TestResponse:
    """Send fields as the script does."""
    page = client.get("/rate/section/1")
    token = page.find(".//main//input[@name='csrf_token']").get("value")
    return client.http.post("/rate/answer", data={"csrf_token": token, "round": round_code, **fields})


def test_an_answer_is_kept_and_told_with_its_time(app: Flask, study: StudyOnApp) -> None:
    response = send(
        who_agreed(app, study, "s4"), {rating_of(study, "work"): "5", comment_on(study, "work"): "Hm."}
    )
    assert response.status_code == 200
    assert response.json is not None
    assert response.json["status"].startswith("Saved ")
    assert rows_of(app, study, "s4") == [("work", "5", False)]
    assert comments_of(app, study, "s4") == [("Hm.", False)]


def test_a_broken_answer_is_told_in_words(app: Flask, study: StudyOnApp) -> None:
    response = send(who_agreed(app, study, "s4"), {rating_of(study, "work"): "99"})
    told = {"status": "Work: Choose one of the answers in the list.", "fields": [rating_of(study, "work")]}
    assert (response.status_code, response.json) == (422, told)
    assert rows_of(app, study, "s4") == []


def test_a_late_answer_is_told_to_be_late(app: Flask, study: StudyOnApp) -> None:
    client = who_agreed(app, study, "s4")
    page = client.get("/rate/section/2")
    token = page.find(".//main//input[@name='csrf_token']").get("value")
    close(app, study, "2", at=clock.now())
    form = {"csrf_token": token, "round": "2", rating_of(study, "work"): "5"}
    response = client.http.post("/rate/answer", data=form)
    assert response.json is not None
    assert response.json["status"] == "The round has closed. Your answer is kept, marked as late."
    assert rows_of(app, study, "s4") == [("work", "5", True)]


def test_an_answer_to_no_round_is_refused(app: Flask, study: StudyOnApp) -> None:
    response = send(who_agreed(app, study, "s4"), {rating_of(study, "work"): "5"}, round_code="nowhere")
    assert response.status_code == 409
    assert response.json is not None
    assert "Copy what you wrote if you want to keep it." in response.json["status"]


def test_without_a_token_nothing_is_kept(app: Flask, study: StudyOnApp) -> None:
    client = who_agreed(app, study, "s4")
    response = client.http.post("/rate/answer", data={"round": "2", rating_of(study, "work"): "5"})
    assert (response.status_code, response.mimetype) == (400, "text/html")
    assert rows_of(app, study, "s4") == []


def test_one_answer_takes_few_statements(app: Flask, study: StudyOnApp, statements: Statements) -> None:
    client = who_agreed(app, study, "s4")
    page = client.get("/rate/section/1")
    token = page.find(".//main//input[@name='csrf_token']").get("value")
    statements.clear()
    client.http.post("/rate/answer", data={"csrf_token": token, "round": "2", rating_of(study, "work"): "5"})
    assert len(statements) <= 12, statements
