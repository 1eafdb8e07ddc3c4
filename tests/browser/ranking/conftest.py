"""The ranking page, open in a new browser profile."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page

from delphi.access.links import make_link
from delphi.web import clock
from tests.browser.conftest import ServeApp
from tests.browser.ranking.order_page import OpenOrder
from tests.ranking.rankers import ranking_on, who_ranks
from tests.studies_on_app import StudyOnApp


@pytest.fixture
def ranking(app: Flask) -> StudyOnApp:
    """The study of every kind; its ranking round, open, asks for an order of all four outcomes."""
    return ranking_on(app)


@pytest.fixture
def open_order(
    app: Flask, ranking: StudyOnApp, browser: Browser, live_server: ServeApp
) -> Iterator[OpenOrder]:
    """Opens the ranking page of panellist s4 in a new browser profile with the given options."""
    address = live_server(app)
    contexts: list[BrowserContext] = []

    def open_(**options: Any) -> Page:  # noqa: ANN401  # Playwright's own options
        with app.app_context():
            token = make_link(
                panellist_id=ranking.panellists["s4"],
                by="command line",
                now=clock.now(),
                valid_for=timedelta(hours=1),
            )
        contexts.append(browser.new_context(base_url=address, **options))
        page = contexts[-1].new_page()
        page.goto(f"/enter/{token}")
        page.locator("main button").first.click()
        page.goto("/rate/order")
        return page

    who_ranks(app, ranking)  # has agreed to take part
    yield open_
    for context in contexts:
        context.close()
