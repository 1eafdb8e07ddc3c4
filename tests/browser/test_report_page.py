"""The report's page as a reader meets it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from analysis.bundle.reader import read
from analysis.report.writing import Settings, write_report
from tests.browser.conftest import AxeViolations

MSCOS = Path(__file__).parents[2] / "studies" / "mscos_2022"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page of the MSCOS study's report."""
    out = tmp_path_factory.mktemp("report")
    write_report(read(MSCOS), out, inputs=[], settings=Settings(replicates=100, formats=("svg",)))
    return (out / "report.html").as_uri()


@pytest.fixture(params=[320, 1280])
def page(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": request.param, "height": 900})
    opened = context.new_page()
    opened.goto(address)
    yield opened
    context.close()


def test_the_report_passes_axe_and_fits_its_width(page: Page, axe_violations: AxeViolations) -> None:
    assert axe_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_on_paper_every_table_and_picture_fits_the_sheet(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 680, "height": 900})  # what an A4 sheet holds at 96 dpi
    sheet = context.new_page()
    sheet.goto(address)
    sheet.emulate_media(media="print")
    too_wide = sheet.evaluate(
        "[...document.querySelectorAll('table, svg')].filter(e => e.getBoundingClientRect().right > 680)"
        ".map(e => e.closest('section').id + ' ' + (e.querySelector('th')?.textContent ?? ''))"
    )
    context.close()
    assert too_wide == []
