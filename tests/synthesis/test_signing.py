"""Advisers say something to a list and sign it; a change makes it an earlier list."""

from hashlib import sha256

from flask import Flask

from delphi.models import Role
from tests.studies_on_app import StudyOnApp
from tests.synthesis.deciders import OUTCOMES, URL, accept_rule, decide, member
from tests.web_client import PageClient


def test_what_is_signed_is_the_text_that_is_hashed(
    app: Flask, closed: StudyOnApp, facilitator: PageClient
) -> None:
    accept_rule(facilitator)
    adviser = member(app, closed, Role.ADVISER)
    adviser.get(f"{URL}/sign")
    signed = adviser.submit(button="Sign this list")
    text = adviser.http.get(f"{URL}/list.txt").data
    assert sha256(text).hexdigest() in signed.text
    assert b"drop (decision 4)\n  from [papers] Papers" in text
    assert ": this list." in signed.text


def test_after_a_change_a_signature_is_of_an_earlier_list(
    app: Flask, closed: StudyOnApp, facilitator: PageClient
) -> None:
    adviser = member(app, closed, Role.ADVISER)
    adviser.get(f"{URL}/sign")
    adviser.submit(button="Sign this list")
    decide(facilitator, "home", "keep")
    assert "an earlier list; it was changed since" in facilitator.get(URL).text


def test_a_list_that_was_changed_while_it_was_read_is_not_signed(
    app: Flask, closed: StudyOnApp, facilitator: PageClient
) -> None:
    adviser = member(app, closed, Role.ADVISER)
    adviser.get(f"{URL}/sign")
    decide(facilitator, "home", "keep")
    assert "Not signed." in adviser.submit(button="Sign this list").text
    assert "No adviser has signed." in adviser.get(URL).text


def test_an_adviser_says_something_to_an_outcome_and_to_the_list(app: Flask, closed: StudyOnApp) -> None:
    adviser = member(app, closed, Role.ADVISER)
    adviser.get(f"{OUTCOMES}/home")
    adviser.submit({"text": "Keep this."}, button="Add this remark")
    adviser.get(URL)
    page = adviser.submit({"text": "Well done."}, button="Add this remark")
    assert "Keep this." in page.text
    assert "Well done." in page.text


def test_no_list_is_made_while_an_outcome_is_undecided(facilitator: PageClient) -> None:
    decide(facilitator, "home", "keep")
    page = facilitator.get(f"{URL}/make")
    assert "5 of 6 outcomes are still undecided" in page.text
    assert not list(page.find(".//main").iter("form"))


def test_a_list_that_was_changed_while_it_was_read_is_not_made(
    app: Flask, closed: StudyOnApp, facilitator: PageClient
) -> None:
    accept_rule(facilitator)
    facilitator.get(f"{URL}/make")
    decide(member(app, closed, Role.OWNER), "home", "drop")
    assert "Nothing was made." in facilitator.submit(button="Make the next list").text
