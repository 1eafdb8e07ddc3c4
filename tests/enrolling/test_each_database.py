"""Uploads on each database: two at once add nobody twice, and all of an upload is added or nothing."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from delphi.access.contacts import ContactDetails
from delphi.access.panellist_codes import new_panellist_code
from delphi.access.staff import add_user
from delphi.dataset import import_study
from delphi.enrolling.actions import add_uploaded, keep_upload
from delphi.enrolling.people import Person
from delphi.enrolling.queries import check_page, contacts_on_panel, enrolling_page, pending_people
from delphi.extensions import db
from delphi.models import Contact, Panellist, PendingImport
from delphi.web import clock
from tests.apps import app_on, close_connections
from tests.data.small_study import small_study

PEOPLE = tuple(
    Person(
        line=line, group="survivors", language="", contact=ContactDetails(email=f"person{line}@example.org")
    )
    for line in range(2, 32)
)


@pytest.fixture
def full_app(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    """The small study, which has nobody's contact, and two uploads of the same thirty people that wait."""
    app = app_on(database_url, data_folder=tmp_path)
    with app.app_context():
        db.create_all()
        now, keys = clock.now(), app.config["CONTACT_KEYS"]
        study_id = import_study(small_study(), by="command line", now=now, open_round="2")
        for name in ("one", "two"):
            user_id = add_user(f"{name}@example.org", name=name, password=None, by="command line", now=now)
            keep_upload(PEOPLE, study_id=study_id, user_id=user_id, keys=keys, by=f"user:{user_id}", now=now)
        assert study_id == 1
        db.session.remove()
    yield app
    close_connections(app)


def say_yes(app: Flask, user_id: int, *, shown: str, codes: Iterator[str] | None = None) -> int | None:
    """Add the upload of a user, as `shown`."""
    with app.app_context():
        return add_uploaded(
            enrolling_page(1),
            study_id=1,
            user_id=user_id,
            shown=shown,
            keys=app.config["CONTACT_KEYS"],
            new_code=lambda: next(codes) if codes else new_panellist_code(),
            shuffle=lambda people: people.reverse(),
            by=f"user:{user_id}",
            now=clock.now(),
        )


def shown_to(app: Flask, user_id: int) -> str:
    with app.app_context():
        keys = app.config["CONTACT_KEYS"]
        people = pending_people(1, user_id=user_id, keys=keys, now=clock.now())
        assert people == PEOPLE
        return check_page(1, enrolling_page(1), people=people, keys=keys).mark


def numbers(app: Flask) -> list[int | None]:
    """How many panellists, contacts and uploads that wait there are."""
    with app.app_context():
        tables = (Panellist, Contact, PendingImport)
        return [db.session.scalar(select(func.count()).select_from(table)) for table in tables]


def test_two_who_say_yes_at_once_add_nobody_twice(full_app: Flask) -> None:
    marks = {user_id: shown_to(full_app, user_id) for user_id in (1, 2)}
    with ThreadPoolExecutor(2) as both:
        added = list(both.map(lambda user_id: say_yes(full_app, user_id, shown=marks[user_id]), (1, 2)))
    assert sorted(added, key=str) == [30, None]
    assert numbers(full_app) == [39, 30, 1]
    with full_app.app_context():
        panel = contacts_on_panel(1, keys=full_app.config["CONTACT_KEYS"])
    assert {contact.email for contact in panel.contacts} == {person.contact.email for person in PEOPLE}


def test_an_upload_that_breaks_in_the_middle_adds_nobody(full_app: Flask) -> None:
    mark = shown_to(full_app, 1)
    codes = iter([*map(new_code_number, range(29)), "s1"])
    with pytest.raises(IntegrityError):
        say_yes(full_app, 1, shown=mark, codes=codes)
    assert numbers(full_app) == [9, 0, 2]


def new_code_number(number: int) -> str:
    return f"n{number}"
