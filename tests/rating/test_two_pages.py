"""Two pages of one panellist, in two tabs or on two devices: the later answer wins and is told."""

import pytest
from flask import Flask

from delphi.models import TextKind
from tests.data.small_study import small_study
from tests.rating.panellists import (
    comment_on,
    comments_of,
    filled,
    rating_of,
    rows_of,
    signed_in,
    text_on,
    who_agreed,
)
from tests.rating.test_answer_by_script import send
from tests.studies_on_app import StudyOnApp, load_study
from tests.web_client import PageClient

SECTION = "/rate/section/1"


@pytest.fixture
def app(each_app: Flask) -> Flask:
    """An app on a database of each kind."""
    return each_app


@pytest.fixture
def study(app: Flask) -> StudyOnApp:
    """The small study on it."""
    return load_study(app, small_study(), open_round="2")


@pytest.fixture
def phone(app: Flask, study: StudyOnApp) -> PageClient:
    """The first section on a phone, with an answer and a comment that are saved."""
    client = who_agreed(app, study, "s4")
    client.submit({rating_of(study, "home"): "8", comment_on(study, "home"): "A word."})
    client.get(SECTION)
    return client


@pytest.fixture
def desk(app: Flask, study: StudyOnApp, phone: PageClient) -> PageClient:
    """The same section of the same panellist on another device."""
    client = signed_in(app, study, "s4")
    client.get(SECTION)
    return client


def test_a_stale_page_leaves_alone_what_was_not_touched_in_it(
    app: Flask, study: StudyOnApp, phone: PageClient, desk: PageClient
) -> None:
    desk.submit({rating_of(study, "home"): "3", comment_on(study, "home"): "Better."})
    page = phone.submit({rating_of(study, "doctor"): "6"})
    assert rows_of(app, study, "s4") == [("home", "8", False), ("home", "3", False), ("doctor", "6", False)]
    assert comments_of(app, study, "s4") == [("A word.", False), ("Better.", False)]
    assert "on another page" not in page.text


def test_what_both_pages_changed_is_kept_as_the_later_one_says_and_told(
    app: Flask, study: StudyOnApp, phone: PageClient, desk: PageClient
) -> None:
    desk.submit({rating_of(study, "home"): "3", rating_of(study, "doctor"): "1"})
    page = phone.submit({rating_of(study, "home"): "5", rating_of(study, "doctor"): "cannot_say"})
    assert [answer for _, answer, _ in rows_of(app, study, "s4")] == ["8", "3", "1", "5", "cannot_say"]
    assert "You changed “A safe home” on another page (" in page.text
    assert "We kept your newest answer: 5." in page.text
    assert "We kept your newest answer: I cannot say." in page.text
    assert "on another page" not in phone.get("/rate/section/2").text


def test_what_both_pages_wrote_is_told_and_the_earlier_text_is_in_the_history(
    app: Flask, study: StudyOnApp, phone: PageClient, desk: PageClient
) -> None:
    desk.submit({comment_on(study, "home"): "From the desk."})
    page = phone.submit({comment_on(study, "home"): "From the phone."})
    assert [text for text, _ in comments_of(app, study, "s4")] == [
        "A word.",
        "From the desk.",
        "From the phone.",
    ]
    assert "You changed what you wrote about “A safe home” on another page" in page.text


def test_the_same_change_on_both_pages_is_one_answer_and_no_news(
    app: Flask, study: StudyOnApp, phone: PageClient, desk: PageClient
) -> None:
    desk.submit({rating_of(study, "home"): "3"})
    page = phone.submit({rating_of(study, "home"): "3"})
    assert [answer for _, answer, _ in rows_of(app, study, "s4")] == ["8", "3"]
    assert "on another page" not in page.text


def test_a_page_with_a_fault_tells_it_too(study: StudyOnApp, phone: PageClient, desk: PageClient) -> None:
    desk.submit({rating_of(study, "home"): "3"})
    form = filled(phone, {rating_of(study, "home"): "5"}) | {rating_of(study, "doctor"): ["hostile"]}
    page = phone.post(SECTION, form, status=422)
    assert "We kept your newest answer: 5." in page.text


