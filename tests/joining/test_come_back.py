"""A code that a panellist makes to come back on another device."""

from flask import Flask
from sqlalchemy import select, update

from delphi.access.codes import LASTS
from delphi.extensions import db
from delphi.models import LinkKind, Panellist, SignInLink
from delphi.web import clock
from tests.page_checks import text_of
from tests.rating.panellists import signed_in
from tests.studies_on_app import StudyOnApp
from tests.web_client import Page, PageClient, filled_in


def code_on(page: Page) -> str:
    """The code that a page shows."""
    return text_of(page.find(".//strong[@class='app-spoken-code']"))


def test_the_page_explains_before_a_code_is_made(app: Flask, study: StudyOnApp) -> None:
    page = signed_in(app, study, "s4").get("/rate/come-back")
    with app.test_request_context():
        day = clock.as_date(clock.now() + LASTS[LinkKind.COME_BACK])
    for words in (
        "Whoever has the sign-in code can open your answers.",
        "Write it on paper",
        f"it works once, until {day}.",
        "A new sign-in code ends the one before.",
    ):
        assert words in page.text
    with app.app_context():
        kinds = set(db.session.scalars(select(SignInLink.kind)))
    assert kinds == {LinkKind.LINK}


def test_the_code_opens_ones_answers_on_another_device(app: Flask, study: StudyOnApp) -> None:
    client = signed_in(app, study, "s4")
    client.get("/rate/come-back")
    page = client.submit(button="Make a sign-in code")
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
    page = client.submit(button="Make a sign-in code")
    code = code_on(page)
    with client.http.session_transaction() as session:
        assert not [value for value in session.values() if code.replace(" ", "") in str(value)]
    assert (len(code), page.url) == (12, "/rate/come-back")
    assert code not in client.get("/rate/come-back").html


def test_a_new_one_ends_the_one_before(app: Flask, study: StudyOnApp) -> None:
    client, codes = signed_in(app, study, "s4"), []
    for _ in range(2):
        client.get("/rate/come-back")
        codes.append(code_on(client.submit(button="Make a sign-in code")))
    other = PageClient(app)
    other.get("/enter")
    assert "does not work" in other.submit({"code": codes[0]}, status=422).text
    assert other.submit({"code": codes[1]}).url.startswith("/rate")


def test_loading_the_page_again_makes_no_other_code(app: Flask, study: StudyOnApp) -> None:
    client = signed_in(app, study, "s4")
    sent = filled_in(client.get("/rate/come-back").form("Make a sign-in code"), {})
    code = code_on(client.post("/rate/come-back", sent))
    page = client.post("/rate/come-back", sent)
    assert "Your sign-in code is the one that you have written down." in page.text
    assert not page.root.findall(".//strong[@class='app-spoken-code']")
    other = PageClient(app)
    other.get("/enter")
    assert other.submit({"code": code}).url.startswith("/rate")


def test_who_does_not_have_it_any_more_makes_a_new_one(app: Flask, study: StudyOnApp) -> None:
    client = signed_in(app, study, "s4")
    sent = filled_in(client.get("/rate/come-back").form("Make a sign-in code"), {})
    code = code_on(client.post("/rate/come-back", sent))
    client.post("/rate/come-back", sent)
    assert code_on(client.submit(button="Make a sign-in code")) != code


def test_who_has_left_the_study_makes_no_code(app: Flask, study: StudyOnApp) -> None:
    with app.app_context():
        whose = Panellist.id == study.panellists["s4"]
        db.session.execute(update(Panellist).where(whose).values(withdrew_round_id=study.rounds["2"]))
        db.session.commit()
    assert signed_in(app, study, "s4").get("/rate/come-back").h1 == "You have left the study"
