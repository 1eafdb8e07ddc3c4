"""Fixtures for tests in a real browser."""

import shutil
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright
from waitress.server import create_server

from delphi.access.links import make_link
from delphi.web import clock

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
AxeViolations = Callable[[Page], list[str]]
Visit = Callable[..., Page]


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """The machine's Chromium without a window; each `browser.new_context()` is a new profile."""
    path = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if path is None:
        pytest.fail("The browser tests need Chromium: install the package chromium", pytrace=False)
    running = playwright.chromium.launch(executable_path=path, headless=True, args=list(FLAGS))
    yield running
    running.close()


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


@pytest.fixture(scope="session")
def axe_violations() -> AxeViolations:
    """What axe finds wrong with a page: one line a rule, with the elements that break it."""
    axe = Axe()

    def violations(page: Page) -> list[str]:
        rules = axe.run(page).response["violations"]
        return [f"{rule['id']}: {[node['target'] for node in rule['nodes']]}" for rule in rules]

    return violations


@pytest.fixture
def visit(app: Flask, browser: Browser, live_server: ServeApp) -> Iterator[Visit]:
    """Opens a panellist's link in a new browser profile with the given options: another device each time."""
    address = live_server(app)
    contexts: list[BrowserContext] = []

    def open_(panellist_id: int, **options: Any) -> Page:  # noqa: ANN401  # Playwright's own options
        with app.app_context():
            now, hour = clock.now(), timedelta(hours=1)
            token = make_link(panellist_id=panellist_id, by="command line", now=now, valid_for=hour)
        contexts.append(browser.new_context(base_url=address, **options))
        page = contexts[-1].new_page()
        page.goto(f"/enter/{token}")
        page.locator("main button").click()
        return page

    yield open_
    for context in contexts:
        context.close()
