"""Contacts: sealed with keys that are not in the database, and gone when they are deleted."""

from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from flask import Flask
from sqlalchemy import delete, func, select, text

from delphi.access.contacts import (
    ContactCannotBeOpened,
    ContactDetails,
    contact_of,
    forget_contact,
    keep_contact,
    open_sealed,
    reseal_all,
    seal,
)
from delphi.extensions import db
from delphi.models import AuditRow, Contact, Panellist, Rating
from delphi.web import clock
from tests.studies_on_app import StudyOnApp

ADA = ContactDetails(name="Ada Lovelace", email="ada@example.org", telephone="+44 20 7946 0000")
OLD, NEW = (Fernet.generate_key().decode() for _ in range(2))


def keep_ada(study: StudyOnApp, *, keys: tuple[str, ...] = (OLD,)) -> int:
    panellist_id = study.panellists["s1"]
    keep_contact(panellist_id, contact=ADA, keys=keys, by="user:1", now=clock.now())
    return panellist_id


def test_a_contact_comes_back_as_it_was() -> None:
    assert open_sealed(seal(ADA, keys=[OLD]), keys=[OLD]) == ADA


def test_another_key_does_not_open_a_contact() -> None:
    with pytest.raises(ContactCannotBeOpened):
        open_sealed(seal(ADA, keys=[OLD]), keys=[NEW])


def test_a_changed_contact_does_not_open() -> None:
    sealed = bytearray(seal(ADA, keys=[OLD]))
    sealed[40] ^= 1
    with pytest.raises(ContactCannotBeOpened):
        open_sealed(bytes(sealed), keys=[OLD])


def test_a_contact_is_not_shown_by_accident() -> None:
    assert "Ada" not in f"{ADA!r} {ADA}"


def test_the_database_file_holds_no_contact_in_the_clear(app: Flask, study: StudyOnApp) -> None:
    with app.app_context():
        keep_ada(study)
        db.session.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
        content = Path(str(db.engine.url.database)).read_bytes()
    assert [word for word in (b"Lovelace", b"ada@example", b"7946") if word in content] == []


def test_sealing_anew_lets_an_old_key_go(app: Flask, study: StudyOnApp) -> None:
    with app.app_context():
        panellist_id = keep_ada(study)
        assert reseal_all(keys=[NEW, OLD], by="command line", now=clock.now()) == 1
        assert contact_of(panellist_id, keys=[NEW]) == ADA
        with pytest.raises(ContactCannotBeOpened):
            contact_of(panellist_id, keys=[OLD])


def test_sealing_anew_without_the_old_key_changes_nothing(app: Flask, study: StudyOnApp) -> None:
    with app.app_context():
        panellist_id = keep_ada(study)
        with pytest.raises(ContactCannotBeOpened):
            reseal_all(keys=[NEW], by="command line", now=clock.now())
        assert contact_of(panellist_id, keys=[OLD]) == ADA


def test_a_newer_contact_takes_the_place_of_the_older(app: Flask, study: StudyOnApp) -> None:
    with app.app_context():
        panellist_id = keep_ada(study)
        newer = ContactDetails(email="new@example.org")
        keep_contact(panellist_id, contact=newer, keys=[OLD], by="user:1", now=clock.now())
        assert contact_of(panellist_id, keys=[OLD]) == newer


def test_forgetting_a_contact_leaves_the_answers(app: Flask, study: StudyOnApp) -> None:
    with app.app_context():
        panellist_id = keep_ada(study)
        ratings = select(func.count()).select_from(Rating).where(Rating.panellist_id == panellist_id)
        before = db.session.scalar(ratings)
        forget_contact(panellist_id, by="user:1", now=clock.now())
        assert contact_of(panellist_id, keys=[OLD]) is None
        assert db.session.scalar(ratings) == before != 0


def test_a_contact_goes_with_its_panellist(app: Flask, study: StudyOnApp) -> None:
    with app.app_context():
        panellist_id = keep_ada(study)
        db.session.execute(delete(Panellist).where(Panellist.id == panellist_id))
        db.session.commit()
        assert db.session.scalar(select(func.count()).select_from(Contact)) == 0


def test_the_audit_trail_tells_of_contacts_without_telling_them(app: Flask, study: StudyOnApp) -> None:
    with app.app_context():
        forget_contact(keep_ada(study), by="user:1", now=clock.now())
        rows = db.session.scalars(select(AuditRow).where(AuditRow.action.startswith("contact"))).all()
        assert [row.action for row in rows] == ["contact kept", "contact forgotten"]
        assert "Ada" not in str([row.detail for row in rows])
