"""A session that was ended stays ended, whatever arrives later, on SQLite and on PostgreSQL."""

import threading
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, text, update

from delphi.access import guard
from delphi.extensions import db
from delphi.models import AuditRow, EndedSession, Role
from delphi.web import clock
from tests.apps import app_on, close_connections
from tests.data.small_study import small_study
from tests.leaving.leavers import DAY, MINUTE, be_away
from tests.rating.panellists import rating_of, rows_of, signed_in, who_agreed
from tests.statements import statements_of
from tests.studies_on_app import StudyOnApp, load_study
from tests.web_client import PageClient, filled_in, sign_in_panellist, sign_in_user

COOKIE = "chorus"
PERSON = "/studies/small/panel/s4"


@pytest.fixture
def each_app(app_on_each_database: Flask) -> Flask:
    return app_on_each_database


@pytest.fixture
def each_study(each_app: Flask) -> StudyOnApp:
    return load_study(each_app, small_study(), open_round="2")


def cookie_of(client: PageClient) -> str:
    cookie = client.http.get_cookie(COOKIE)
    assert cookie is not None
    return cookie.value


def bring_back(client: PageClient, cookie: str) -> None:
    """What the answer to an earlier request does to a browser when it arrives late."""
    client.http.set_cookie(COOKIE, cookie)


def same_browser(app: Flask, cookie: str) -> PageClient:
    """A request of its own, which was sent with the cookie as it was then."""
    other = PageClient(app)
    bring_back(other, cookie)
    return other


def test_a_request_that_was_under_way_at_the_exit_brings_no_session_back(
    each_app: Flask, each_study: StudyOnApp
) -> None:
    begun, left = threading.Event(), threading.Event()

    def slow() -> str:
        begun.set()
        assert left.wait(timeout=10)
        return ""

    each_app.add_url_rule("/rate/slow", "slow", guard.panellist(slow))
    client = signed_in(each_app, each_study, "s4")
    be_away(client, seconds=2 * MINUTE)  # so that its answer writes the cookie
    late = same_browser(each_app, cookie_of(client))
    under_way = threading.Thread(target=late.http.get, args=("/rate/slow",))
    under_way.start()
    assert begun.wait(timeout=10)
    before = cookie_of(late)
    client.http.post("/exit")
    left.set()
    under_way.join(timeout=10)
    revived = cookie_of(late)
    assert revived != before
    bring_back(client, revived)
    client.get("/rate/settings", status=401)
    assert client.http.get("/rate/settings").status_code == 401


@pytest.mark.parametrize("end", ["/exit", "/sign-out"])
def test_the_answer_to_stay_that_arrives_after_the_end_signs_nobody_in(
    each_app: Flask, each_study: StudyOnApp, end: str
) -> None:
    client = signed_in(each_app, each_study, "s4")
    token = client.get("/rate/settings").find(".//form[@id='exit']/input").get("value") or ""
    be_away(client, seconds=2 * MINUTE)
    late = same_browser(each_app, cookie_of(client))
    assert late.http.post("/rate/stay", data={"csrf_token": token}).status_code == 200
    client.http.post(end, data={"csrf_token": token})
    bring_back(client, cookie_of(late))
    assert client.get("/rate/settings", status=401).h1 == "You are not signed in"
    with client.http.session_transaction() as session:  # and the cookie that came back is gone again
        assert set(session) <= {"csrf_token"}


def test_the_last_answer_is_kept_although_the_exit_overtook_it(
    each_app: Flask, each_study: StudyOnApp
) -> None:
    client = who_agreed(each_app, each_study, "s4")
    page = client.get("/rate/section/1")
    form = filled_in(page.form("Save and continue"), {rating_of(each_study, "home"): "8"})
    late = same_browser(each_app, cookie_of(client))
    client.http.post("/exit")
    answer = late.http.post("/rate/answer", data=form, headers={"Sec-Fetch-Mode": "cors"})
    assert (answer.status_code, "Set-Cookie" in answer.headers) == (200, False)
    assert rows_of(each_app, each_study, "s4") == [("home", "8", False)]
    late.get("/rate/section/1", status=401)


