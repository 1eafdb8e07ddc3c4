"""One person by hand; contacts that are looked at, changed, deleted, each in the trail."""

import pytest
from flask import Flask
from sqlalchemy import select

from delphi.access.contacts import ContactDetails, contact_of, keep_contact
from delphi.extensions import db
from delphi.models import AuditRow, Contact, Panellist, Role
from delphi.web import clock
from tests.enrolling.uploads import IMPORT, member
from tests.studies_on_app import StudyOnApp
from tests.web_client import PageClient

PERSON = "/studies/small/panel/s1"
ADD = "/studies/small/people/add"
SHOW = "Show or change the contact"
MARIA = ContactDetails(name="Maria", email="maria@example.org", telephone="+44 20 7946 0018")


def with_contact(app: Flask, study: StudyOnApp, code: str = "s1") -> PageClient:
    """A member of the team, where `code` has Maria's contact."""
    with app.app_context():
        keys = app.config["CONTACT_KEYS"]
        keep_contact(study.panellists[code], contact=MARIA, keys=keys, by="command line", now=clock.now())
    return member(app, study)


def contact_in(app: Flask, study: StudyOnApp, code: str = "s1") -> ContactDetails | None:
    with app.app_context():
        return contact_of(study.panellists[code], keys=app.config["CONTACT_KEYS"])


def trail(app: Flask, study: StudyOnApp) -> list[tuple[str, object]]:
    """What the facilitator did."""
    with app.app_context():
        actor = AuditRow.actor == f"user:{study.team[Role.FACILITATOR]}"
        rows = db.session.scalars(select(AuditRow).where(actor).order_by(AuditRow.id))
        return [(row.action, row.detail.get("panellist")) for row in rows if "signed" not in row.action]


def test_no_list_and_no_page_shows_a_contact_unasked(app: Flask, study: StudyOnApp) -> None:
    client = with_contact(app, study)
    for url in ("/studies/small/panel", PERSON, f"{PERSON}/contact/change", f"{PERSON}/contact/delete"):
        html = client.get(url).html.casefold()
        assert "maria" not in html, url
        assert "7946" not in html, url
    assert trail(app, study) == []


def test_a_look_is_one_press_and_stands_in_the_trail(app: Flask, study: StudyOnApp) -> None:
    client = with_contact(app, study)
    client.get(PERSON)
    page = client.submit(button=SHOW)
    assert page.h1 == "Contact of s1"
    assert page.find(".//input[@id='email']").get("value") == "maria@example.org"
    assert "maria" not in page.url
    assert trail(app, study) == [("contact looked at", study.panellists["s1"])]


@pytest.mark.parametrize("role", [Role.ADVISER, Role.ANALYST])
def test_advisers_and_analysts_see_neither_contacts_nor_the_panel(
    app: Flask, study: StudyOnApp, role: Role
) -> None:
    with_contact(app, study)
    client = member(app, study, role)
    token = client.get("/studies/small").form("Sign out").find(".//input")
    assert token is not None
    for url in (IMPORT, ADD, PERSON, f"{PERSON}/contact/change"):
        client.get(url, status=403)
    client.post(f"{PERSON}/contact", {"csrf_token": token.get("value") or ""}, status=403)
    assert "contact looked at" not in [action for action, _ in trail(app, study)]


def test_a_contact_can_be_changed(app: Flask, study: StudyOnApp) -> None:
    client = with_contact(app, study)
    client.get(PERSON)
    client.submit(button=SHOW)
    page = client.submit({"email": "Maria at example"}, button="Save", status=422)
    assert "Enter an e-mail address, such as name@example.org." in page.text
    client.submit({"email": "m@example.org"}, button="Save")
    assert contact_in(app, study) == ContactDetails(
        name="Maria", email="m@example.org", telephone=MARIA.telephone
    )
    assert [action for action, _ in trail(app, study)] == ["contact looked at", "contact kept"]


def test_somebody_without_a_contact_can_have_one(app: Flask, study: StudyOnApp) -> None:
    client = with_contact(app, study)
    page = client.get("/studies/small/panel/s2")
    client.get(page.link("Add a contact"))
    assert (
        "Enter an e-mail, a telephone number or a reference." in client.submit(button="Save", status=422).text
    )
    page = client.submit({"email": "MARIA@example.org"}, button="Save", status=422)
    assert "Somebody with this contact is on the panel already." in page.text
    client.submit({"email": "", "reference": "R-7"}, button="Save")
    assert contact_in(app, study, "s2") == ContactDetails(name="R-7")


def test_a_deleted_contact_is_gone_and_the_code_stays(app: Flask, study: StudyOnApp) -> None:
    client = with_contact(app, study)
    client.get(client.get(PERSON).link("Delete the contact"))
    page = client.submit(button="Delete the contact")
    assert (page.h1, contact_in(app, study)) == ("s1", None)
    assert "No contact is kept." in page.text
    assert trail(app, study) == [("contact forgotten", study.panellists["s1"])]


def test_a_contact_whose_key_is_lost_is_said_to_be_so(app: Flask, study: StudyOnApp) -> None:
    client = with_contact(app, study)
    with app.app_context():
        db.session.get_one(Contact, study.panellists["s1"]).sealed = b"sealed with another key"
        db.session.commit()
    client.get(PERSON)
    assert "no key of this server opens it" in client.submit(button=SHOW).text
    assert client.get(ADD).h1 == "Add a person"


def test_one_person_is_added_by_hand(app: Flask, study: StudyOnApp) -> None:
    client = with_contact(app, study)
    client.get(ADD)
    assert "Choose a group." in client.submit({"telephone": "1"}, button="Save", status=422).text
    known = {"group": "researchers", "telephone": "0044 20 7946 0018"}
    assert "is on the panel already" in client.submit(known, button="Save", status=422).text
    page = client.submit({"telephone": "", "email": "new@example.org", "language": "en"}, button="Save")
    assert "is on the panel now." in page.all_text
    with app.app_context():
        person = db.session.scalars(select(Panellist).where(Panellist.code == page.h1)).one()
        contact = contact_of(person.id, keys=app.config["CONTACT_KEYS"])
    assert (person.language, contact) == ("en", ContactDetails(email="new@example.org"))
    assert person.group_confirmed_at is not None
