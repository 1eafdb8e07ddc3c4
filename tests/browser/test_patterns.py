"""The style sheet by itself: a page that holds every pattern which our pages use."""

from pathlib import Path

import pytest
from flask import Flask, Response, make_response, render_template
from playwright.sync_api import Browser

from delphi.web.assets import load_assets, serve_assets
from tests.browser.axe import WHOLE_MATRIX, faults_of
from tests.browser.conftest import ServeApp

POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'"


def patterns_page() -> Response:
    page = make_response(render_template("patterns.html"))
    page.headers["Content-Security-Policy"] = POLICY
    return page


@pytest.fixture
def patterns_url(live_server: ServeApp) -> str:
    app = Flask("patterns", static_folder=None, template_folder=str(Path(__file__).parent))
    serve_assets(app)
    app.add_url_rule("/", view_func=patterns_page)
    return live_server(app)


def test_every_pattern_passes_axe_and_none_makes_the_page_scroll_sideways(
    browser: Browser, patterns_url: str
) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(patterns_url)
    assert faults_of(page, looks=WHOLE_MATRIX) == []
    context.close()


def test_sheet_and_script_obey_a_strict_content_policy(browser: Browser, patterns_url: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    messages: list[str] = []
    page.on("console", lambda message: messages.append(message.text))
    page.goto(patterns_url, wait_until="networkidle")
    assert page.locator("body.govuk-frontend-supported").count() == 1
    assert messages == []
    context.close()


def test_the_compressed_style_sheet_stays_small() -> None:
    assets = load_assets()
    assert (assets.folder / f"{assets.files['chorus.css']}.br").stat().st_size <= 14 * 1024


def test_an_asset_that_was_not_built_is_named() -> None:
    with pytest.raises(LookupError, match=r"there is no asset 'missing.css'; there are: chorus.css"):
        load_assets().url("missing.css")
