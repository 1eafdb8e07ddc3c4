"""The page of a running round: who has come how far, and no result."""

import json
import re

import pytest
from flask import Flask
from sqlalchemy import update

from delphi.extensions import db
from delphi.models import Consent, Panellist, Rating, Role
from delphi.web import clock
from tests.data.small_study import small_study
from tests.rating.panellists import rating_of, who_agreed
from tests.statements import Statements
from tests.studies_on_app import StudyOnApp, load_study
from tests.watching.rounds_to_watch import PROGRESS, member

SCORES = (1, 4, 9)


@pytest.fixture
def each_study(each_app: Flask) -> StudyOnApp:
    return load_study(each_app, small_study(), open_round="2")


def test_each_step_is_counted_by_group(each_app: Flask, each_study: StudyOnApp) -> None:
    client = who_agreed(each_app, each_study, "s4")
    client.get("/rate/section/1")
    client.submit({rating_of(each_study, "home"): "8"})
    who_agreed(each_app, each_study, "s5")
    rows = member(each_app, each_study).get(PROGRESS).table_rows()
    assert rows[1:] == [
        ["Survivors", "6", "6", "6", "5", "4", ""],
        ["Researchers", "2", "2", "2", "2", "2", ""],
        ["Everyone", "8", "8", "8", "7", "6", ""],
    ]


def test_who_only_came_in_has_not_agreed(app: Flask, study: StudyOnApp) -> None:
    who_agreed(app, study, "s4")
    with app.app_context():
        db.session.execute(
            update(Consent).where(Consent.panellist_id == study.panellists["s4"]).values(agreed=False)
        )
        db.session.commit()
    assert member(app, study).get(PROGRESS).table_rows()[1][:5] == ["Survivors", "6", "5", "4", "4"]


@pytest.mark.parametrize(("role", "parts"), [(Role.FACILITATOR, 2), (Role.ADVISER, 1), (Role.ANALYST, 1)])
def test_small_groups_stand_together_for_who_sees_no_panel(
    app: Flask, study: StudyOnApp, role: Role, parts: int
) -> None:
    page = member(app, study, role).get(PROGRESS)
    figures = json.loads(member(app, study, role).http.get(f"{PROGRESS}.json").text)
    assert len(figures["groups"]) == parts
    assert ("Survivors and researchers, together" in page.text) is (parts == 1)
    assert ("Groups of fewer than 5 people are counted together." in page.text) is (parts == 1)


@pytest.mark.parametrize("role", [Role.OWNER, Role.ANALYST])
def test_before_closing_no_score_is_on_the_page_or_in_its_figures(
    app: Flask, study: StudyOnApp, role: Role
) -> None:
    client, texts = member(app, study, role), []
    for score in SCORES:
        with app.app_context():
            db.session.execute(update(Rating).values(score=score).where(Rating.score.is_not(None)))
            db.session.commit()
        figures = client.http.get(f"{PROGRESS}.json").text
        texts.append(_without_moments(client.get(PROGRESS).text + figures))
    assert len(set(texts)) == 1


def _without_moments(text: str) -> str:
    return re.sub(r'As of \d\d:\d\d|"at":"[^"]*"', "", text)


def test_where_somebody_stopped_is_the_section_of_their_newest_answer(app: Flask, study: StudyOnApp) -> None:
    client = who_agreed(app, study, "s4")
    for section, outcome in ((1, "home"), (2, "work")):
        client.get(f"/rate/section/{section}")
        client.submit({rating_of(study, outcome): "8"})
    page = member(app, study).get(PROGRESS)
    assert "1 person has started and not finished." in page.text
    assert ["2. Everyday life", "1"] in page.table_rows(2)


def test_an_outcome_without_a_score_is_counted_until_a_score_comes(
    each_app: Flask, each_study: StudyOnApp
) -> None:
    client, owner = who_agreed(each_app, each_study, "s4"), member(each_app, each_study)
    for answer, expected in (("cannot_say", [1, 0, 0]), ("8", None)):
        client.get("/rate/section/1")
        client.submit({rating_of(each_study, "home"): answer})
        lines = json.loads(owner.http.get(f"{PROGRESS}.json").text)["without_score"]
        found = [[line["cannot_say"], line["no_opinion"], line["skipped"]] for line in lines]
        assert found == ([expected] if expected else [])


def test_comments_come_newest_first_for_who_reads_them(app: Flask, study: StudyOnApp) -> None:
    client = who_agreed(app, study, "s4")
    for text in ("The first words.", "<b>The second words.</b>"):
        client.get("/rate/finish")
        client.submit({"comment": text}, button="Save this, I have not finished")
    assert "<b>The second words.</b>" in member(app, study).get(PROGRESS).text
    assert "The first words." not in member(app, study).get(PROGRESS).text
    for role in (Role.ADVISER, Role.ANALYST):
        assert "second words" not in member(app, study, role).get(PROGRESS).html


def test_days_go_from_opening_to_today_in_the_picture_and_its_table(app: Flask, study: StudyOnApp) -> None:
    figures = json.loads(member(app, study).http.get(f"{PROGRESS}.json").text)
    with app.app_context():
        today = clock.local(clock.now()).date().isoformat()
    assert figures["days"][-1] == {"day": today, "started": 6, "finished": 6}
    page = member(app, study).get(PROGRESS)
    assert page.find(".//{http://www.w3.org/2000/svg}svg[@class='app-days']").get("role") == "img"
    assert page.table_rows(1)[0] == ["By the end of", "Started", "Finished"]


def test_who_has_withdrawn_is_not_counted(app: Flask, study: StudyOnApp) -> None:
    with app.app_context():
        gone = update(Panellist).where(Panellist.id == study.panellists["s1"])
        db.session.execute(gone.values(withdrew_round_id=study.rounds["2"]))
        db.session.commit()
    assert member(app, study).get(PROGRESS).table_rows()[1][:2] == ["Survivors", "5"]


def test_the_page_asks_few_statements(app: Flask, study: StudyOnApp) -> None:
    statements: Statements = member(app, study).get(PROGRESS).statements
    assert len(statements) < 20


def test_a_round_that_is_not_there_has_no_page(app: Flask, study: StudyOnApp) -> None:
    assert member(app, study).http.get(PROGRESS.replace("/2/", "/9/")).status_code == 404
