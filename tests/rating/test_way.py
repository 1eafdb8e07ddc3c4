"""A panellist's way: from the link to "thank you", and where they come back to."""

import pytest
from flask import Flask
from sqlalchemy import select, update

from analysis.asof import as_of
from delphi.extensions import db
from delphi.models import Consent, Finish, Panellist, Round
from delphi.web import clock
from tests.data.small_study import small_study, study_of_every_kind
from tests.rating.panellists import (
    came_by_open_link,
    close,
    give_contact,
    rating_of,
    signed_in,
    who_agreed,
)
from tests.studies_on_app import StudyOnApp, load_study


def test_the_link_leads_to_a_welcome_that_tells_what_taking_part_means(app: Flask, study: StudyOnApp) -> None:
    page = signed_in(app, study, "s4").get("/rate")
    assert page.url == "/rate/welcome"
    for words in (
        "Who asks",
        "A small study",
        "How long",
        "What we keep",
        "The team reads what you write.",
        "stop",
    ):
        assert words in page.text
    # 4 outcomes of Round 2 in two domains
    assert "4 short texts" in page.text
    assert "2 sections" in page.text


def test_consent_is_kept_with_the_very_wording_that_was_shown(app: Flask, study: StudyOnApp) -> None:
    client = signed_in(app, study, "s4")
    shown = client.get("/rate/consent").text
    page = client.submit({"agree": "yes"})
    assert page.url == "/rate/reach"
    with app.app_context():
        (kept,) = db.session.scalars(select(Consent).where(Consent.panellist_id == study.panellists["s4"]))
        assert kept.agreed
        assert all(part in shown for part in kept.wording.split("\n\n"))
        assert kept.wording.startswith("It is your choice to take part.")


def test_a_no_is_respected_and_can_be_changed(app: Flask, study: StudyOnApp) -> None:
    client = signed_in(app, study, "s4")
    client.get("/rate/consent")
    page = client.submit({"agree": "no"})
    assert page.url == "/rate/declined"
    assert client.get("/rate/section/1").url == "/rate/declined"
    client.get(page.link("choose again"))
    assert client.submit({"agree": "yes"}).url == "/rate/reach"


def test_neither_yes_nor_no_is_asked_again(app: Flask, study: StudyOnApp) -> None:
    client = signed_in(app, study, "s4")
    client.get("/rate/consent")
    page = client.submit({}, status=422)
    assert page.text.count("Choose yes or no.") == 2


@pytest.mark.parametrize("url", ["/rate/section/1", "/rate/finish", "/rate/done", "/rate/declined"])
def test_nothing_is_asked_before_consent(app: Flask, study: StudyOnApp, url: str) -> None:
    assert signed_in(app, study, "s4").get(url).url == "/rate/welcome"


def test_a_whole_round_can_be_finished(app: Flask, study: StudyOnApp) -> None:
    client = who_agreed(app, study, "s4")
    page = client.submit({rating_of(study, "home"): "8", rating_of(study, "doctor"): "cannot_say"})
    assert page.h1 == "Section 2 of 2: Everyday life"
    page = client.submit({rating_of(study, "work"): "3", rating_of(study, "ties"): "skipped"})
    assert (page.h1, "You have answered all 4." in page.text) == ("Nearly done", True)
    page = client.submit({"comment": "Thank you for asking."})
    assert (page.url, page.h1) == ("/rate/done", "Thank you")
    assert client.get("/rate").url == "/rate/done"


def test_one_may_finish_without_answering_all(app: Flask, study: StudyOnApp) -> None:
    client = who_agreed(app, study, "s4")
    page = client.submit({rating_of(study, "home"): "8"}, button="Save and see what is left")
    assert "You have answered 1 of 4." in page.text
    assert "1 of 2 answered" in page.text
    assert client.submit().url == "/rate/done"


def test_who_has_finished_can_still_change_an_answer(app: Flask, study: StudyOnApp) -> None:
    client = who_agreed(app, study, "s4")
    client.get("/rate/finish")
    page = client.submit()
    page = client.get(page.link("look at your answers and change them"))
    client.get(page.link("1. Safety and health"))
    page = client.submit({rating_of(study, "home"): "2"})
    assert client.get("/rate/section/1").find(".//input[@checked]").get("value") == "2"


def test_the_last_comment_can_be_saved_without_finishing(app: Flask, study: StudyOnApp) -> None:
    client = who_agreed(app, study, "s4")
    client.get("/rate/finish")
    page = client.submit({"comment": "Not yet."}, button="Save this, I have not finished")
    assert page.url == "/rate/finish"
    assert "Not yet." in page.html
    assert client.get("/rate").url == "/rate/section/1"


