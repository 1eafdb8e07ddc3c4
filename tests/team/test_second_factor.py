"""The second factor: asked after the password, good once, recovered by codes, turned off with both."""

import re
from datetime import timedelta

import pyotp
import pytest
from cryptography.fernet import Fernet
from flask import Flask
from sqlalchemy import select, update

from delphi.access import second_factor
from delphi.access.contacts import reseal_all
from delphi.access.links import make_link
from delphi.access.staff import add_user
from delphi.extensions import db
from delphi.models import RecoveryCode, Role, SecondFactor
from delphi.web import clock
from tests.studies_on_app import StudyOnApp
from tests.web_client import PageClient, filled_in, sign_in_user

EMAIL, PASSWORD = "ada@example.org", "the right password"
SET_UP, OFF = "/account/second-factor/set-up", "/account/second-factor/off"


@pytest.fixture
def ada(app: Flask) -> int:
    with app.app_context():
        return add_user(EMAIL, name="Ada", password=PASSWORD, by="command line", now=clock.now())


@pytest.fixture
def ada_with_factor(app: Flask, ada: int) -> tuple[str, list[str]]:
    """Turns the second factor on; its key and the recovery codes."""
    with app.app_context():
        keys, now = app.config["CONTACT_KEYS"], clock.now() - timedelta(days=1)
        second_factor.begin(ada, keys=keys, now=now)
        new = second_factor.unconfirmed_key(ada, keys=keys)
        assert new is not None
        code = pyotp.TOTP(new.key).at(now)
        codes = second_factor.confirm(ada, code, keys=keys, by="user:1", now=now)
        assert codes is not None
        return new.key, codes


def code_of(key: str, *, steps: int = 0) -> str:
    return pyotp.TOTP(key).at(clock.now(), counter_offset=steps)


def give_password(client: PageClient) -> None:
    client.get("/sign-in?next=/account")
    page = client.submit({"email": EMAIL, "password": PASSWORD})
    assert page.h1 == "Second step"


def is_signed_in(client: PageClient) -> bool:
    return client.http.get("/account").status_code == 200


def test_the_key_is_shown_as_a_picture_of_our_own_and_as_text(
    app: Flask, client: PageClient, ada: int
) -> None:
    sign_in_user(client, ada)
    client.get("/account")
    page = client.submit(button="Set up the second factor")
    assert page.find(".//main//div[@role='img']/*").tag.endswith("svg")
    assert "src=" not in page.html.partition("<main")[2].partition("</main>")[0]
    key = (re.search(r"(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}", page.text) or [""])[0].replace(" ", "")
    assert client.submit({"code": "000000", "password": PASSWORD}, status=422).h1 == page.h1
    done = client.submit({"code": code_of(key), "password": PASSWORD})
    codes = done.root.findall(".//main//ul[@class='govuk-list app-code']/li")
    assert (done.h1, len(codes)) == ("Your recovery codes", 10)
    assert client.get(SET_UP).h1 == "Your account"


def test_the_password_alone_begins_no_session(
    client: PageClient, ada_with_factor: tuple[str, list[str]]
) -> None:
    give_password(client)
    assert not is_signed_in(client)
    assert client.submit({"code": code_of(ada_with_factor[0])}).url == "/account"


def test_a_personal_link_alone_begins_no_session(
    app: Flask, client: PageClient, ada: int, ada_with_factor: tuple[str, list[str]]
) -> None:
    with app.app_context():
        link = make_link(user_id=ada, by="test", now=clock.now(), valid_for=timedelta(hours=1))
    client.get(f"/enter/{link}")
    assert client.submit().h1 == "Second step"
    assert not is_signed_in(client)
    assert client.submit({"code": code_of(ada_with_factor[0])}).h1 == "Studies"


def test_the_second_step_without_the_first_asks_for_the_first(client: PageClient) -> None:
    assert client.get("/sign-in/code", status=410).h1 == "Sign in again"


def test_a_code_that_was_used_is_not_taken_again(
    app: Flask, client: PageClient, ada_with_factor: tuple[str, list[str]]
) -> None:
    code = code_of(ada_with_factor[0])
    give_password(client)
    client.submit({"code": code})
    other = PageClient(app)
    give_password(other)
    assert other.submit({"code": code}, status=422).text.count("This code does not work.") == 2
    assert not is_signed_in(other)


