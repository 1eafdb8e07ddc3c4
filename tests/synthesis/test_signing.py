"""Advisers say something to a list and sign it; a change makes it an earlier list."""

from dataclasses import replace
from hashlib import sha256

from flask import Flask

from delphi.models import Role
from tests.data.small_study import SEVENTY_PERCENT, study_of_every_kind
from tests.studies_on_app import StudyOnApp, load_study
from tests.synthesis.deciders import OUTCOMES, URL, accept_rule, decide, member, undecided_study
from tests.web_client import PageClient, filled_in


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


def test_once_the_list_is_made_nothing_can_be_decided(facilitator: PageClient) -> None:
    accept_rule(facilitator)
    taking_back = filled_in(facilitator.get(f"{OUTCOMES}/home").form("Take back decision 1"), {})
    facilitator.get(f"{URL}/make")
    facilitator.submit(button="Make the next list")
    page = facilitator.get(f"{OUTCOMES}/home/drop")
    assert "The next list has been made from these decisions. They stand." in page.text
    assert "Accept the rule" not in page.text
    assert "They stand." in facilitator.post(f"{URL}/1/undo", taking_back).text


def test_after_a_comment_round_outcomes_are_decided_without_figures(app: Flask) -> None:
    every = study_of_every_kind()
    rounds = every.protocol.rounds[:3]
    proposed = tuple(one for one in every.comments if one.round == "0")
    study = replace(
        undecided_study(), protocol=replace(every.protocol, rounds=rounds, definitions=(SEVENTY_PERCENT,))
    )
    loaded = load_study(app, replace(study, ratings=(), comments=proposed), open_round="0")
    client = member(app, loaded, Role.OWNER)
    client.get("/studies/every_kind/rounds/0/close")
    client.submit(button="Close this round")
    page = client.get("/studies/every_kind/rounds/0/decisions")
    assert "0 of 6 outcomes are decided" in page.text
    assert "Proposal: Sleep." in page.text
    assert "%" not in page.text
