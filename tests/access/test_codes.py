"""Codes to read out or to remember: forgiving to type, good once, hashed with the app's key."""

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from delphi.access.codes import ALPHABET, LASTS, make_code, read_code, spelled, spend_code
from delphi.access.links import make_link
from delphi.extensions import db, limiter
from delphi.models import AuditRow, LinkKind, SignInLink
from delphi.web import clock
from tests.data.small_study import small_study
from tests.studies_on_app import StudyOnApp, load_study
from tests.web_client import PageClient

NOON = datetime(2025, 4, 3, 12, tzinfo=UTC)
READ_OUT, COME_BACK = LinkKind.READ_OUT, LinkKind.COME_BACK
SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def _fresh_counts(app: Flask) -> Iterator[None]:
    limiter.reset()
    yield
    limiter.reset()


def code_for(
    app: Flask, study: StudyOnApp, *, kind: LinkKind = READ_OUT, now: datetime | None = None, who: str = "s4"
) -> str:
    with app.app_context():
        whose = study.panellists[who]
        return make_code(panellist_id=whose, kind=kind, by="user:1", now=now or clock.now())


def lets_in(app: Flask, code: str, *, now: datetime = NOON) -> bool:
    with app.app_context():
        return spend_code(code, now=now) is not None


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("K7PM 4XQ2 9T", "K7PM4XQ29T"),
        ("k7pm4xq29t", "K7PM4XQ29T"),
        (" K7PM-4XQ2–9T. ", "K7PM4XQ29T"),
        ("KOPM 4XQI LT", "K0PM4XQ11T"),  # O is 0, I and L are 1
        ("kopm 4xqi lt", "K0PM4XQ11T"),
        ("K7PM 4XQ2 9", None),  # too short
        ("K7PM 4XQ2 9TT", None),
        ("K7PM 4XQ2 9U", None),  # no U in the alphabet
        ("K7PM 4XQ2 9É", None),
        ("", None),
    ],
)
def test_what_somebody_types_is_understood(typed: str, code: str | None) -> None:
    assert read_code(typed) == code


def test_no_two_letters_of_a_code_look_alike() -> None:
    assert len(set(ALPHABET)) == 32
    assert not set("ILOU") & set(ALPHABET)


def test_a_code_is_spelled_in_groups_and_read_back() -> None:
    assert spelled("K7PM4XQ29T") == "K7PM 4XQ2 9T"
    assert read_code(spelled("K7PM4XQ29T")) == "K7PM4XQ29T"


def test_a_code_signs_its_panellist_in_once(app: Flask, study: StudyOnApp) -> None:
    code, client = code_for(app, study), PageClient(app)
    client.get("/enter")
    page = client.submit({"code": code.lower().replace(" ", "-")})
    assert page.url == "/rate/exit-help"
    other = PageClient(app)
    other.get("/enter")
    assert "This sign-in code does not work." in other.submit({"code": code}, status=422).text


@pytest.mark.parametrize(
    ("kind", "lasts"), [(READ_OUT, timedelta(hours=24)), (COME_BACK, timedelta(days=60))]
)
def test_a_code_is_good_until_its_time_is_over(
    app: Flask, study: StudyOnApp, kind: LinkKind, lasts: timedelta
) -> None:
    assert LASTS[kind] == lasts
    assert not lets_in(app, code_for(app, study, kind=kind, now=NOON), now=NOON + lasts)
    assert lets_in(app, code_for(app, study, kind=kind, now=NOON), now=NOON + lasts - SECOND)


def test_a_new_code_ends_the_older_ones_of_its_kind_and_person(app: Flask, study: StudyOnApp) -> None:
    older = code_for(app, study, kind=COME_BACK, now=NOON - SECOND)
    other_kind = code_for(app, study, kind=READ_OUT, now=NOON - SECOND)
    somebody_else = code_for(app, study, kind=COME_BACK, now=NOON - SECOND, who="s1")
    newer = code_for(app, study, kind=COME_BACK, now=NOON)
    found = [lets_in(app, code, now=NOON) for code in (older, other_kind, somebody_else, newer)]
    assert found == [False, True, True, True]


def test_a_code_does_not_end_a_personal_link(app: Flask, study: StudyOnApp) -> None:
    with app.app_context():
        token = make_link(
            panellist_id=study.panellists["s4"], by="user:1", now=clock.now(), valid_for=timedelta(days=1)
        )
    code_for(app, study, kind=COME_BACK)
    assert PageClient(app).get(f"/enter/{token}").h1 == "Welcome"


def test_a_code_is_no_link(app: Flask, study: StudyOnApp) -> None:
    code = code_for(app, study).replace(" ", "")
    assert PageClient(app).get(f"/enter/{code}", status=404).h1 == "This link does not work"


def test_the_database_alone_does_not_give_a_code_away(app: Flask, study: StudyOnApp) -> None:
    code = read_code(code_for(app, study)) or ""
    with app.app_context():
        rows = [
            str(vars(row)) for table in (SignInLink, AuditRow) for row in db.session.scalars(select(table))
        ]
    plain = (code, spelled(code), hashlib.sha256(code.encode()).hexdigest())
    assert not [row for row in rows for known in plain if known in row]
    app.secret_key = "another key of this app, for a test"
    assert not lets_in(app, code, now=clock.now())


def test_making_and_using_are_in_the_trail(app: Flask, study: StudyOnApp) -> None:
    assert lets_in(app, code_for(app, study, now=NOON))
    with app.app_context():
        last = db.session.scalars(select(AuditRow).order_by(AuditRow.id.desc()).limit(2)).all()
        assert [row.action for row in last] == ["signed in by code", "code made"]


def test_nobody_can_go_on_guessing(app: Flask, study: StudyOnApp) -> None:
    client = PageClient(app)
    client.get("/enter")
    for _ in range(30):
        client.submit({"code": "0000 0000 00"}, status=422)
    assert client.submit({"code": code_for(app, study)}, status=429).h1 == "Too many attempts"


def test_an_empty_box_is_told(client: PageClient) -> None:
    client.get("/enter")
    page = client.submit({"code": ""}, status=422)
    assert page.text.count("Enter your sign-in code.") == 2
    assert page.find(".//title").text == "Error: Enter your sign-in code – Chorus"


def test_a_code_ends_the_session_of_whoever_was_there(app: Flask, study: StudyOnApp) -> None:
    client = PageClient(app)
    for who in ("s1", "s4"):
        page = client.get("/enter")
        assert ("they will be signed out" in page.text) is (who == "s4")
        client.submit({"code": code_for(app, study, who=who)})
    with client.http.session_transaction() as session:
        assert session["_user_id"] == f"p:{study.panellists['s4']}"


def test_codes_work_on_each_database(app_on_each_database: Flask) -> None:
    app = app_on_each_database
    study = load_study(app, small_study(), open_round="2")
    older = code_for(app, study, kind=COME_BACK, now=NOON - SECOND)
    newer = code_for(app, study, kind=COME_BACK, now=NOON)
    assert [lets_in(app, code) for code in (older, newer, newer)] == [False, True, False]
