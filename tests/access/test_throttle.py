"""Sign-in is throttled by where somebody is; nobody can lock somebody else out."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from delphi.access.links import make_link
from delphi.access.staff import add_user
from delphi.access.throttle import network_of_visitor
from delphi.extensions import limiter
from delphi.web import clock
from tests.studies_on_app import StudyOnApp
from tests.web_client import PageClient, filled_in

WRONG = {"email": "ada@example.org", "password": "a wrong password"}
RIGHT = {"email": "ada@example.org", "password": "the right password"}


@pytest.fixture(autouse=True)
def _fresh_counts(app: Flask) -> Iterator[None]:
    limiter.reset()
    yield
    limiter.reset()


@pytest.fixture
def _ada(app: Flask) -> None:
    with app.app_context():
        add_user(RIGHT["email"], name="Ada", password=RIGHT["password"], by="command line", now=clock.now())


def try_wrong_passwords(client: PageClient, *, times: int) -> None:
    client.get("/sign-in")
    for _ in range(times):
        client.submit(WRONG, status=422)


def send_right_password(client: PageClient, **environment: str) -> TestResponse:
    form = client.get("/sign-in").form("Sign in")
    return client.http.post("/sign-in", data=filled_in(form, RIGHT), environ_overrides=environment)


@pytest.mark.usefixtures("_ada")
def test_too_many_wrong_passwords_have_to_wait(client: PageClient) -> None:
    try_wrong_passwords(client, times=6)
    assert client.submit(RIGHT, status=429).h1 == "Too many attempts"
    assert 0 < int(send_right_password(client).headers["Retry-After"]) <= 300


@pytest.mark.usefixtures("_ada")
def test_an_account_cannot_be_locked_from_elsewhere(client: PageClient) -> None:
    try_wrong_passwords(client, times=6)
    assert send_right_password(client, REMOTE_ADDR="192.0.2.7").location == "/studies"


@pytest.mark.usefixtures("_ada")
def test_right_passwords_are_not_counted(client: PageClient) -> None:
    assert {send_right_password(client).status_code for _ in range(7)} == {303}


def test_a_good_link_works_however_many_bad_ones_came_from_the_same_address(
    client: PageClient, study: StudyOnApp
) -> None:
    statuses = {client.http.get(f"/enter/guess-{number}").status_code for number in range(40)}
    assert statuses == {404, 429}
    with client.app.app_context():
        token = make_link(
            panellist_id=study.panellists["s1"], by="user:1", now=clock.now(), valid_for=timedelta(days=1)
        )
    assert client.get(f"/enter/{token}").h1 == "Welcome"


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),  # its first 64 bits
        ("somewhere", "somewhere"),
    ],
)
def test_addresses_of_one_ipv6_customer_count_together(app: Flask, address: str, network: str) -> None:
    with app.test_request_context(environ_overrides={"REMOTE_ADDR": address}):
        assert network_of_visitor() == network
