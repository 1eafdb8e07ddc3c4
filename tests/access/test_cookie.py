"""What the session cookie tells whoever shares the device: it is signed, and anybody can read it."""

import json
import re
from collections.abc import Mapping
from typing import Any

from flask import Flask

from delphi.access.current import ENTERED
from delphi.models import Role
from delphi.web import clock
from tests.leaving.leavers import leave
from tests.ranking.rankers import PUT, press, ranking_on, who_ranks
from tests.rating.panellists import close, comment_on, rating_of, signed_in, who_agreed
from tests.studies_on_app import StudyOnApp
from tests.web_client import PageClient, filled_in, sign_in_user

WORDS_OF_OURS = "Your choice is saved."
TOKEN = re.compile(r"[0-9A-Za-z_-]{12,64}")
KNOWN = {
    "_user_id": re.compile(r"[pu]:\d+"),
    "number": TOKEN,
    "csrf_token": TOKEN,
    "code_form": TOKEN,
    "language": re.compile(r"en|fr|ar|es"),
    "away": re.compile(r"10_minutes|1_hour|8_hours|1_week"),
    "entered": re.compile(r"helper|paper"),
    "_flashes": re.compile(rf"message|{re.escape(WORDS_OF_OURS)}"),
    "elsewhere": re.compile(r"\d\d:\d\d"),
}


def held_in_cookie(client: PageClient) -> dict[str, Any]:
    """What somebody reads who decodes the cookie, without any key."""
    cookie = client.http.get_cookie("chorus")
    assert cookie is not None
    serializer = client.app.session_interface.get_signing_serializer(client.app)  # type: ignore[attr-defined]  # Flask's default
    _, held = serializer.loads_unsafe(cookie.value)
    return json.loads(json.dumps(held)) if held else {}


def words_in(value: object) -> list[str]:
    """Every text in a value; ids, times and flags are none."""
    if isinstance(value, Mapping):
        return [word for pair in value.items() for each in pair for word in words_in(each)]
    if isinstance(value, list | tuple):
        return [word for each in value for word in words_in(each)]
    return [value] if isinstance(value, str) else []


def tells_nothing(client: PageClient) -> dict[str, Any]:
    """The cookie holds only ids, times and flags."""
    held = held_in_cookie(client)
    told = {name: words for name, value in held.items() if (words := words_in(value))}
    unknown = {
        name: word
        for name, words in told.items()
        for word in words
        if name not in KNOWN or not KNOWN[name].fullmatch(word)
    }
    assert unknown == {}
    return held


def send(client: PageClient, url: str, fields: dict[str, str], *, button: str | None = None) -> None:
    """Fill in a form and send it, without going on to the page that follows."""
    page = client.get(url)
    form = page.form(button)
    answer = client.http.post(form.get("action") or url, data=filled_in(form, fields, button=button))
    assert answer.status_code in (200, 303)


def test_a_late_answer_leaves_the_round_by_its_id(app: Flask, study: StudyOnApp) -> None:
    client = who_agreed(app, study, "s4")
    tells_nothing(client)
    form = filled_in(client.get("/rate/section/1").form(), {comment_on(study, "home"): "My own words."})
    close(app, study, "2", at=clock.now())
    client.http.post("/rate/section/1", data=form)
    assert tells_nothing(client)["came_late"] == study.rounds["2"]
    assert "Round 2 had closed before this came." in client.get("/rate").all_text
    assert "came_late" not in held_in_cookie(client)


def test_what_another_page_had_changed_is_left_by_ids(app: Flask, study: StudyOnApp) -> None:
    first, second = who_agreed(app, study, "s4"), signed_in(app, study, "s4")
    fields = {rating_of(study, "home"): "5", comment_on(study, "home"): "One."}
    form = filled_in(first.get("/rate/section/1").form(), fields)
    send(second, "/rate/section/1", {rating_of(study, "home"): "3", comment_on(study, "home"): "Two."})
    first.http.post("/rate/section/1", data=form)
    round_id, told = tells_nothing(first)["elsewhere"]
    assert round_id == study.rounds["2"]
    assert sorted(numbers[:2] for numbers in told) == [
        [study.outcomes["home"], -1],
        [study.outcomes["home"], 0],
    ]
    page = first.get("/rate/section/2")
    assert "You changed “A safe home” on another page (" in page.text
    assert "You changed what you wrote about “A safe home” on another page (" in page.text


def test_an_order_that_was_replaced_or_late_is_left_by_time_and_id(app: Flask) -> None:
    study = ranking_on(app)
    first, second = who_ranks(app, study), who_ranks(app, study)
    press(second, PUT, "home")
    send(first, "/rate/order", {"seen": "0"}, button="Put next Work")
    assert "replaced_at" in tells_nothing(first)
    form = filled_in(second.get("/rate/order").form(), {"comment": "My own words."})
    close(app, study, "order", at=clock.now())
    second.http.post("/rate/order", data=form)
    assert tells_nothing(second)["came_late"] == study.rounds["order"]


def test_no_act_of_a_panellist_leaves_words_of_the_study(app: Flask, study: StudyOnApp) -> None:
    client = signed_in(app, study, "s4")
    acts: tuple[tuple[str, dict[str, str], str | None], ...] = (
        ("/rate/welcome", {}, "Continue"),
        ("/rate/consent", {"agree": "yes"}, "Continue"),
        ("/rate/section/1", {rating_of(study, "home"): "8"}, "Save and continue"),
        ("/rate/finish", {}, None),
        ("/rate/settings", {"channel": "none"}, "Save"),
        ("/rate/settings", {"away": "1_week"}, "Save for this device"),
        ("/rate/settings", {}, "Sign out everywhere else"),
        ("/rate/come-back", {}, None),
    )
    for url, fields, button in acts:
        send(client, url, fields, button=button)
        assert tells_nothing(client)["_user_id"] == f"p:{study.panellists['s4']}", url
    form = filled_in(client.get("/rate/section/1").form("Save and continue"), {})
    client.http.post("/language", data={**form, "language": "fr", "back": "/rate"})
    tells_nothing(client)
    client.http.post("/language", data={**form, "language": "en", "back": "/rate"})
    leave(client, "kept")
    client.http.post("/rate/section/1", data=form)
    assert tells_nothing(client)["not_kept"] is True


def test_entering_answers_for_somebody_leaves_ids_and_the_way(app: Flask, study: StudyOnApp) -> None:
    client = PageClient(app)
    sign_in_user(client, study.team[Role.OWNER])
    send(client, "/studies/small/panel/s4", {"mode": "paper"}, button="Begin")
    assert tells_nothing(client)[ENTERED] == "paper"
    send(client, "/rate/welcome", {}, button="Stop entering")
    tells_nothing(client)
