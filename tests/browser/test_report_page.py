"""The report's page as a reader meets it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from analysis.bundle.reader import read
from analysis.report.writing import Settings, write_report
from tests.browser.axe import Look, faults_of

# The page is long, and contrasts take ten seconds: once is enough, since it has one set of colours.
LOOKS = (
    Look(width=1280, scheme="light"),
    Look(width=320, scheme="light", rules=("scrollable-region-focusable", "meta-viewport")),
)
# Of thousands of marks in pictures, none of which is a link or a button.
TAKES_TOO_LONG = ("target-size",)
# Row by row the tables repeat themselves; axe would look at the contrast of each of thousands of cells.
SHORTEN = "document.querySelectorAll('tbody tr:nth-child(n+4)').forEach((row) => row.remove())"
MSCOS = Path(__file__).parents[2] / "studies" / "mscos_2022"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page of the MSCOS study's report."""
    out = tmp_path_factory.mktemp("report")
    write_report(read(MSCOS), out, inputs=[], settings=Settings(replicates=100, formats=("svg",)))
    return (out / "report.html").as_uri()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context()
    opened = context.new_page()
    opened.goto(address)
    yield opened
    context.close()


def test_the_report_passes_axe_and_fits_its_width(page: Page) -> None:
    fits = [Look(width=width, scheme="light", rules=None) for width in (320, 1280)]
    assert faults_of(page, looks=fits) == []
    page.evaluate(SHORTEN)
    assert faults_of(page, looks=LOOKS, without=TAKES_TOO_LONG) == []


def test_on_paper_every_table_and_picture_fits_the_sheet(page: Page) -> None:
    page.set_viewport_size({"width": 680, "height": 900})  # what an A4 sheet holds at 96 dpi
    page.emulate_media(media="print")
    too_wide = page.evaluate(
        "[...document.querySelectorAll('table, svg')].filter(e => e.getBoundingClientRect().right > 680)"
        ".map(e => e.closest('section').id + ' ' + (e.querySelector('th')?.textContent ?? ''))"
    )
    assert too_wide == []
