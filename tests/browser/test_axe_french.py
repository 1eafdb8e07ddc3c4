"""axe on every panellist page in French: a file a language, so that languages are looked at side by side."""

import pytest
from flask import Flask
from playwright.sync_api import Browser

from tests.browser.axe import faults_of_pages
from tests.browser.conftest import ServeApp


@pytest.mark.timeout(600)
def test_axe_finds_nothing_wrong_on_any_page_in_french(
    app: Flask, browser: Browser, live_server: ServeApp
) -> None:
    assert faults_of_pages(app, browser, address=live_server(app), language="fr") == {}
