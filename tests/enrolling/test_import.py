"""People from a spreadsheet: checked, shown, and put on the panel with one yes."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import func, select, update

from delphi.access.contacts import ContactDetails, contact_of
from delphi.extensions import db
from delphi.models import AuditRow, Contact, Panellist, PendingImport, Role, Round
from delphi.web import clock
from tests.data.small_study import small_study
from tests.enrolling.uploads import IMPORT, csv, member, thirty_people, upload, xlsx
from tests.studies_on_app import StudyOnApp, load_study
from tests.web_client import PageClient

CHECK = f"{IMPORT}/check"


def number_of(app: Flask, table: type) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(table)) or 0


def add_thirty(app: Flask, study: StudyOnApp) -> PageClient:
    client = member(app, study)
    upload(client, xlsx(thirty_people()))
    client.submit(button="Add these people")
    return client


def test_thirty_people_are_shown_by_group_before_anybody_is_added(app: Flask, study: StudyOnApp) -> None:
    page = upload(member(app, study), xlsx(thirty_people()))
    assert (page.url, page.h1) == (CHECK, "Add 30 people?")
    assert "Survivors12 new Researchers18 new" in page.text
    assert "person1@" not in page.html
    assert number_of(app, Panellist) == 9


def test_with_a_yes_they_are_on_the_panel_with_sealed_contacts(app: Flask, study: StudyOnApp) -> None:
    client = add_thirty(app, study)
    assert client.page is not None
    assert "30 people are on the panel now." in client.page.all_text
    with app.app_context():
        new = db.session.scalars(select(Panellist).where(Panellist.code.like("p-%"))).all()
        keys = app.config["CONTACT_KEYS"]
        contacts = {contact_of(person.id, keys=keys) for person in new}
        assert (
            ContactDetails(name="R-3", email="person3@example.org", telephone="+44 20 7946 0003") in contacts
        )
        assert len(contacts) == len({person.code for person in new}) == 30
        assert sorted(person.language or "" for person in new) == [""] * 15 + ["en"] * 15
        assert {person.joined_round_id for person in new} == {study.rounds["2"]}
        assert all(b"example" not in sealed for sealed in db.session.scalars(select(Contact.sealed)))


def test_the_trail_holds_counts_and_nobody(app: Flask, study: StudyOnApp) -> None:
    add_thirty(app, study)
    with app.app_context():
        row = db.session.scalars(select(AuditRow).where(AuditRow.action == "people imported")).one()
        details = str([row.detail for row in db.session.scalars(select(AuditRow))])
    assert row.detail == {
        "people": 30,
        "groups": ["researchers 18", "survivors 12"],
        "on_panel": 0,
        "twice": 0,
    }
    assert "example" not in details


def test_the_order_of_codes_is_not_the_order_of_the_file(app: Flask, study: StudyOnApp) -> None:
    add_thirty(app, study)
    with app.app_context():
        query = select(Panellist.id).where(Panellist.code.like("p-%")).order_by(Panellist.position)
        keys = app.config["CONTACT_KEYS"]
        found = [contact_of(id_, keys=keys) for id_ in db.session.scalars(query)]
    names = [contact.name for contact in found if contact]
    assert sorted(names) == sorted(row[4] for row in thirty_people())
    assert names != [row[4] for row in thirty_people()]


def test_who_is_on_the_panel_or_in_the_file_before_is_not_added(app: Flask, study: StudyOnApp) -> None:
    client = add_thirty(app, study)
    rows = [
        ("survivors", "PERSON1@example.org", "", "", ""),
        ("survivors", "", "0044 20 79460002", "", "R-2"),
        ("survivors", "new@example.org", "", "", "A"),
        ("survivors", "New@Example.org", "", "", "B"),
        ("survivors", "", "", "", ""),
        ("survivors", "", "", "", ""),
    ]
    page = upload(client, csv(rows), name="more.csv")
    assert page.h1 == "Add 3 people?"
    assert "On the panel already2 (not added; lines 2, 3)" in page.text
    assert "In the file before1 (added once only; line 5)" in page.text
    assert "3 people are on the panel now." in client.submit(button="Add these people").all_text


def test_two_in_one_house_are_two_people(app: Flask, study: StudyOnApp) -> None:
    rows = [("survivors", "", "+44 20 7946 0001", "", name) for name in ("A", "B", "a")]
    page = upload(member(app, study), csv(rows))
    assert page.h1 == "Add 2 people?"


def test_what_waited_goes_with_the_yes(app: Flask, study: StudyOnApp) -> None:
    client = add_thirty(app, study)
    assert number_of(app, PendingImport) == 0
    assert client.get(CHECK).url == IMPORT


def test_what_waits_can_be_forgotten(app: Flask, study: StudyOnApp) -> None:
    client = member(app, study)
    upload(client, xlsx(thirty_people()))
    client.submit(button="Forget this file")
    assert (number_of(app, PendingImport), number_of(app, Panellist)) == (0, 9)


def test_what_waits_is_sealed_and_its_users_alone_and_for_an_hour(app: Flask, study: StudyOnApp) -> None:
    client = member(app, study)
    upload(client, xlsx(thirty_people()))
    assert member(app, study, Role.OWNER).get(CHECK).url == IMPORT
    with app.app_context():
        assert b"example" not in db.session.scalars(select(PendingImport.sealed)).one()
        old = clock.now() - timedelta(minutes=61)
        db.session.execute(update(PendingImport).values(made_at=old))
        db.session.commit()
    assert client.get(CHECK).url == IMPORT
    upload(member(app, study, Role.OWNER), csv([("survivors", "", "", "", "")]))
    assert number_of(app, PendingImport) == 1


def test_a_yes_to_what_has_changed_meanwhile_adds_nobody(app: Flask, study: StudyOnApp) -> None:
    first, second = member(app, study), member(app, study, Role.OWNER)
    upload(first, xlsx(thirty_people()))
    upload(second, xlsx(thirty_people()[:2]))
    second.submit(button="Add these people")
    page = first.submit(button="Add these people")
    assert "Nobody was added: the panel has changed" in page.all_text
    assert page.h1 == "Add 28 people?"
    assert number_of(app, Panellist) == 11


def test_where_all_rounds_have_closed_nobody_is_added(app: Flask) -> None:
    study = load_study(app, small_study(), open_round=None)
    with app.app_context():
        db.session.execute(update(Round).values(opened_at=clock.now(), closed_at=clock.now()))
        db.session.commit()
    client = member(app, study)
    for url in (IMPORT, "/studies/small/people/add"):
        page = client.get(url)
        assert "All rounds have closed. Nobody can join any more." in page.text
        assert not list(page.find(".//main").iter("form"))


def test_the_templates_are_read_as_they_are_filled(app: Flask, study: StudyOnApp) -> None:
    client = member(app, study)
    for kind in ("csv", "xlsx"):
        content = client.http.get(f"/studies/small/people/template.{kind}").data
        page = upload(client, content, name=f"people.{kind}", status=422)
        assert "headings and nobody" in page.text