def test_codes_of_clocks_that_differ_by_half_a_minute_are_taken_and_older_ones_not(
    app: Flask, ada: int, ada_with_factor: tuple[str, list[str]]
) -> None:
    now, keys = clock.now(), app.config["CONTACT_KEYS"]
    codes = pyotp.TOTP(ada_with_factor[0])
    with app.app_context():
        taken = [
            second_factor.accept(ada, codes.at(now, counter_offset=steps), keys=keys, by="user:1", now=now)
            for steps in (-2, 2, -1, 1, 0)
        ]
    assert taken == [False, False, True, True, False]


def test_a_recovery_code_signs_in_once(
    app: Flask, client: PageClient, ada_with_factor: tuple[str, list[str]]
) -> None:
    code = ada_with_factor[1][0]
    give_password(client)
    assert "9 recovery codes left" in client.submit({"code": code.lower()}).text
    other = PageClient(app)
    give_password(other)
    other.submit({"code": code}, status=422)


def test_neither_key_nor_codes_can_be_read_from_the_database(
    app: Flask, ada_with_factor: tuple[str, list[str]]
) -> None:
    key, codes = ada_with_factor
    with app.app_context():
        kept = str(db.session.execute(select(SecondFactor.__table__)).all())
        kept += str(db.session.execute(select(RecoveryCode.__table__)).all())
    assert not [code for code in codes if code.replace(" ", "") in kept]
    assert key not in kept


def test_wrong_codes_are_throttled_and_a_right_one_then_too(
    client: PageClient, ada_with_factor: tuple[str, list[str]]
) -> None:
    give_password(client)
    form = client.get("/sign-in/code").form("Continue")
    for _ in range(6):
        assert client.http.post("/sign-in/code", data=filled_in(form, {"code": "000000"})).status_code == 422
    right = filled_in(form, {"code": code_of(ada_with_factor[0])})
    assert client.http.post("/sign-in/code", data=right).status_code == 429


def test_one_account_is_throttled_from_many_networks(
    client: PageClient, ada_with_factor: tuple[str, list[str]]
) -> None:
    give_password(client)
    form = filled_in(client.get("/sign-in/code").form("Continue"), {"code": "000000"})
    answers = [
        client.http.post(
            "/sign-in/code", data=form, environ_base={"REMOTE_ADDR": f"192.0.2.{number}"}
        ).status_code
        for number in range(11)
    ]
    assert answers == [422] * 10 + [429]


def test_turning_off_needs_the_password_and_a_code(
    client: PageClient, ada_with_factor: tuple[str, list[str]]
) -> None:
    give_password(client)
    client.submit({"code": ada_with_factor[1][0]})
    client.get(OFF)
    code = code_of(ada_with_factor[0])
    assert "not your password" in client.submit({"code": code, "password": "wrong"}, status=422).text
    client.submit({"code": "000000", "password": PASSWORD}, status=422)
    assert "The second factor is off." in client.submit({"code": code, "password": PASSWORD}).text


def test_new_recovery_codes_end_the_old_ones(
    app: Flask, client: PageClient, ada: int, ada_with_factor: tuple[str, list[str]]
) -> None:
    key, (first, second, *_) = ada_with_factor
    give_password(client)
    client.submit({"code": first})
    client.get("/account/second-factor/codes")
    assert client.submit({"code": code_of(key), "password": PASSWORD}).h1 == "Your recovery codes"
    with app.app_context():
        keys = app.config["CONTACT_KEYS"]
        assert not second_factor.accept(ada, second, keys=keys, by="user:1", now=clock.now())


def test_the_key_is_sealed_anew_with_the_contacts(
    app: Flask, ada: int, ada_with_factor: tuple[str, list[str]]
) -> None:
    new = Fernet.generate_key().decode()
    with app.app_context():
        reseal_all(keys=(new, *app.config["CONTACT_KEYS"]), by="command line", now=clock.now())
        code = code_of(ada_with_factor[0])
        assert second_factor.accept(ada, code, keys=(new,), by="user:1", now=clock.now())


def test_an_owner_sees_who_has_it(app: Flask, client: PageClient, study: StudyOnApp) -> None:
    with app.app_context():
        keys, member = app.config["CONTACT_KEYS"], study.team[Role.ANALYST]
        second_factor.begin(member, keys=keys, now=clock.now())
        db.session.execute(update(SecondFactor).values(confirmed_at=clock.now()))
        db.session.commit()
    sign_in_user(client, study.team[Role.OWNER])
    seen = {row[0].split()[0]: row[2] for row in client.get("/studies/small/team").table_rows()[1:]}
    assert seen == {"Adviser": "Off", "Analyst": "On", "Facilitator": "Off", "Owner": "Off"}