def test_the_last_page_tells_it_and_so_does_the_page_after_it(
    app: Flask, study: StudyOnApp, phone: PageClient, desk: PageClient
) -> None:
    phone.get("/rate/finish")
    desk.get("/rate/finish")
    desk.submit({"comment": "From the desk."}, button="Save this, I have not finished")
    page = phone.submit({"comment": "From the phone."})
    assert page.h1 == "Thank you"
    assert "You changed what you wrote about the round on another page" in page.text


def test_the_script_saves_the_later_answer_and_is_told(
    app: Flask, study: StudyOnApp, phone: PageClient, desk: PageClient
) -> None:
    seen = field_of(phone, "seen")
    desk.submit({rating_of(study, "home"): "3"})
    told = send(phone, {"seen": seen, rating_of(study, "home"): "5"}).json
    assert told is not None
    assert "You changed “A safe home” on another page (" in told["told"]
    assert [answer for _, answer, _ in rows_of(app, study, "s4")] == ["8", "3", "5"]


def test_the_script_learns_what_another_page_changed_beside_its_answer(
    app: Flask, study: StudyOnApp, phone: PageClient, desk: PageClient
) -> None:
    seen = field_of(phone, "seen")
    desk.submit({rating_of(study, "home"): "3", comment_on(study, "home"): ""})
    send(desk, {rating_of(study, "work"): "9"})  # of the other section
    told = send(phone, {"seen": seen, rating_of(study, "doctor"): "6"}).json
    assert told is not None
    assert told["told"] == ""
    assert told["elsewhere"] == {rating_of(study, "home"): "3", comment_on(study, "home"): ""}
    assert told["seen"] == field_of(signed_in(app, study, "s4"), "seen")


def test_a_page_that_the_script_has_kept_true_overwrites_nothing(
    app: Flask, study: StudyOnApp, phone: PageClient, desk: PageClient
) -> None:
    form = filled(phone, {rating_of(study, "doctor"): "6"})
    desk.submit({rating_of(study, "home"): "3"})
    told = send(phone, {"seen": form["seen"][0], rating_of(study, "doctor"): "6"}).json
    assert told is not None
    shown = form | {name: [value] for name, value in told["elsewhere"].items()} | {"seen": [told["seen"]]}
    phone.post(SECTION, shown)
    assert [answer for _, answer, _ in rows_of(app, study, "s4")] == ["8", "3", "6"]


def test_an_answer_sent_twice_because_its_reply_was_lost_is_no_change_from_elsewhere(
    app: Flask, study: StudyOnApp, phone: PageClient
) -> None:
    fields = {"seen": field_of(phone, "seen"), rating_of(study, "home"): "5"}
    send(phone, fields)
    told = send(phone, fields).json
    assert told is not None
    assert (told["told"], told["elsewhere"]) == ("", {})
    assert [answer for _, answer, _ in rows_of(app, study, "s4")] == ["8", "5"]


def test_a_page_that_does_not_say_what_it_has_seen_sets_what_it_sends(
    app: Flask, study: StudyOnApp, phone: PageClient, desk: PageClient
) -> None:
    form = filled(phone, {}) | {"seen": ["nonsense"]}
    desk.submit({rating_of(study, "home"): "3"})
    phone.post(SECTION, form)
    assert [answer for _, answer, _ in rows_of(app, study, "s4")] == ["8", "3", "8"]


def test_private_and_recorded_texts_of_one_outcome_do_not_mix(
    app: Flask, study: StudyOnApp, phone: PageClient
) -> None:
    phone.submit({text_on(study, "home", TextKind.DISSENT): "yes"})
    box = phone.get(SECTION).find(f".//textarea[@id='{comment_on(study, 'home')}']")
    assert "".join(box.itertext()).strip() == "A word."


def field_of(client: PageClient, name: str) -> str:
    """A hidden field of the section, as the page of that client has it, or has it now."""
    page = client.page if client.page and client.page.url == SECTION else client.get(SECTION)
    return page.find(f".//input[@name='{name}']").get("value") or ""
