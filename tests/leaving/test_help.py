"""Where there is help: for panellists, and for whoever is signed out."""

from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import update

from analysis.study.records import StudyText, TranslationState
from analysis.study.study import Study
from analysis.study.taking_part import SupportLine
from delphi.extensions import db
from delphi.models import Round
from tests.data.small_study import small_study
from tests.leaving.conftest import HELPLINE
from tests.leaving.leavers import leave
from tests.page_checks import text_of
from tests.rating.panellists import signed_in, who_agreed
from tests.studies_on_app import StudyOnApp, load_study
from tests.web_client import Page, PageClient

SAME_AS_HELPLINE = replace(HELPLINE, name="The same helpline", contact="08000 121-700")
FRENCH = SupportLine("Une écoute", "0800 05 95 95", "France", ("fr",))
ONLINE = SupportLine("Help online", "help@a.example")
CHECKED = TranslationState.CHECKED


def study_with(code: str, *lines: SupportLine, languages: tuple[str, ...] = ("en",)) -> Study:
    small = small_study(code=code)
    identity = replace(small.protocol.study, title="The secret subject", languages=languages)
    return replace(
        small, protocol=replace(small.protocol, study=identity, support=lines), texts=(), wordings=()
    )


def names_on(page: Page) -> list[str]:
    """Who helps, in the order of the page."""
    return [text_of(name) for name in page.find(".//main").iter("strong")]


def test_who_is_signed_out_reads_the_lines_of_each_study_once_and_of_none_its_name(app: Flask) -> None:
    load_study(app, study_with("one", HELPLINE, ONLINE), open_round="2")
    load_study(app, study_with("two", SAME_AS_HELPLINE, FRENCH), open_round=None)
    page = PageClient(app).get("/help")
    assert (page.h1, page.find(".//title").text) == ("Where to get help", "Where to get help – Chorus")
    assert names_on(page) == ["A helpline", "Help online", "Une écoute"]
    assert [text_of(country) for country in page.find(".//main").iter("h2")] == [
        *("United Kingdom", "Any country", "France")
    ]
    assert "secret" not in page.html


def test_a_study_that_has_not_begun_names_no_lines_yet(app: Flask) -> None:
    load_study(app, study_with("one", HELPLINE), open_round="2")
    with app.app_context():
        db.session.execute(update(Round).values(opened_at=None, closed_at=None))
        db.session.commit()
    page = PageClient(app).get("/help")
    assert "A helpline" not in page.text
    assert "You can ask the study team." in page.text


def test_lines_are_in_the_language_of_the_page_as_far_as_their_study_is(app: Flask) -> None:
    translated = study_with("one", HELPLINE, languages=("en", "fr"))
    texts = (StudyText("fr", "support.1.name", "Une ligne d’aide", CHECKED),)
    load_study(app, replace(translated, texts=texts), open_round="2")
    load_study(app, study_with("two", ONLINE), open_round="2")
    client = PageClient(app)
    client.get("/help")
    page = client.submit(button="Français")
    assert "Une ligne d’aide" in page.text
    assert "A helpline" not in page.text
    foreign = {"".join(span.itertext()) for span in page.root.iter("span") if span.get("lang") == "en"}
    assert {"Help online", "United Kingdom", "Day and night"} <= foreign


def test_a_panellist_reads_the_lines_of_their_study_alone(app: Flask) -> None:
    study = load_study(app, study_with("one", HELPLINE), open_round="2")
    load_study(app, study_with("two", FRENCH), open_round="2")
    page = signed_in(app, study, "s4").get("/help")
    assert ("A helpline" in page.text, "Une écoute" in page.text) == (True, False)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/rate", 401),
        ("/signed-out", 200),
        ("/enter", 200),
        ("/enter/unknown", 404),
        ("/no-thank-you/x", 404),
    ],
)
def test_who_is_signed_out_is_shown_the_way_there(app: Flask, path: str, status: int) -> None:
    page = PageClient(app).get(path, status=status)
    words = [link.get("href") for link in page.find(".//main").iter("a")]
    assert "/help" in words


CONTACT = "Write to team@study.example or call 01234 567 890."


def with_contact(contact: str) -> Study:
    small = small_study()
    ethics = replace(small.protocol.ethics, team_contact=contact)
    return replace(small, protocol=replace(small.protocol, ethics=ethics))


TOLD = f"How to reach the study team {CONTACT}"
TOLD_ON = ("/rate/welcome", "/help", "/rate/leave", "/rate/leave/kept", "/rate/leave/removed")


@pytest.mark.parametrize("path", TOLD_ON)
def test_how_to_reach_the_team_is_told(app: Flask, path: str) -> None:
    study = load_study(app, with_contact(CONTACT), open_round="2")
    page = signed_in(app, study, "s6").get(path)
    assert page.url == path
    assert TOLD in page.text


def test_who_has_left_or_waits_is_told_how_to_reach_the_team(app: Flask) -> None:
    study = load_study(app, with_contact(CONTACT), open_round="2")
    client = signed_in(app, study, "s6")
    leave(client, "kept")
    assert client.page is not None
    assert (client.page.h1, TOLD in client.page.text) == ("You have left the study", True)
    assert TOLD in client.get("/rate").text


def test_the_copy_of_the_consent_tells_how_to_reach_the_team(app: Flask) -> None:
    study = load_study(app, with_contact(CONTACT), open_round="2")
    client = who_agreed(app, study, "s4")
    copy = client.http.get("/rate/consent/copy").text
    assert f"How to reach the study team\n\n{CONTACT}" in copy


def test_an_address_alone_is_called_by_a_tap(app: Flask) -> None:
    study = load_study(app, with_contact("team@study.example"), open_round="2")
    page = signed_in(app, study, "s6").get("/rate/welcome")
    assert page.link("team@study.example") == "mailto:team@study.example"


@pytest.mark.parametrize("path", TOLD_ON)
def test_where_the_study_names_no_contact_nothing_is_shown(app: Flask, study: StudyOnApp, path: str) -> None:
    client = signed_in(app, study, "s6")
    assert "How to reach the study team" not in client.get(path).text
    client.get("/rate/consent")
    client.submit({"agree": "no"})
    assert "How to reach" not in client.http.get("/rate/consent/copy").text


def test_the_contact_of_no_study_is_shown_to_who_is_signed_out(app: Flask) -> None:
    load_study(app, with_contact(CONTACT), open_round="2")
    for path in ("/help", "/signed-out", "/enter"):
        assert "team@study.example" not in PageClient(app).get(path).html
