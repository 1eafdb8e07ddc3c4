"""The time-out: when it comes, what it takes, and that nothing written is lost by it."""

import pytest
from flask import Flask

from delphi.models import Role
from tests.leaving.leavers import DAY, MINUTE, be_away
from tests.rating.panellists import comment_on, comments_of, rating_of, rows_of, who_agreed
from tests.studies_on_app import StudyOnApp
from tests.web_client import Page, PageClient, filled_in, sign_in_user

BY_SCRIPT = {"Sec-Fetch-Mode": "cors"}


def on_section(client: PageClient) -> Page:
    return client.get("/rate/section/1")


def test_after_an_hour_away_nothing_is_shown(app: Flask, study: StudyOnApp) -> None:
    client = who_agreed(app, study, "s4")
    be_away(client, seconds=59 * MINUTE)
    on_section(client)  # puts it off
    be_away(client, seconds=59 * MINUTE)
    on_section(client)
    be_away(client, seconds=60 * MINUTE)
    page = client.get("/rate/section/1", status=401)
    assert "A safe home" not in page.all_text
    assert "Sign out" not in page.all_text


def test_the_cookie_is_written_at_most_once_a_minute_and_not_for_scripts(
    app: Flask, study: StudyOnApp
) -> None:
    client = who_agreed(app, study, "s4")
    be_away(client, seconds=2 * MINUTE)
    form = filled_in(on_section(client).form("Save and continue"), {})
    assert "Set-Cookie" not in client.http.get("/rate/section/1").headers
    be_away(client, seconds=2 * MINUTE)
    told = client.http.post("/rate/answer", data=form, headers=BY_SCRIPT)
    assert (told.status_code, "Set-Cookie" in told.headers) == (200, False)
    assert "Set-Cookie" in client.http.get("/rate/section/1").headers


def stay(client: PageClient, *, idle: int) -> int:
    token = client.page.find(".//form[@id='exit']/input").get("value") if client.page else ""
    answer = client.http.post("/rate/stay", data={"idle": idle, "csrf_token": token}, headers=BY_SCRIPT)
    assert answer.json is not None
    left: int = answer.json["left"]
    return left


@pytest.mark.parametrize(("idle", "minutes_left"), [(0, 60), (10 * MINUTE, 50), (99 * MINUTE, 2)])
def test_the_script_puts_the_time_out_off_by_what_was_done(
    app: Flask, study: StudyOnApp, idle: int, minutes_left: int
) -> None:
    client = who_agreed(app, study, "s4")
    on_section(client)
    be_away(client, seconds=58 * MINUTE)
    assert stay(client, idle=idle) == pytest.approx(minutes_left * MINUTE, abs=5)


def test_the_page_says_how_long_one_may_be_away(app: Flask, study: StudyOnApp) -> None:
    page = on_section(who_agreed(app, study, "s4"))
    assert "If you do nothing for 1 hour, we sign you out." in page.all_text
    dialog = page.find(".//dialog")
    assert (dialog.get("role"), dialog.get("data-before")) == ("alertdialog", "120")
    assert int(dialog.get("data-left") or 0) == pytest.approx(60 * MINUTE, abs=60)


def test_what_is_sent_after_the_time_out_is_kept_and_nothing_is_shown(app: Flask, study: StudyOnApp) -> None:
    client = who_agreed(app, study, "s4")
    on_section(client)
    be_away(client, seconds=90 * MINUTE)
    page = client.submit({rating_of(study, "home"): "8"}, button="Save and continue")
    assert page.url == "/signed-out?kept=yes"
    assert "What you sent just now is saved." in page.text
    assert "A safe home" not in page.all_text
    assert rows_of(app, study, "s4") == [("home", "8", False)]
    client.get("/rate/section/1", status=401)


