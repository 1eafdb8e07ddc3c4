"""Who has left is told so, and what is kept, on every page and by the script's answer."""

import pytest
from flask import Flask

from tests.leaving.leavers import leave
from tests.ranking.rankers import ranking_on, who_ranks
from tests.rating.panellists import rating_of, rows_of, signed_in, who_agreed
from tests.studies_on_app import StudyOnApp
from tests.web_client import PageClient, filled_in

NOT_SAVED = "This was not saved, because you have left the study."
KEPT = {
    "kept": "What you answered before stays in the study, under a code.",
    "removed": "Your answers were taken out and deleted.",
}


def who_left_in_another_tab(
    app: Flask, study: StudyOnApp, way: str
) -> tuple[PageClient, dict[str, list[str]]]:
    """A panellist who has left, and the form that an older page of theirs still shows."""
    client = who_agreed(app, study, "s4")
    page = client.get("/rate/section/1")
    form = filled_in(page.form("Save and continue"), {rating_of(study, "home"): "8"})
    leave(client, way)
    return client, form


@pytest.mark.parametrize("way", ["kept", "removed"])
def test_an_old_page_that_is_sent_says_that_one_has_left_and_what_is_kept(
    app: Flask, ways_out: StudyOnApp, way: str
) -> None:
    client, form = who_left_in_another_tab(app, ways_out, way)
    page = client.post("/rate/section/1", form)
    assert page.h1 == "You have left the study"
    assert f"{NOT_SAVED} {KEPT[way]}" in page.text
    assert NOT_SAVED not in client.get("/rate").text  # it is told once
    assert rows_of(app, ways_out, "s4") == []


@pytest.mark.parametrize("way", ["kept", "removed"])
def test_the_script_of_an_old_page_is_told_the_same(app: Flask, ways_out: StudyOnApp, way: str) -> None:
    client, form = who_left_in_another_tab(app, ways_out, way)
    answer = client.http.post("/rate/answer", data=form)
    assert answer.status_code == 409
    assert answer.json is not None
    assert answer.json["status"] == f"{NOT_SAVED} {KEPT[way]}"


@pytest.mark.parametrize("name", ["", "/finish", "/done", "/consent", "/about-you", "/order", "/since"])
def test_every_page_says_that_one_has_left_and_leads_to_the_receipt(
    app: Flask, ways_out: StudyOnApp, name: str
) -> None:
    client = signed_in(app, ways_out, "s4")
    leave(client, "removed")
    page = client.get(f"/rate{name}")
    assert page.h1 == "You have left the study"
    assert "Your answers were taken out and deleted." in page.text
    assert client.get(page.link("Your receipt")).url == "/rate/receipt"


def test_an_old_page_with_an_order_is_told_too(app: Flask) -> None:
    study = ranking_on(app)
    client = who_ranks(app, study)
    assert client.page is not None
    form = filled_in(client.page.form("I have finished"), {})
    leave(client, "kept")
    answer = client.http.post("/rate/order/answer", data=form)
    assert (answer.status_code, NOT_SAVED in (answer.json or {})["status"]) == (409, True)
    assert NOT_SAVED in client.post("/rate/order", form).text
