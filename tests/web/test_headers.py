"""What every answer tells the browser."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask, request

from delphi.app import create_app
from delphi.config import Config, Environment
from delphi.web.assets import load_assets
from tests.apps import close_connections
from tests.web_client import PageClient

HTTPS = {"wsgi.url_scheme": "https"}


@pytest.fixture
def production_app(migrated_sqlite_url: str) -> Iterator[Flask]:
    config = replace(Config.for_tests(database_url=migrated_sqlite_url), environment=Environment.PRODUCTION)
    app = create_app(config)
    yield app
    close_connections(app)


def test_pages_take_nothing_from_elsewhere_and_sit_in_no_frame(client: PageClient) -> None:
    policy = client.http.get("/").headers["Content-Security-Policy"].split("; ")
    assert set(policy) == {
        "default-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        *(f"{kind} 'self'" for kind in ("style-src", "script-src", "img-src", "connect-src")),
        *(f"{kind} 'self'" for kind in ("form-action", "manifest-src")),
    }


@pytest.mark.parametrize("url", ["/", "/sign-in", "/nowhere", "/healthz", "/enter/unknown"])
def test_every_answer_is_sent_with_care(client: PageClient, url: str) -> None:
    headers = client.http.get(url).headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert "geolocation=()" in headers["Permissions-Policy"]


def test_assets_are_kept_for_good(client: PageClient) -> None:
    with client.http.get(load_assets().url("chorus.css")) as response:
        assert response.headers["Cache-Control"] == "max-age=315360000, public, immutable"


def test_long_pages_are_compressed_and_short_answers_are_not(client: PageClient) -> None:
    encodings = {"Accept-Encoding": "br"}
    assert client.http.get("/", headers=encodings).headers["Content-Encoding"] == "br"
    assert "Content-Encoding" not in client.http.get("/healthz", headers=encodings).headers


def test_only_production_asks_for_https_from_now_on(client: PageClient, production_app: Flask) -> None:
    here = client.http.get("/", environ_overrides=HTTPS)
    there = production_app.test_client().get("/", environ_overrides=HTTPS)
    assert "Strict-Transport-Security" not in here.headers
    assert there.headers["Strict-Transport-Security"].startswith("max-age=31")


def test_production_sends_plain_http_to_https_but_answers_health_checks(production_app: Flask) -> None:
    client = production_app.test_client()
    assert client.get("/about").location == "https://localhost/about"
    assert client.get("/healthz").status_code == 200


def test_the_session_cookie_is_out_of_reach(production_app: Flask) -> None:
    response = production_app.test_client().get("/sign-in", environ_overrides=HTTPS)
    cookie = response.headers["Set-Cookie"]
    assert cookie.startswith("__Host-chorus=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
    assert not [word for word in ("Expires", "Max-Age", "Domain") if word in cookie]


def test_forms_are_taken_over_https_although_pages_send_no_referrer(production_app: Flask) -> None:
    client = production_app.test_client()
    page = client.get("/sign-in", environ_overrides=HTTPS).text
    token = page.split('name="csrf_token" type="hidden" value="')[1].split('"')[0]
    response = client.post("/sign-in", data={"csrf_token": token}, environ_overrides=HTTPS)
    assert response.status_code == 422  # as far as the empty fields


@pytest.mark.parametrize(("number", "address"), [(0, "10.0.0.1"), (1, "192.0.2.9"), (2, "198.51.100.4")])
def test_only_as_many_proxies_are_believed_as_there_are(
    migrated_sqlite_url: str, tmp_path: Path, number: int, address: str
) -> None:
    config = Config.for_tests(database_url=migrated_sqlite_url, data_folder=tmp_path)
    app = create_app(replace(config, trusted_proxies=number))
    seen: list[str | None] = []
    app.before_request(lambda: seen.append(request.remote_addr))
    app.test_client().get(
        "/about",
        headers={"X-Forwarded-For": "203.0.113.1, 198.51.100.4, 192.0.2.9"},
        environ_overrides={"REMOTE_ADDR": "10.0.0.1"},
    )
    close_connections(app)
    assert seen == [address]


def test_a_host_name_that_is_not_ours_is_refused(migrated_sqlite_url: str) -> None:
    config = replace(Config.for_tests(database_url=migrated_sqlite_url), trusted_hosts=("chorus.example",))
    client = create_app(config).test_client()
    hosts = ("chorus.example", "evil.example")
    assert [client.get("/about", headers={"Host": host}).status_code for host in hosts] == [200, 400]