def test_a_script_may_still_send_an_answer_after_the_time_out(app: Flask, study: StudyOnApp) -> None:
    client = who_agreed(app, study, "s4")
    form = filled_in(on_section(client).form("Save and continue"), {rating_of(study, "home"): "8"})
    be_away(client, seconds=90 * MINUTE)
    told = client.http.post("/rate/answer", data=form, headers=BY_SCRIPT)
    assert told.status_code == 200
    assert rows_of(app, study, "s4") == [("home", "8", False)]
    assert client.http.post("/rate/answer", data=form, headers=BY_SCRIPT).status_code == 200
    client.get("/rate", status=401)  # sending has not signed them in again


def test_what_cannot_be_read_after_the_time_out_shows_nothing_either(app: Flask, study: StudyOnApp) -> None:
    client = who_agreed(app, study, "s4")
    page = on_section(client)
    form = filled_in(page.form("Save and continue"), {comment_on(study, "home"): "A word."})
    form[rating_of(study, "home")] = ["hostile"]
    be_away(client, seconds=90 * MINUTE)
    answer = client.http.post("/rate/section/1", data=form)
    assert (answer.status_code, answer.location) == (303, "/signed-out")  # it does not say that all was kept
    assert comments_of(app, study, "s4") == [("A word.", False)]


def test_nothing_more_is_taken_once_the_session_is_over(app: Flask, study: StudyOnApp) -> None:
    for end in ("/exit", "/sign-out", "a week"):
        client = who_agreed(app, study, "s4")
        form = filled_in(on_section(client).form("Save and continue"), {rating_of(study, "home"): "8"})
        if end == "a week":
            be_away(client, seconds=7 * DAY)
        else:
            client.http.post(end, data=form)
        answer = client.http.post("/rate/section/1", data=form)
        assert answer.status_code in (400, 401), end
    assert rows_of(app, study, "s4") == []


def test_a_message_that_was_to_be_shown_is_not_shown_to_who_comes_next(app: Flask, study: StudyOnApp) -> None:
    client = who_agreed(app, study, "s4")
    on_section(client)
    be_away(client, seconds=90 * MINUTE)
    with client.http.session_transaction() as session:
        session["_flashes"] = [("message", "For their eyes only.")]
    page = client.submit({rating_of(study, "home"): "8"}, button="Save and continue")
    assert "For their eyes only." not in page.all_text


def test_a_member_of_a_team_is_not_signed_out_by_being_away(app: Flask, study: StudyOnApp) -> None:
    member = PageClient(app)
    sign_in_user(member, study.team[Role.OWNER])
    be_away(member, seconds=2 * DAY)
    assert member.get("/studies").url == "/studies"


@pytest.mark.parametrize(
    ("choice", "away", "status"),
    [
        ("10_minutes", 9 * MINUTE, 200),
        ("10_minutes", 10 * MINUTE, 401),
        ("8_hours", 7 * 60 * MINUTE, 200),
        ("1_week", 6 * DAY, 200),
        ("1_week", 7 * DAY, 401),
    ],
)
def test_one_chooses_how_long_one_may_be_away(
    app: Flask, study: StudyOnApp, choice: str, away: int, status: int
) -> None:
    client = who_agreed(app, study, "s4")
    client.get("/rate/settings")
    assert "Your choice is saved." in client.submit({"away": choice}, button="Save for this device").all_text
    be_away(client, seconds=away)
    client.get("/rate/section/1", status=status)


@pytest.mark.parametrize(("choice", "is_kept"), [("8_hours", False), ("1_week", True)])
def test_no_cookie_outlives_the_browser_unless_asked(
    app: Flask, study: StudyOnApp, choice: str, is_kept: bool
) -> None:
    client = who_agreed(app, study, "s4")
    cookie = client.http.get_cookie("chorus")
    assert cookie is not None
    assert cookie.expires is None
    page = client.get("/rate/settings")
    assert page.find(".//input[@name='away'][@checked]").get("value") == "1_hour"
    client.submit({"away": choice}, button="Save for this device")
    cookie = client.http.get_cookie("chorus")
    assert cookie is not None
    assert (cookie.expires is not None) is is_kept
