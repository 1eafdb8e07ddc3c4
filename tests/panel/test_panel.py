"""The panel's page, personal links and codes to read out."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import func, select

from delphi.extensions import db
from delphi.models import AuditRow, Panellist, Role, SignInLink
from delphi.panel.actions import LINK_LASTS
from tests.data.small_study import small_study
from tests.studies_on_app import StudyOnApp, load_study
from tests.web_client import Page, PageClient, sign_in_user

PANEL = "/studies/small/panel"


def owner_of(app: Flask, study: StudyOnApp) -> PageClient:
    client = PageClient(app)
    sign_in_user(client, study.team[Role.OWNER])
    return client


def make_link_for(client: PageClient, code: str) -> Page:
    client.get(PANEL)
    return client.submit(button=f"Make a personal link for {code}")


def address_on(page: Page) -> str:
    return "".join(page.find(".//textarea[@id='link']").itertext()).strip()


def number_of_links(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(SignInLink)) or 0


def test_everybody_is_listed_by_code_with_group_and_state(app: Flask, study: StudyOnApp) -> None:
    rows = {row[0]: row[1:3] for row in owner_of(app, study).get(PANEL).table_rows()[1:]}
    assert rows["s1"] == ["Survivors", "Finished"]
    assert rows["s4"] == ["Survivors", "Not yet invited"]
    assert rows["r3"] == ["Researchers", "Withdrawn"]
    assert len(rows) == 9


def test_who_is_not_invited_can_be_listed_alone(app: Flask, study: StudyOnApp) -> None:
    page = owner_of(app, study).get(f"{PANEL}?status=not_invited")
    assert [row[0] for row in page.table_rows()[1:]] == ["s4", "s5"]
    assert "Everyone (9)" in page.text


def test_a_filter_that_there_is_not_lists_everyone(app: Flask, study: StudyOnApp) -> None:
    page = owner_of(app, study).get(f"{PANEL}?status=%3Cscript%3E&group=nobody&page=x")
    assert len(page.table_rows()) == 10


def test_without_an_open_round_the_state_is_of_the_invitation(app: Flask) -> None:
    study = load_study(app, small_study(), open_round=None)
    page = owner_of(app, study).get(PANEL)
    assert "No round is open now." in page.text
    assert page.table_rows()[1][:3] == ["s1", "Survivors", "Not yet invited"]


def test_a_fresh_link_signs_its_panellist_in_once(app: Flask, study: StudyOnApp) -> None:
    address = address_on(make_link_for(owner_of(app, study), "s4"))
    panellist = PageClient(app)
    panellist.get(address)
    panellist.submit()
    assert panellist.page is not None
    assert "/rate" in panellist.page.url
    again = PageClient(app).get(address, status=410)
    assert "used" in again.text


def test_the_link_stands_on_the_page_and_neither_in_its_address_nor_in_a_cookie(
    app: Flask, study: StudyOnApp
) -> None:
    client = owner_of(app, study)
    client.get(PANEL)
    page = client.submit(button="Make a personal link for s4")
    token = address_on(page).rsplit("/", 1)[-1]
    assert len(token) >= 40
    assert token not in page.url
    cookie = client.http.get_cookie("chorus")
    assert cookie is not None
    assert token not in cookie.value


def test_the_page_says_how_long_the_link_is_good(app: Flask, study: StudyOnApp) -> None:
    page = make_link_for(owner_of(app, study), "s4")
    assert "good until" in page.text
    with app.app_context():
        link = db.session.scalars(select(SignInLink).order_by(SignInLink.id.desc())).first()
        assert link is not None
        assert link.expires_at - link.created_at == LINK_LASTS == timedelta(days=14)


def test_beside_the_link_stands_the_address_of_its_no_thank_you(app: Flask, study: StudyOnApp) -> None:
    page = make_link_for(owner_of(app, study), "s4")
    link, no_thank_you = ("".join(box.itertext()).strip() for box in page.root.findall(".//textarea"))
    assert no_thank_you == link.replace("/enter/", "/no-thank-you/")
    assert PageClient(app).get(no_thank_you).h1 == "No thank you"


def test_a_code_to_read_out_signs_its_panellist_in(app: Flask, study: StudyOnApp) -> None:
    client = owner_of(app, study)
    client.get(PANEL)
    page = client.submit(button="Make a code to read out for s4")
    code = "".join(page.find(".//strong[@class='app-spoken-code']").itertext())
    assert "http://localhost/enter" in page.text
    assert code not in page.url
    panellist = PageClient(app)
    panellist.get("/enter")
    assert panellist.submit({"code": code}).url.startswith("/rate")


def test_making_a_link_is_in_the_trail_with_who_made_it(app: Flask, study: StudyOnApp) -> None:
    make_link_for(owner_of(app, study), "s4")
    with app.app_context():
        row = db.session.scalars(select(AuditRow).order_by(AuditRow.id.desc())).first()
        assert row is not None
        assert row.action == "link made"
        assert row.actor == f"user:{study.team[Role.OWNER]}"
        assert row.detail == {"link_for": f"panellist:{study.panellists['s4']}"}


def test_there_is_no_link_for_who_withdrew(app: Flask, study: StudyOnApp) -> None:
    client = owner_of(app, study)
    page = client.get(PANEL)
    assert "Make a personal link for r3" not in page.text
    token = page.form("Sign out").find(".//input")
    assert token is not None
    before = number_of_links(app)
    client.post(f"{PANEL}/r3/link", {"csrf_token": token.get("value") or ""}, status=404)
    assert number_of_links(app) == before


def test_there_is_no_link_for_a_panellist_of_another_study(
    app: Flask, study: StudyOnApp, other_study: StudyOnApp
) -> None:
    with app.app_context():
        only_there = Panellist(
            study_id=other_study.study_id,
            group_id=db.session.get_one(Panellist, other_study.panellists["s1"]).group_id,
            code="x9",
            position=99,
            joined_round_id=other_study.rounds["1"],
            withdrew_round_id=None,
        )
        db.session.add(only_there)
        db.session.commit()
    client = owner_of(app, study)
    token = client.get(PANEL).form("Sign out").find(".//input")
    assert token is not None
    client.post(f"{PANEL}/x9/link", {"csrf_token": token.get("value") or ""}, status=404)
