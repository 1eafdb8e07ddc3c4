"""The team enters answers for a panellist, from paper or as a helper: marked so, and naming both."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import delete, select

from delphi.access.current import SEEN_AT, SIGNED_IN_AT
from delphi.extensions import db
from delphi.models import AuditRow, Consent, EntryMode, Membership, Panellist, Rating, Role
from delphi.web import clock
from tests.rating.panellists import rating_of
from tests.studies_on_app import StudyOnApp
from tests.web_client import Page, PageClient, filled_in, sign_in_user

PERSON = "/studies/small/panel/s4"


def begin(app: Flask, study: StudyOnApp, *, mode: str = "paper", role: Role = Role.FACILITATOR) -> PageClient:
    """A member of the team who has begun to enter answers for s4."""
    client = PageClient(app)
    sign_in_user(client, study.team[role])
    client.get(PERSON)
    client.submit({"mode": mode}, button="Begin")
    return client


def agree_and_rate(client: PageClient, study: StudyOnApp) -> None:
    client.get("/rate/consent")
    sent = filled_in(newest_page(client).form("Continue"), {"agree": "yes"})
    client.http.post("/rate/consent", data=sent)
    answer = {"csrf_token": sent["csrf_token"], "round": "2", rating_of(study, "home"): "8"}
    assert client.http.post("/rate/section/1", data=answer).status_code == 303


def newest_page(client: PageClient) -> Page:
    assert client.page is not None
    return client.page


def actor(study: StudyOnApp, role: Role = Role.FACILITATOR) -> str:
    return f"user:{study.team[role]} for panellist:{study.panellists['s4']}"


@pytest.mark.parametrize(
    ("mode", "words"),
    [
        ("paper", "You are entering answers for s4, from paper."),
        ("helper", "You are entering answers for s4, as a helper."),
    ],
)
def test_a_banner_on_every_page_says_for_whom(app: Flask, study: StudyOnApp, mode: str, words: str) -> None:
    client = begin(app, study, mode=mode)
    assert newest_page(client).url.startswith("/rate")
    for url in ("/rate/welcome", "/rate/consent", "/", "/about", "/nowhere"):
        page = client.get(url, status=404 if url == "/nowhere" else 200)
        assert words in page.all_text, url


def test_what_is_entered_is_marked_and_names_both(app: Flask, study: StudyOnApp) -> None:
    agree_and_rate(begin(app, study, mode="paper"), study)
    whose = study.panellists["s4"]
    with app.app_context():
        consent = db.session.scalars(select(Consent).where(Consent.panellist_id == whose)).one()
        rating = db.session.scalars(
            select(Rating).where(Rating.panellist_id == whose, Rating.round_id == study.rounds["2"])
        ).one()
        actions = db.session.scalars(
            select(AuditRow.action).where(AuditRow.actor == actor(study)).order_by(AuditRow.id)
        ).all()
    assert (consent.entered, rating.entered) == (EntryMode.PAPER, EntryMode.PAPER)
    assert actions == ["consent given", "answers saved"]


def test_beginning_and_stopping_are_in_the_trail(app: Flask, study: StudyOnApp) -> None:
    client = begin(app, study, mode="helper")
    client.submit(button="Stop entering")
    with app.app_context():
        rows = db.session.scalars(select(AuditRow).where(AuditRow.action.like("entering %"))).all()
    user, detail = (
        f"user:{study.team[Role.FACILITATOR]}",
        {"panellist": study.panellists["s4"], "entered": "helper"},
    )
    assert [(row.action, row.actor, row.detail) for row in rows] == [
        ("entering begun", user, detail),
        ("entering stopped", user, detail),
    ]


def test_stopping_brings_the_team_back_to_the_panel(app: Flask, study: StudyOnApp) -> None:
    client = begin(app, study)
    page = client.submit(button="Stop entering")
    assert (page.url, page.h1) == (PERSON, "s4")
    assert "You are entering" not in page.all_text
    assert client.http.get("/rate").status_code == 403


def test_while_entering_one_is_no_member_of_the_team(app: Flask, study: StudyOnApp) -> None:
    client = begin(app, study)
    for url in ("/studies", PERSON, "/studies/small/panel", "/studies/nowhere"):
        page = client.get(url, status=403)
        assert page.h1 == "You are entering answers"
        assert "What you sent just now" not in page.text
    assert client.submit(button="Stop and go to the panel").url == PERSON


def test_what_another_tab_of_the_team_sends_while_entering_is_not_kept_and_it_says_so(
    app: Flask, study: StudyOnApp
) -> None:
    client = begin(app, study)
    page = client.post(f"{PERSON}/enter", {"mode": "helper"}, status=403)
    assert "What you sent just now was not kept." in page.text
    assert client.get(page.link("Go on entering")).url.startswith("/rate")


def test_a_panellist_has_nothing_to_stop(app: Flask, study: StudyOnApp) -> None:
    client = begin(app, study)
    token = client.get("/rate/welcome").form("Stop entering").find(".//input")
    assert token is not None
    with client.http.session_transaction() as session:
        del session["entered_by"], session["entered"]
    client.post("/rate/stop-entering", {"csrf_token": token.get("value") or ""})
    assert newest_page(client).url.startswith("/rate")


def test_a_membership_that_ends_ends_the_entering(app: Flask, study: StudyOnApp) -> None:
    client = begin(app, study)
    with app.app_context():
        db.session.execute(delete(Membership).where(Membership.user_id == study.team[Role.FACILITATOR]))
        db.session.commit()
    assert client.http.get("/rate").status_code == 401


def test_entering_makes_no_session_last_longer(app: Flask, study: StudyOnApp) -> None:
    client = PageClient(app)
    sign_in_user(client, study.team[Role.OWNER])
    three_days_ago = (clock.now() - timedelta(days=3)).timestamp()
    with client.http.session_transaction() as session:
        session[SIGNED_IN_AT] = three_days_ago
    client.get(PERSON)
    client.submit({"mode": "paper"}, button="Begin")
    with client.http.session_transaction() as session:
        assert session[SIGNED_IN_AT] == three_days_ago
        assert session[SEEN_AT] > three_days_ago
    client.submit(button="Stop entering")
    with client.http.session_transaction() as session:
        assert session[SIGNED_IN_AT] == three_days_ago


def test_what_comes_after_the_time_out_is_marked_too(app: Flask, study: StudyOnApp) -> None:
    client = begin(app, study, mode="helper")
    agree_and_rate(client, study)
    token = client.get("/rate/welcome").find(".//main//input[@name='csrf_token']").get("value")
    with client.http.session_transaction() as session:
        session[SEEN_AT] = (clock.now() - timedelta(hours=2)).timestamp()
    answer = {"csrf_token": token, "round": "2", rating_of(study, "home"): "3"}
    client.http.post("/rate/section/1", data=answer)
    whose = (Rating.panellist_id == study.panellists["s4"], Rating.round_id == study.rounds["2"])
    with app.app_context():
        rows = db.session.scalars(select(Rating).where(*whose).order_by(Rating.id)).all()
    assert [(row.score, row.entered) for row in rows] == [(8, EntryMode.HELPER), (3, EntryMode.HELPER)]


def test_a_language_chosen_while_entering_is_not_the_panellists(app: Flask, study: StudyOnApp) -> None:
    client = begin(app, study)
    token = client.get("/rate/welcome").find(".//main//input[@name='csrf_token']").get("value")
    client.http.post("/language", data={"csrf_token": token, "language": "fr", "back": "/rate"})
    with app.app_context():
        assert db.session.get_one(Panellist, study.panellists["s4"]).language is None


def test_nobody_makes_a_come_back_code_for_another(app: Flask, study: StudyOnApp) -> None:
    client = begin(app, study)
    assert client.http.get("/rate/come-back").location == "/rate"
    token = client.get("/rate/welcome").find(".//main//input[@name='csrf_token']").get("value")
    assert client.http.post("/rate/come-back", data={"csrf_token": token}).location == "/rate"


def test_how_it_is_entered_must_be_said(app: Flask, study: StudyOnApp) -> None:
    client = PageClient(app)
    sign_in_user(client, study.team[Role.OWNER])
    client.get(PERSON)
    page = client.submit(button="Begin", status=422)
    assert page.text.count("Choose how you enter their answers.") == 2


def test_nothing_is_entered_for_who_withdrew(app: Flask, study: StudyOnApp) -> None:
    client = PageClient(app)
    sign_in_user(client, study.team[Role.OWNER])
    page = client.get("/studies/small/panel/r3")
    assert "Enter answers" not in page.text
    token = page.form("Sign out").find(".//input")
    assert token is not None
    client.post(
        "/studies/small/panel/r3/enter", {"csrf_token": token.get("value") or "", "mode": "paper"}, status=404
    )


def test_the_panel_shows_how_many_answers_were_entered(app: Flask, study: StudyOnApp) -> None:
    client = begin(app, study)
    agree_and_rate(client, study)
    client.get("/rate/welcome")
    assert "Entered for them1 answer" in client.submit(button="Stop entering").text
    rows = {row[0]: row[2] for row in client.get("/studies/small/panel").table_rows()[1:]}
    assert rows["s4"] == "Started, 1 of 4 1 entered for them"
    assert "entered" not in rows["s1"]
    consent = client.get(PERSON).table_rows()[1]
    assert (consent[:3], consent[4]) == (["Round 2", "Yes", "1"], "from paper")