def test_a_minute_after_the_exit_nothing_more_is_taken(each_app: Flask, each_study: StudyOnApp) -> None:
    client = who_agreed(each_app, each_study, "s4")
    page = client.get("/rate/section/1")
    form = filled_in(page.form("Save and continue"), {rating_of(each_study, "home"): "8"})
    late = same_browser(each_app, cookie_of(client))
    client.http.post("/exit")
    with each_app.app_context():
        db.session.execute(update(EndedSession).values(ended_at=clock.now() - timedelta(minutes=1)))
        db.session.commit()
    assert late.http.post("/rate/answer", data=form).status_code == 401
    assert rows_of(each_app, each_study, "s4") == []


def test_one_session_ends_and_the_persons_others_go_on(each_app: Flask, each_study: StudyOnApp) -> None:
    here, there = (signed_in(each_app, each_study, "s4") for _ in range(2))
    here.http.post("/exit")
    assert there.get("/rate/settings").h1 == "Settings"


def test_who_signs_in_ends_the_session_of_who_was_there(each_app: Flask, each_study: StudyOnApp) -> None:
    client = signed_in(each_app, each_study, "s4")
    earlier = cookie_of(client)
    sign_in_panellist(client, each_study.panellists["s1"])
    bring_back(client, earlier)
    client.get("/rate/settings", status=401)


def test_a_session_in_which_somebody_entered_answers_ends_as_one(
    each_app: Flask, each_study: StudyOnApp
) -> None:
    client = PageClient(each_app)
    sign_in_user(client, each_study.team[Role.OWNER])
    client.get(PERSON)
    before = cookie_of(client)
    client.submit({"mode": "paper"}, button="Begin")
    while_entering = cookie_of(client)
    client.http.post("/exit")
    for cookie in (before, while_entering):
        bring_back(client, cookie)
        assert client.get("/studies").h1 == "Sign in"


def test_a_session_that_would_be_over_by_itself_is_forgotten(each_app: Flask, each_study: StudyOnApp) -> None:
    with each_app.app_context():
        for number, days in ((1, 6), (2, 8)):
            ended_at = clock.now() - timedelta(days=days)
            db.session.add(EndedSession(session_id=f"number {number}", ended_at=ended_at))
        db.session.commit()
    signed_in(each_app, each_study, "s4").http.post("/exit")
    with each_app.app_context():
        kept = set(db.session.scalars(select(EndedSession.session_id)))
    assert len(kept) == 2
    assert "number 1" in kept


def test_looking_whether_a_session_was_ended_asks_the_database_no_more_often(
    app: Flask, study: StudyOnApp
) -> None:
    app.add_url_rule("/rate/nothing", "nothing", guard.panellist(lambda: ""))
    app.add_url_rule("/studies/nothing", "nothing_of_a_team", guard.staff(lambda: ""))
    panellist, user = signed_in(app, study, "s4"), PageClient(app)
    sign_in_user(user, study.team[Role.OWNER])
    with app.app_context():
        engine = db.engine
    for client, url in ((panellist, "/rate/nothing"), (user, "/studies/nothing")):
        with statements_of(engine) as seen:
            assert client.http.get(url).status_code == 200
        assert len(seen) == 1, seen


def test_exit_and_signing_out_do_not_wait_for_a_database_in_trouble(tmp_path: Path) -> None:
    app = app_on(f"sqlite:///{tmp_path / 'no such folder' / 'delphi.sqlite3'}", data_folder=tmp_path)
    client = PageClient(app)
    with client.http.session_transaction() as session:
        session["_user_id"], session["number"] = "p:1", "any"
    assert client.http.post("/exit").status_code == 200
    with client.http.session_transaction() as session:
        assert dict(session) == {}
    close_connections(app)


