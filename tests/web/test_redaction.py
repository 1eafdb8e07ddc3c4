"""No log line holds the token of a personal link."""

import logging

import pytest
from flask import Flask
from werkzeug.serving import WSGIRequestHandler

from delphi.access import guard
from tests.web_client import PageClient

TOKEN = "Zm9yLXRlc3RzLW9ubHk_-x"


@pytest.mark.parametrize(
    ("message", "arguments"),
    [
        (f"GET /enter/{TOKEN} HTTP/1.1", ()),
        ("%s - %s", ("10.0.0.1", f"POST /enter/{TOKEN}?a=b HTTP/1.1")),
        ("%(path)s", ({"path": f"https://chorus.example/enter/{TOKEN}#there"},)),
        ("asked for '/enter/%s'", (TOKEN,)),
    ],
)
def test_no_logger_writes_a_token(
    app: Flask, caplog: pytest.LogCaptureFixture, message: str, arguments: tuple[object, ...]
) -> None:
    logging.getLogger("of.somebody.else").warning(message, *arguments)
    assert TOKEN not in caplog.text
    assert "/enter/[hidden]" in caplog.text


@pytest.mark.parametrize("path", ["/enter/", "/join/", "/no-thank-you/", "/invitation/", "/stop-reminders/"])
def test_the_token_of_each_kind_of_link_is_hidden(
    app: Flask, caplog: pytest.LogCaptureFixture, path: str
) -> None:
    logging.getLogger("of.somebody.else").warning("GET %s%s HTTP/1.1", path, TOKEN)
    assert (TOKEN in caplog.text, f"{path}[hidden] HTTP/1.1" in caplog.text) == (False, True)


def test_the_log_of_the_development_server_has_no_token(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    handler = WSGIRequestHandler.__new__(WSGIRequestHandler)
    handler.client_address, handler.requestline = ("10.0.0.1", 1), f"GET /enter/{TOKEN} HTTP/1.1"
    with caplog.at_level(logging.INFO):
        handler.log_request(200)
    assert "/enter/[hidden] HTTP/1.1" in caplog.text


def test_a_fault_while_a_link_is_opened_is_logged_without_its_token(
    app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.add_url_rule("/enter/<token>/trouble", "trouble", guard.public(lambda token: 1 / 0))
    PageClient(app).get(f"/enter/{TOKEN}/trouble", status=500)
    assert TOKEN not in caplog.text
    assert "Exception on /enter/[hidden]/trouble" in caplog.text


def test_other_messages_stay_as_they_are(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("of.somebody.else").warning("%d of %s", 3, "five")
    assert "3 of five" in caplog.text
