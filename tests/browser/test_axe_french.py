"""Every panellist page in French (see `axe.py`): a file a language, so that they run side by side."""

import pytest
from flask import Flask
from playwright.sync_api import Browser

from tests.browser.axe import faults_of_pages
from tests.browser.conftest import ServeApp


@pytest.mark.timeout(600)
def test_nothing_is_wrong_on_any_page_in_french(app: Flask, browser: Browser, live_server: ServeApp) -> None:
    assert faults_of_pages(app, browser, address=live_server(app), language="fr") == {}