def test_nothing_says_whose_session_was_ended(app: Flask, study: StudyOnApp) -> None:
    signed_in(app, study, "s4").http.post("/exit")
    with app.app_context():
        columns = db.session.execute(text("SELECT * FROM ended_session")).keys()
        assert set(columns) == {"session_id", "ended_at"}
        assert not db.session.scalars(select(AuditRow).where(AuditRow.action.like("%sign%out%"))).all()


def test_a_session_from_before_sessions_had_numbers_is_good_until_its_time_is_over(
    app: Flask, study: StudyOnApp
) -> None:
    client = signed_in(app, study, "s4")
    with client.http.session_transaction() as session:
        del session["number"]
    assert client.get("/rate/settings").h1 == "Settings"
    be_away(client, seconds=7 * DAY)
    client.get("/rate/settings", status=401)


def test_signing_out_elsewhere_ends_the_others_and_not_this_one(
    each_app: Flask, each_study: StudyOnApp
) -> None:
    here, there = (signed_in(each_app, each_study, "s4") for _ in range(2))
    somebody_else = signed_in(each_app, each_study, "s1")
    here.get("/rate/settings")
    page = here.submit(button="Sign out everywhere else")
    assert page.h1 == "You are signed out elsewhere"
    there.get("/rate/settings", status=401)
    for client in (here, somebody_else, signed_in(each_app, each_study, "s4")):
        assert client.get("/rate/settings").h1 == "Settings"
    (row,) = acts_of(each_app, f"panellist:{each_study.panellists['s4']}")
    assert row.study_id == each_study.study_id


def test_a_member_of_a_team_signs_out_elsewhere_too_and_where_they_enter_answers(
    each_app: Flask, each_study: StudyOnApp
) -> None:
    here, there, entering = (PageClient(each_app) for _ in range(3))
    for client in (here, there, entering):
        sign_in_user(client, each_study.team[Role.OWNER])
    entering.get(PERSON)
    entering.submit({"mode": "paper"}, button="Begin")
    here.get("/studies")
    assert here.submit(button="Sign out everywhere else").h1 == "You are signed out elsewhere"
    assert there.get("/studies").h1 == "Sign in"
    entering.get("/rate", status=401)
    assert here.get("/studies").h1 == "Studies"
    (row,) = acts_of(each_app, f"user:{each_study.team[Role.OWNER]}")
    assert row.detail == {}


def test_a_panellist_does_not_end_the_session_of_who_enters_answers_for_them(
    app: Flask, study: StudyOnApp
) -> None:
    panellist, entering = signed_in(app, study, "s4"), PageClient(app)
    sign_in_user(entering, study.team[Role.OWNER])
    entering.get(PERSON)
    entering.submit({"mode": "paper"}, button="Begin")
    panellist.get("/rate/settings")
    panellist.submit(button="Sign out everywhere else")
    page = entering.get("/rate/welcome")
    token = page.form("Stop entering").find(".//input")
    assert token is not None
    answer = entering.http.post("/rate/sign-out-elsewhere", data={"csrf_token": token.get("value")})
    assert answer.location == "/rate"
    assert len(acts_of(app, f"panellist:{study.panellists['s4']}")) == 1
    assert panellist.get("/rate/settings").h1 == "Settings"


def test_the_page_about_signing_out_elsewhere_says_nothing_that_did_not_happen(
    app: Flask, study: StudyOnApp
) -> None:
    member = PageClient(app)
    sign_in_user(member, study.team[Role.OWNER])
    assert member.get("/signed-out-elsewhere").url == "/studies"
    assert signed_in(app, study, "s4").get("/rate/signed-out-elsewhere").url == "/rate/settings"


def acts_of(app: Flask, actor: str) -> list[AuditRow]:
    """What the trail tells of signing out elsewhere."""
    query = select(AuditRow).where(AuditRow.action == "signed out elsewhere", AuditRow.actor == actor)
    with app.app_context():
        return list(db.session.scalars(query))
