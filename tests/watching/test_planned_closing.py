"""A round closes at the planned moment, without any process that would have to run then."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, text, update

from delphi.closing import close_due_rounds
from delphi.extensions import db
from delphi.models import AuditRow, Role, Round
from delphi.watching.actions import plan_closing
from delphi.web import clock
from tests.data.small_study import small_study
from tests.rating.panellists import rating_of, rows_of, who_agreed
from tests.setup.round_actions import acts_of
from tests.studies_on_app import StudyOnApp, load_study
from tests.watching.rounds_to_watch import ON_TIME, PLAN, PROGRESS, ROUND, let_the_time_come, member, round_2
from tests.web_client import PageClient, filled_in

UNTIL = "You can answer until 30 April 2999 at 18:00."


@pytest.fixture
def each_study(each_app: Flask) -> StudyOnApp:
    return load_study(each_app, small_study(), open_round="2")


def planned(app: Flask, study: StudyOnApp) -> PageClient:
    owner = member(app, study)
    owner.get(PLAN)
    owner.submit(ON_TIME, button="Close it then")
    return owner


def test_a_closing_is_planned_changed_and_taken_away(each_app: Flask, each_study: StudyOnApp) -> None:
    owner = planned(each_app, each_study)
    assert "It closes by itself on 30 April 2999 at 18:00." in owner.get(PROGRESS).text
    assert round_2(each_app, each_study).closes_at == datetime(2999, 4, 30, 17, tzinfo=UTC)  # in London
    owner.get(PLAN)
    owner.submit(ON_TIME | {"hour": "19:30"}, button="Close it then")
    assert round_2(each_app, each_study).closes_at == datetime(2999, 4, 30, 18, 30, tzinfo=UTC)
    owner.get(PLAN)
    owner.submit(button="Take the planned closing away")
    assert round_2(each_app, each_study).closes_at is None
    acts = acts_of(each_app, each_study)[-3:]
    assert acts == ["closing planned", "closing planned", "planned closing taken away"]


def test_panellists_read_until_when_they_can_answer(app: Flask, study: StudyOnApp) -> None:
    client = who_agreed(app, study, "s4")
    assert "You can answer until" not in client.get("/rate/welcome").text
    planned(app, study)
    for page in ("/rate/welcome", "/rate/finish"):
        assert UNTIL in client.get(page).text
    assert UNTIL in client.submit({"comment": ""}).text
    assert client.page is not None
    assert client.page.h1 == "Thank you"


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"day": "2999-02-30", "hour": "18:00"}, "Enter a real day, such as 2031-04-30."),
        ({"day": "2999-02-03", "hour": "25:00"}, "Enter a real time of day, such as 18:00."),
        ({"day": "2020-02-03", "hour": "18:00"}, "Choose a moment that is still to come."),
        ({"day": "9999-12-31", "hour": ""}, "Enter a real time of day, such as 18:00."),
    ],
)
def test_a_moment_that_cannot_be_is_refused_beside_its_field(
    app: Flask, study: StudyOnApp, fields: dict[str, str], fault: str
) -> None:
    owner = member(app, study)
    owner.get(PLAN)
    assert fault in owner.submit(fields, status=422).text
    assert round_2(app, study).closes_at is None


@pytest.mark.parametrize("role", [Role.OWNER, Role.ADVISER])
def test_when_the_time_has_come_the_team_finds_the_round_closed(
    each_app: Flask, each_study: StudyOnApp, role: Role
) -> None:
    moment = let_the_time_come(each_app, each_study)
    client = member(each_app, each_study, role)
    assert client.http.get(f"{ROUND}/results").status_code == 200
    assert round_2(each_app, each_study).closed_at == moment
    assert "The rule, fixed before the round" in client.get(f"{ROUND}/results").text
    with each_app.app_context():
        row = db.session.scalars(select(AuditRow).where(AuditRow.action == "round closed")).one()
        assert (row.actor, row.detail) == ("planned closing", {"round": "2"})


def test_when_the_time_has_come_an_answer_is_late(each_app: Flask, each_study: StudyOnApp) -> None:
    client = who_agreed(each_app, each_study, "s4")
    form = filled_in(client.page.form(), {rating_of(each_study, "home"): "8"}) if client.page else {}
    let_the_time_come(each_app, each_study)
    client.http.post("/rate/section/1", data=form)
    assert rows_of(each_app, each_study, "s4") == [("home", "8", True)]
    assert "1 of your answers came after that." in client.get("/rate").text


def test_lists_of_studies_know_it_before_anybody_has_looked(app: Flask, study: StudyOnApp) -> None:
    let_the_time_come(app, study)
    assert "All 2 rounds are closed" in member(app, study).get("/studies").text
    assert round_2(app, study).closed_at is None


def test_a_round_whose_time_has_come_cannot_be_put_off(each_app: Flask, each_study: StudyOnApp) -> None:
    let_the_time_come(each_app, each_study)
    now = clock.now()
    with each_app.app_context():
        assert not plan_closing(
            each_study.study_id,
            round_id=each_study.rounds["2"],
            round_code="2",
            closes_at=now + timedelta(days=1),
            by="user:1",
            now=now,
        )


def test_an_answer_on_its_way_is_waited_for_and_on_time(each_app: Flask, each_study: StudyOnApp) -> None:
    """Who closes waits for the answer's transaction, which began before the planned moment."""
    moment = let_the_time_come(each_app, each_study, ago=timedelta(seconds=1))
    with each_app.app_context():
        engine = db.engine
    with engine.connect() as answering:
        begin, lock = ("BEGIN IMMEDIATE", "SELECT 1") if engine.dialect.name == "sqlite" else ("", "")
        if begin:
            answering.exec_driver_sql(begin)
        answering.execute(text(lock or "SELECT id FROM round WHERE code = '2' FOR SHARE"))
        closing = threading.Thread(target=_close, args=(each_app,))
        closing.start()
        closing.join(timeout=0.5)
        assert closing.is_alive()
        answering.commit()
    closing.join(timeout=60)
    assert round_2(each_app, each_study).closed_at == moment


