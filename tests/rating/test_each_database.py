"""The panellist's side on SQLite and on PostgreSQL."""

import threading

import pytest
from flask import Flask
from sqlalchemy import text

from delphi.extensions import db
from delphi.web import clock
from tests.data.small_study import small_study
from tests.rating.panellists import comment_on, comments_of, rating_of, rows_of, who_agreed
from tests.studies_on_app import StudyOnApp, load_study
from tests.web_client import PageClient, filled_in


@pytest.fixture
def each_study(each_app: Flask) -> StudyOnApp:
    """The small study on it."""
    return load_study(each_app, small_study(), open_round="2")


def test_a_round_is_rated_and_finished(each_app: Flask, each_study: StudyOnApp) -> None:
    client = who_agreed(each_app, each_study, "s4")
    for score in ("8", "8", "2"):
        client.get("/rate/section/1")
        client.submit({rating_of(each_study, "home"): score, comment_on(each_study, "home"): "“Safe” 👍"})
    client.get("/rate/finish")
    assert client.submit({"comment": "Thank you."}).h1 == "Thank you"
    assert rows_of(each_app, each_study, "s4") == [("home", "8", False), ("home", "2", False)]
    assert comments_of(each_app, each_study, "s4") == [("“Safe” 👍", False), ("Thank you.", False)]


def test_an_answer_that_meets_the_closing_waits_for_it_and_is_late(
    each_app: Flask, each_study: StudyOnApp
) -> None:
    client = who_agreed(each_app, each_study, "s4")
    form = filled_in(client.page.form(), {rating_of(each_study, "home"): "8"}) if client.page else {}
    with each_app.app_context():
        engine = db.engine
    with engine.connect() as closing:
        update = text("UPDATE round SET closed_at = :now WHERE id = :id")
        moment = clock.now().replace(tzinfo=None)
        closing.execute(update, {"now": moment, "id": each_study.rounds["2"]})
        answering = threading.Thread(target=_post, args=(client, form))
        answering.start()
        answering.join(timeout=0.5)
        assert answering.is_alive()
        closing.commit()
    answering.join(timeout=60)
    assert rows_of(each_app, each_study, "s4") == [("home", "8", True)]


def _post(client: PageClient, form: dict[str, list[str]]) -> None:
    client.http.post("/rate/section/1", data=form)


def test_an_answer_that_meets_leaving_is_refused_in_words(each_app: Flask, each_study: StudyOnApp) -> None:
    client, told = who_agreed(each_app, each_study, "s4"), []
    form = filled_in(client.page.form(), {rating_of(each_study, "home"): "8"}) if client.page else {}
    with each_app.app_context():
        engine = db.engine
    with engine.connect() as leaving:
        update = text("UPDATE panellist SET withdrew_round_id = :round WHERE id = :id")
        person = {"round": each_study.rounds["2"], "id": each_study.panellists["s4"]}
        leaving.execute(update, person)
        answering = threading.Thread(
            target=lambda: told.append(client.http.post("/rate/answer", data=form).json)
        )
        answering.start()
        answering.join(timeout=0.5)
        leaving.commit()
        answering.join()
    assert rows_of(each_app, each_study, "s4") == []
    assert "because you have left the study" in told[0]["status"]
