"""A code that a panellist makes to come back on another device."""

from flask import Flask
from sqlalchemy import select, update

from delphi.extensions import db
from delphi.models import LinkKind, Panellist, SignInLink
from tests.page_checks import text_of
from tests.rating.panellists import signed_in
from tests.studies_on_app import StudyOnApp
from tests.web_client import Page, PageClient


def code_on(page: Page) -> str:
    """The code that a page shows."""
    return text_of(page.find(".//strong[@class='app-spoken-code']"))


def test_the_page_explains_before_a_code_is_made(app: Flask, study: StudyOnApp) -> None:
    page = signed_in(app, study, "s4").get("/rate/come-back")
    for words in (
        "Whoever has the code can open your answers.",
        "Write it on paper",
        "It works once, within 14 days.",
        "A new code ends the one before.",
    ):
        assert words in page.text
    with app.app_context():
        kinds = set(db.session.scalars(select(SignInLink.kind)))
    assert kinds == {LinkKind.LINK}


def test_the_code_opens_ones_answers_on_another_device(app: Flask, study: StudyOnApp) -> None:
    client = signed_in(app, study, "s4")
    client.get("/rate/come-back")
    page = client.submit(button="Make a code")
    other = PageClient(app)
    other.get("/enter")
    other.submit({"code": code_on(page)})
    with other.http.session_transaction() as session:
        assert session["_user_id"] == f"p:{study.panellists['s4']}"


def test_the_code_stands_on_the_page_and_neither_in_its_address_nor_in_the_cookie(
    app: Flask, study: StudyOnApp
) -> None:
    client = signed_in(app, study, "s4")
    client.get("/rate/come-back")
    page = client.submit(button="Make a code")
    code = code_on(page)
    with client.http.session_transaction() as session:
        assert not [value for value in session.values() if code.replace(" ", "") in str(value)]
    assert (len(code), page.url) == (12, "/rate/come-back")
    assert code not in client.get("/rate/come-back").html


def test_a_new_one_ends_the_one_before(app: Flask, study: StudyOnApp) -> None:
    client, codes = signed_in(app, study, "s4"), []
    for _ in range(2):
        client.get("/rate/come-back")
        codes.append(code_on(client.submit(button="Make a code")))
    other = PageClient(app)
    other.get("/enter")
    assert "does not work" in other.submit({"code": codes[0]}, status=422).text
    assert other.submit({"code": codes[1]}).url.startswith("/rate")


def test_who_has_left_the_study_makes_no_code(app: Flask, study: StudyOnApp) -> None:
    with app.app_context():
        whose = Panellist.id == study.panellists["s4"]
        db.session.execute(update(Panellist).where(whose).values(withdrew_round_id=study.rounds["2"]))
        db.session.commit()
    assert "You have left this study." in signed_in(app, study, "s4").get("/rate/come-back").text