def _close(app: Flask) -> None:
    with app.app_context():
        close_due_rounds(now=clock.now())


def test_answers_sent_while_the_time_passes_are_all_kept(each_app: Flask, each_study: StudyOnApp) -> None:
    people = ("s4", "s5")
    clients = {code: who_agreed(each_app, each_study, code) for code in people}
    forms = {
        code: filled_in(client.page.form(), {rating_of(each_study, "home"): "8"})
        for code, client in clients.items()
        if client.page
    }
    moment = clock.now() + timedelta(milliseconds=150)
    with each_app.app_context():
        db.session.execute(update(Round).where(Round.code == "2").values(closes_at=moment))
        db.session.commit()
    threads = [
        threading.Thread(target=_send_often, args=(clients[code], forms[code], rating_of(each_study, "home")))
        for code in people
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    for code in people:
        rows = rows_of(each_app, each_study, code)
        assert [score for _, score, _ in rows] == [str(n) for n in range(1, 9)]
        lateness = [late for _, _, late in rows]
        assert lateness == sorted(lateness)
        assert lateness[-1]


def _send_often(client: PageClient, form: dict[str, list[str]], name: str) -> None:
    for score in range(1, 9):
        answer = form | {name: [str(score)]}
        assert client.http.post("/rate/answer", data=answer).status_code == 200
        threading.Event().wait(0.04)


def test_two_who_look_at_once_close_it_once(each_app: Flask, each_study: StudyOnApp) -> None:
    let_the_time_come(each_app, each_study)
    threads = [threading.Thread(target=_close, args=(each_app,)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert acts_of(each_app, each_study).count("round closed") == 1