def test_finishing_twice_is_finishing_once(app: Flask, study: StudyOnApp) -> None:
    client = who_agreed(app, study, "s4")
    for _ in range(2):
        client.get("/rate/finish")
        client.submit()
    with app.app_context():
        mine = Finish.panellist_id == study.panellists["s4"]
        assert len(db.session.scalars(select(Finish).where(mine)).all()) == 1


def test_coming_back_leads_to_where_one_stopped(app: Flask, study: StudyOnApp) -> None:
    client = who_agreed(app, study, "s4")
    client.submit({rating_of(study, "home"): "8"})
    client.submit({rating_of(study, "work"): "8"})
    # section 2 was answered last, and `ties` is left there
    assert signed_in(app, study, "s4").get("/rate").url == "/rate/section/2"


def test_who_missed_the_round_before_can_rate_now(app: Flask, study: StudyOnApp) -> None:
    page = who_agreed(app, study, "s6").get("/rate/section/1")
    assert "You did not answer this." in page.text


def test_after_closing_there_is_nothing_to_do(app: Flask, study: StudyOnApp) -> None:
    close(app, study, "2", at=clock.now())
    page = signed_in(app, study, "s4").get("/rate")
    assert page.h1 == "Nothing to do right now"
    assert "No round is open at the moment. Round 2 closed on" in page.text


@pytest.mark.parametrize(
    ("by_open_link", "has_contact", "told"),
    [(False, False, True), (False, True, True), (True, False, False), (True, True, True)],
)
def test_who_joined_by_the_open_link_and_gave_no_contact_cannot_be_told_of_the_next_round(
    app: Flask, study: StudyOnApp, by_open_link: bool, has_contact: bool, told: bool
) -> None:
    close(app, study, "2", at=clock.now())
    if by_open_link:
        came_by_open_link(app, study, "s4")
    if has_contact:
        give_contact(app, study, "s4")
    page = signed_in(app, study, "s4").get("/rate")
    assert ("the team will tell you" in page.text) is told
    assert ("Come back with your sign-in code." in page.text) is not told


def test_before_the_first_round_there_is_nothing_to_do(app: Flask, study: StudyOnApp) -> None:
    with app.app_context():
        db.session.execute(update(Round).values(opened_at=None, closed_at=None))
        db.session.commit()
    assert "No round is open" in signed_in(app, study, "s4").get("/rate").text


def test_a_workshop_is_not_answered_here(app: Flask) -> None:
    study = load_study(app, as_of(study_of_every_kind(), "workshop"), open_round="workshop")
    page = signed_in(app, study, "s4").get("/rate")
    assert "it is not answered on this page" in page.text
    assert signed_in(app, study, "s4").get("/rate/welcome").h1 == "Nothing to do right now"


def test_a_withdrawn_panellist_is_asked_nothing_more(app: Flask, study: StudyOnApp) -> None:
    with app.app_context():
        db.session.execute(
            update(Panellist)
            .where(Panellist.id == study.panellists["s4"])
            .values(withdrew_round_id=study.rounds["2"])
        )
        db.session.commit()
    page = signed_in(app, study, "s4").get("/rate/section/1")
    assert (page.h1, "Your answers stay in the study" in page.text) == ("You have left the study", True)


def test_a_section_that_does_not_exist_is_not_found(app: Flask, study: StudyOnApp) -> None:
    client = who_agreed(app, study, "s4")
    assert {client.http.get(f"/rate/section/{number}").status_code for number in (0, 3, 10**30)} == {404}


def test_the_note_on_synthetic_data_is_on_every_page(app: Flask) -> None:
    study = load_study(app, as_of(study_of_every_kind(), "2"), open_round="2")
    client = signed_in(app, study, "s4")
    pages = [client.get("/rate/welcome"), client.get("/rate/consent"), client.submit({"agree": "yes"})]
    pages += [client.get("/rate/finish"), client.submit()]
    assert all("These ratings are synthetic." in page.all_text for page in pages)


def test_two_studies_on_one_app_do_not_mix(app: Flask, study: StudyOnApp) -> None:
    other = load_study(app, small_study(code="other"), open_round="2")
    client = who_agreed(app, other, "s4")
    client.submit({rating_of(other, "home"): "1"})
    assert who_agreed(app, study, "s4").get("/rate/section/1").root.findall(".//input[@checked]") == []
