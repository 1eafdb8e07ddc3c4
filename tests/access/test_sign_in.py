"""Signing in by password, and signing out."""

import time

import pytest
from argon2 import PasswordHasher
from flask import Flask
from sqlalchemy import delete, update

from delphi.access.passwords import hash_password, is_outdated, verify_password
from delphi.access.staff import add_user, give_role, sign_in
from delphi.extensions import db
from delphi.models import Membership, Role, User
from delphi.web import clock
from tests.studies_on_app import StudyOnApp
from tests.web_client import PageClient, filled_in, sign_in_panellist, sign_in_user

EMAIL, PASSWORD = "ada@example.org", "the right password"


@pytest.fixture
def ada(app: Flask) -> int:
    with app.app_context():
        return add_user(EMAIL, name="Ada", password=PASSWORD, by="command line", now=clock.now())


def location_after_sign_in(client: PageClient, url: str = "/sign-in") -> str:
    form = client.get(url).form("Sign in")
    response = client.http.post(url, data=filled_in(form, {"email": EMAIL, "password": PASSWORD}))
    assert response.status_code == 303
    return response.location


@pytest.mark.usefixtures("ada")
def test_a_user_signs_in_with_their_password(client: PageClient) -> None:
    assert location_after_sign_in(client) == "/studies"
    assert client.get("/").link("Studies") == "/studies"


@pytest.mark.usefixtures("ada")
def test_case_and_blanks_of_an_address_do_not_matter(app: Flask) -> None:
    with app.app_context():
        assert sign_in(" Ada@Example.ORG ", password=PASSWORD, now=clock.now()) is not None


@pytest.mark.usefixtures("ada")
def test_an_unknown_address_and_a_wrong_password_get_the_same_answer(client: PageClient) -> None:
    client.get("/sign-in")
    answers = {
        client.submit({"email": email, "password": "a wrong password"}, status=422).text
        for email in (EMAIL, "nobody@example.org")
    }
    assert len(answers) == 1
    assert "There is no account with this e-mail address and password." in answers.pop()


def test_an_account_that_is_not_there_takes_as_long_to_refuse() -> None:
    kept = hash_password(PASSWORD)

    def quickest(against: str | None) -> float:
        verify_password("warm up", against=against)
        times = []
        for _ in range(3):
            start = time.process_time()  # work of this process: what else the machine does plays no part
            verify_password("a wrong password", against=against)
            times.append(time.process_time() - start)
        return min(times)

    assert 0.5 < quickest(None) / quickest(kept) < 2


def test_no_password_opens_an_account_that_has_none(app: Flask) -> None:
    with app.app_context():
        add_user(EMAIL, name="Ada", password=None, by="command line", now=clock.now())
        assert sign_in(EMAIL, password="the password of nobody", now=clock.now()) is None


def test_a_hash_with_older_parameters_is_renewed_on_the_way(app: Flask, ada: int) -> None:
    weaker = PasswordHasher(time_cost=1, memory_cost=64).hash(PASSWORD)
    with app.app_context():
        db.session.execute(update(User).values(password_hash=weaker))
        db.session.commit()
        assert sign_in(EMAIL, password=PASSWORD, now=clock.now()) is not None
        renewed = db.session.get_one(User, ada).password_hash or ""
        assert (is_outdated(weaker), is_outdated(renewed)) == (True, False)
        assert verify_password(PASSWORD, against=renewed)


@pytest.mark.parametrize("password", ["too short", "x" * 1001])
def test_a_password_that_is_too_short_or_too_long_cannot_be_chosen(password: str) -> None:
    with pytest.raises(ValueError, match="A password"):
        hash_password(password)


def test_empty_fields_are_named_beside_them_and_at_the_top(client: PageClient) -> None:
    client.get("/sign-in")
    page = client.submit({}, status=422)
    assert page.text.count("Enter your e-mail address.") == 2
    assert page.text.count("Enter your password.") == 2


@pytest.mark.usefixtures("ada")
def test_after_signing_in_one_comes_to_the_page_that_one_asked_for(client: PageClient) -> None:
    assert location_after_sign_in(client, "/sign-in?next=/studies/small") == "/studies/small"


@pytest.mark.usefixtures("ada")
@pytest.mark.parametrize(
    "elsewhere", ["//evil.example", "/\\evil.example", "https://evil.example", "/%09/evil.example"]
)
def test_signing_in_leads_to_no_other_site(client: PageClient, elsewhere: str) -> None:
    assert location_after_sign_in(client, f"/sign-in?next={elsewhere}") == "/studies"


def test_signing_out_forgets_the_visitor(client: PageClient, study: StudyOnApp) -> None:
    sign_in_panellist(client, study.panellists["s1"])
    client.get("/")
    assert client.submit(button="Sign out").url == "/"
    with client.http.session_transaction() as session:
        assert "_user_id" not in session


def test_a_session_ends_with_the_account(client: PageClient, app: Flask, ada: int) -> None:
    location_after_sign_in(client)
    with app.app_context():
        db.session.execute(delete(User).where(User.id == ada))
        db.session.commit()
    assert "You are signed in" not in client.get("/").text


def test_a_session_cookie_that_was_made_up_signs_nobody_in(client: PageClient) -> None:
    for made_up in ("", "x:1", "p:", "p:one", "p:99", "u:99", "1"):
        with client.http.session_transaction() as session:
            session["_user_id"] = made_up
        assert "You are signed in" not in client.get("/").text


def test_an_address_has_one_account(app: Flask, ada: int) -> None:
    with app.app_context(), pytest.raises(ValueError, match="has an account already"):
        add_user("ADA@example.org", name="Ada", password=None, by="command line", now=clock.now())


def test_a_new_role_takes_the_place_of_the_old_one(app: Flask, study: StudyOnApp, ada: int) -> None:
    with app.app_context():
        for role in (Role.ANALYST, Role.OWNER):
            give_role(ada, study_id=study.study_id, role=role, by="command line", now=clock.now())
        assert db.session.get_one(Membership, (ada, study.study_id)).role is Role.OWNER


def test_the_session_cookie_holds_nothing_about_address_or_browser(
    client: PageClient, study: StudyOnApp
) -> None:
    sign_in_panellist(client, study.panellists["s1"])
    with client.http.session_transaction() as session:
        assert set(session) == {"_user_id", "_fresh", "signed_in_at", "number", "csrf_token"}


def test_a_session_ends_a_week_after_signing_in_however_often_it_is_used(
    app: Flask, study: StudyOnApp
) -> None:
    # A message to be shown writes the cookie anew, and with it the time that Flask looks at.
    for days, place in ((6, "/studies"), (8, "/sign-in?next=/studies")):
        client = PageClient(app)
        sign_in_user(client, study.team[Role.OWNER])
        with client.http.session_transaction() as session:
            session["signed_in_at"] -= days * 24 * 60 * 60
        assert client.get("/studies").url == place


def test_a_session_that_does_not_say_when_it_began_is_nobodys(client: PageClient, study: StudyOnApp) -> None:
    with client.http.session_transaction() as session:
        session["_user_id"] = f"u:{study.team[Role.OWNER]}"
    assert client.get("/studies").url == "/sign-in?next=/studies"
