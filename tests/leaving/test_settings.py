"""How people want to be reached."""

from datetime import date

import pytest
from flask import Flask

from delphi.dataset.wishes import Wish, wishes_of
from delphi.extensions import db
from delphi.models import Channel, ContactWish, Hours, Reminders
from delphi.web import clock
from tests.leaving.leavers import wishes_of as rows_of_wishes
from tests.page_checks import text_of
from tests.rating.panellists import audit_rows, came_by_open_link, give_contact, signed_in
from tests.studies_on_app import StudyOnApp
from tests.web_client import PageClient

PAUSED = {"channel": "message", "hours": "evening", "reminders": "paused", "paused_until": "2999-01-31"}


def test_a_wish_is_kept_and_an_older_one_stays_in_the_history(app: Flask, study: StudyOnApp) -> None:
    client = signed_in(app, study, "s4")
    client.get("/rate/settings")
    client.submit(PAUSED, button="Save")
    page = client.submit({"channel": "none", "reminders": "stopped"}, button="Save")
    assert page.find(".//input[@name='channel'][@checked]").get("value") == "none"
    first, second = rows_of_wishes(app, study, "s4")
    assert (first.channel, first.hours, first.neutral) == (Channel.MESSAGE, Hours.EVENING, True)
    assert (first.reminders, first.paused_until) == (Reminders.PAUSED, date(2999, 1, 31))
    assert (second.channel, second.reminders, second.paused_until) == (Channel.NONE, Reminders.STOPPED, None)
    with app.app_context():
        newest = wishes_of(study.study_id)
    assert newest[study.panellists["s4"]].may_be_contacted() is False


def test_the_trail_tells_that_something_was_wished_and_not_what(app: Flask, study: StudyOnApp) -> None:
    client = signed_in(app, study, "s4")
    client.get("/rate/settings")
    client.submit(PAUSED, button="Save")
    assert ("contact wish kept", {}) in audit_rows(app, study.panellists["s4"])


@pytest.mark.parametrize(
    ("day", "message"),
    [
        ("", "Enter a day after today, such as 2031-04-30."),
        ("2020-01-01", "Enter a day after today, such as 2031-04-30."),
        ("31/02/2031", "Enter a real day, such as 2031-04-30."),
    ],
)
def test_a_pause_needs_a_day_to_come(app: Flask, study: StudyOnApp, day: str, message: str) -> None:
    client = signed_in(app, study, "s4")
    client.get("/rate/settings")
    page = client.submit(PAUSED | {"paused_until": day}, button="Save", status=422)
    assert page.text.count(message) == 2  # at the top, and beside the field
    assert rows_of_wishes(app, study, "s4") == []


def asked_how(app: Flask, study: StudyOnApp) -> PageClient:
    """Panellist s4, who has said yes to the round just now."""
    client = signed_in(app, study, "s4")
    client.get("/rate/consent")
    assert client.submit({"agree": "yes"}).h1 == "How may we reach you?"
    return client


def test_it_is_asked_once_a_round_and_kept_where_nothing_is_changed(app: Flask, study: StudyOnApp) -> None:
    client = asked_how(app, study)
    assert client.submit(button="Save and continue").url == "/rate/changes"
    (kept,) = rows_of_wishes(app, study, "s4")
    assert (kept.round_id, kept.channel, kept.reminders) == (study.rounds["2"], "email", "wanted")
    assert client.get("/rate/reach").url != "/rate/reach"


def test_who_says_yes_is_asked_next_how_to_be_reached(app: Flask, study: StudyOnApp) -> None:
    client = asked_how(app, study)
    assert client.page is not None
    assert client.page.url == "/rate/reach"
    client.get("/rate/consent")
    assert client.submit({"agree": "no"}).url == "/rate/declined"


def test_what_was_changed_on_the_page_is_kept_and_there_is_no_other_button(
    app: Flask, study: StudyOnApp
) -> None:
    client = asked_how(app, study)
    assert client.page is not None
    form = client.page.find(".//form[@id='main-form']")
    assert [text_of(button) for button in form.iter("button")] == ["Save and continue"]
    client.submit({"channel": "none"}, button="Save and continue")
    assert [wish.channel for wish in rows_of_wishes(app, study, "s4")] == [Channel.NONE]


def test_whom_nobody_can_reach_is_not_asked_how(app: Flask, study: StudyOnApp) -> None:
    came_by_open_link(app, study, "s4")
    client = signed_in(app, study, "s4")
    client.get("/rate/consent")
    assert client.submit({"agree": "yes"}).url == "/rate/changes"
    assert client.get("/rate/reach").url == "/rate/changes"
    assert rows_of_wishes(app, study, "s4") == []


def test_who_joined_by_the_open_link_and_has_a_contact_since_is_asked_how(
    app: Flask, study: StudyOnApp
) -> None:
    came_by_open_link(app, study, "s4")
    give_contact(app, study, "s4")
    asked_how(app, study)


def test_saving_the_same_once_more_in_a_round_adds_no_row(app: Flask, study: StudyOnApp) -> None:
    client = asked_how(app, study)
    client.submit(button="Save and continue")
    client.get("/rate/settings")
    assert "Your choice is saved." in client.submit(button="Save").text
    assert len(rows_of_wishes(app, study, "s4")) == 1


def test_a_pause_that_is_over_is_no_fault_of_who_changes_nothing(app: Flask, study: StudyOnApp) -> None:
    over = {"channel": Channel.EMAIL, "hours": Hours.ANY, "neutral": True, "reminders": Reminders.PAUSED}
    wish = ContactWish(panellist_id=study.panellists["s4"], paused_until=date(2020, 1, 1), **over)
    wish.round_id, wish.answered_at = study.rounds["1"], clock.now()
    with app.app_context():
        db.session.add(wish)
        db.session.commit()
    assert asked_how(app, study).submit(button="Save and continue").url == "/rate/changes"
    assert rows_of_wishes(app, study, "s4")[-1].reminders is Reminders.WANTED


TODAY, TOMORROW = date(2026, 3, 1), date(2026, 3, 2)


@pytest.mark.parametrize(
    ("wish", "contacted", "reminded"),
    [
        (Wish(), True, True),
        (Wish(reminders=Reminders.STOPPED), True, False),
        (Wish(reminders=Reminders.PAUSED, paused_until=TOMORROW), True, False),
        (Wish(reminders=Reminders.PAUSED, paused_until=TODAY), True, True),
        (Wish(channel=Channel.NONE), False, False),
    ],
)
def test_a_wish_says_who_may_be_contacted_and_reminded(wish: Wish, contacted: bool, reminded: bool) -> None:
    assert (wish.may_be_contacted(), wish.may_be_reminded(today=TODAY)) == (contacted, reminded)
