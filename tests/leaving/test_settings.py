"""How people want to be reached."""

from datetime import date

import pytest
from flask import Flask

from delphi.dataset.wishes import Wish, wishes_of
from delphi.models import Channel, Hours, Reminders
from tests.leaving.leavers import wishes_of as rows_of_wishes
from tests.rating.panellists import audit_rows, signed_in
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


def test_it_is_asked_once_a_round_and_kept_with_one_tap(app: Flask, study: StudyOnApp) -> None:
    client = asked_how(app, study)
    assert client.submit(button="Keep as it is").url == "/rate/changes"
    (kept,) = rows_of_wishes(app, study, "s4")
    assert (kept.round_id, kept.channel, kept.reminders) == (study.rounds["2"], "email", "wanted")
    assert client.get("/rate/reach").url != "/rate/reach"


def test_who_says_yes_is_asked_next_how_to_be_reached(app: Flask, study: StudyOnApp) -> None:
    client = signed_in(app, study, "s4")
    client.get("/rate/consent")
    assert client.submit({"agree": "yes"}).url == "/rate/reach"
    client.get("/rate/consent")
    assert client.submit({"agree": "no"}).url == "/rate/declined"


def test_keeping_it_leaves_aside_what_was_changed_on_the_page(app: Flask, study: StudyOnApp) -> None:
    client = asked_how(app, study)
    client.submit({"channel": "none"}, button="Keep as it is")
    assert [wish.channel for wish in rows_of_wishes(app, study, "s4")] == [Channel.EMAIL]


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
