"""Fixtures for tests in a real browser."""

import shutil
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright
from waitress.server import create_server

from tests.web_client import PageClient, sign_in_panellist

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
ServeApp = Callable[[Flask], str]
Visit = Callable[..., Page]
# Nothing takes this long. Where the machine has much else to do, a test waits and does not fail.
PATIENCE_SECONDS = 20
expect.set_options(timeout=PATIENCE_SECONDS * 1000)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browsers(playwright: Playwright) -> Iterator[list[Browser]]:
    """The browsers that were started, one after another, oldest first."""
    started: list[Browser] = []
    yield started
    for each in started:
        each.close()


@pytest.fixture
def browser(playwright: Playwright, browsers: list[Browser]) -> Browser:
    """The machine's Chromium without a window; each `browser.new_context()` is a new profile.

    All tests share one. Where it has crashed, one test fails and not each one after it.
    """
    if not browsers or not browsers[-1].is_connected():
        browsers.append(start_chromium(playwright))
    return browsers[-1]


def start_chromium(playwright: Playwright, **options: Any) -> Browser:  # noqa: ANN401  # Playwright's own options
    """Start the machine's Chromium."""
    path = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if path is None:
        pytest.fail("The browser tests need Chromium: install the package chromium", pytrace=False)
    return playwright.chromium.launch(executable_path=path, headless=True, args=list(FLAGS), **options)


@pytest.fixture
def live_server() -> Iterator[ServeApp]:
    """Serves an app on a free port of this machine until the test ends; gives the address."""
    servers = []

    def serve(app: Flask) -> str:
        server = create_server(app, host="127.0.0.1", port=0, threads=4)
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        servers.append((server, thread))
        return f"http://127.0.0.1:{server.effective_port}"

    yield serve
    for server, thread in servers:
        server.close()
        thread.join(timeout=5)


@pytest.fixture
def visit(app: Flask, browser: Browser, live_server: ServeApp) -> Iterator[Visit]:
    """Opens the first page of a panellist who is signed in, each time on a new device."""
    address = live_server(app)
    contexts: list[BrowserContext] = []

    def open_(panellist_id: int, **options: Any) -> Page:  # noqa: ANN401  # Playwright's own options
        contexts.append(browser.new_context(base_url=address, **options))
        cookie = session_cookie(app, panellist_id, address=address)
        contexts[-1].add_cookies([cookie])  # type: ignore[list-item]  # Playwright's own TypedDict
        page = contexts[-1].new_page()
        page.goto("/rate")
        return page

    yield open_
    for context in contexts:
        context.close()


def session_cookie(app: Flask, panellist_id: int, *, address: str) -> dict[str, str]:
    """The session cookie of a panellist who has just opened a link."""
    client = PageClient(app)
    sign_in_panellist(client, panellist_id)
    cookie = client.http.get_cookie("chorus")
    assert cookie is not None
    return {"name": cookie.key, "value": cookie.value, "url": address}
