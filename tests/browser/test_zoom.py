"""Larger text, more room between letters, a low window, less motion, other colours: nothing is lost."""

import re
from collections.abc import Iterator
from typing import Literal

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from tests.access.url_table import FRONT, JOINING, LEAVING, RANKING, RATING
from tests.browser.conftest import ServeApp
from tests.browser.panellist_ground import Ground, ground_on
from tests.browser.panellist_pages import ANSWERING, PAGES, SECTION, PanellistPage, walk

# WCAG 2.2, 1.4.12: whatever somebody sets these to, up to here, nothing is lost.
SPACING = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-bottom: 2em !important; }
"""
# Text alone at 200 %: govuk-frontend gives sizes in rem where a browser lets people choose their own.
LARGE = "html { font-size: 200% !important; }"
WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
# Left out is what is meant to be clipped or to scroll: words for screen readers alone, pictures, wide tables.
CLIPPED = """() => [...document.querySelectorAll('main *, header *, footer *, .app-exit *')]
  .filter((each) => !each.closest('.govuk-visually-hidden, svg, .app-scroll, textarea, input, progress'))
  .filter((each) => each.checkVisibility() && ['hidden', 'clip'].includes(getComputedStyle(each).overflowX))
  .filter((each) => each.scrollWidth > each.clientWidth + 4 || each.scrollHeight > each.clientHeight + 4)
  .map((each) => each.outerHTML.slice(0, 90))"""
# A line of text that reaches beyond what holds it, or beyond the window.
OUTSIDE = """() => [...document.querySelectorAll('.govuk-button, .app-scale__label, .app-saved > *, h1, h2')]
  .filter((each) => each.checkVisibility())
  .filter((each) => each.scrollWidth > each.clientWidth + 4 && getComputedStyle(each).display !== 'inline')
  .map((each) => each.outerHTML.slice(0, 90))"""
MOVING = """() => [...document.querySelectorAll('*')].filter((each) => {
  const style = getComputedStyle(each);
  return style.animationName !== 'none' || style.transitionDuration.split(', ').some((each) => each !== '0s')
    || style.scrollBehavior !== 'auto';
}).map((each) => each.outerHTML.slice(0, 90))"""
CHOICES = (
    ".app-scale__point, .govuk-radios__input, .govuk-checkboxes__input, .app-rank__button, .app-exit__button"
)
SMALL = """choices => [...document.querySelectorAll(choices)].filter((each) => each.checkVisibility())
  .filter((each) => Math.round(each.getBoundingClientRect().height) < 44
    || Math.round(each.getBoundingClientRect().width) < 44)
  .map((each) => each.outerHTML.slice(0, 90))"""
# What has to be seen to find a choice or to read a picture, and what it lies on (WCAG 2.2, 1.4.11).
LINES = """() => [['.app-scale__label', 'borderTopColor', 'body'],
               ['.app-distribution__bar', 'fill', '.app-answers']].map(([selector, what, under]) => [
  selector, getComputedStyle(document.querySelector(selector))[what],
  getComputedStyle(document.querySelector(under)).backgroundColor,
])"""
ENOUGH = 3
NO_PAGES = frozenset(
    {
        *("/healthz", "/rate/consent/copy", "/rate/receipt.txt", "/rate/live/<int:outcome_id>"),
        *("/sign-in", "/signed-out-elsewhere"),  # for teams
        "/rate/signed-out-elsewhere",  # it ends the sessions that other pages are seen in: test_endings.py
    }
)


@pytest.fixture
def ground(app: Flask) -> Ground:
    """Somebody who rates."""
    return ground_on(app, people=("rater",))


@pytest.fixture
def address(app: Flask, live_server: ServeApp) -> str:
    """Where the app is served."""
    return live_server(app)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of a fresh browser that somebody may give styles of their own."""
    context = browser.new_context(locale="en", viewport={"width": 320, "height": 640}, bypass_csp=True)
    page = context.new_page()
    yield page
    context.close()


def test_every_page_for_panellists_is_in_the_list(app: Flask, ground: Ground) -> None:
    asked = {each.url.format(**ground.addresses).partition("?")[0] for each in PAGES}
    ends = {each.ends_at for each in PAGES if each.ends_at}
    rules = app.url_map.bind("localhost")
    met = {str(rules.match(path, return_rule=True)[0]) for path in (asked | ends) - {"/nowhere"}}
    tables = FRONT | JOINING | RATING | LEAVING | RANKING
    pages = {url for url, rows in tables.items() if any("GET" in row.methods for row in rows)}
    assert pages - met == NO_PAGES


def faults_with(page: Page, style: str, *, width: int) -> Iterator[str]:
    """What is cut off, or does not fit, where somebody has set a style of their own."""
    page.set_viewport_size({"width": width, "height": 720})
    added = page.add_style_tag(content=style)
    yield from (*page.evaluate(CLIPPED), *page.evaluate(OUTSIDE))
    if page.evaluate(WIDER):
        yield f"it scrolls sideways at {width}"
    added.evaluate("style => style.remove()")
    page.set_viewport_size({"width": 320, "height": 720})


def test_nothing_is_cut_off_with_more_room_or_larger_text_and_choices_are_large(
    app: Flask, address: str, page: Page
) -> None:
    faults = [
        (each.name, fault)
        for each in walk(ground_on(app), page, address=address)
        for fault in (
            *page.evaluate(SMALL, CHOICES),
            *faults_with(page, SPACING, width=320),
            *faults_with(page, LARGE, width=1280),
        )
    ]
    assert faults == []


def test_nothing_moves_for_those_who_ask_for_less_motion(ground: Ground, address: str, page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    pages = tuple(each for each in ANSWERING if each.who == "rater")
    faults = [
        (each.name, fault)
        for each in walk(ground, page, address=address, pages=pages)
        for fault in page.evaluate(MOVING)
    ]
    assert faults == []


def test_what_is_chosen_is_seen_in_colours_of_one_s_own(ground: Ground, address: str, page: Page) -> None:
    page.emulate_media(forced_colors="active")
    section = PanellistPage(name="section", url=SECTION, who="rater")
    next(walk(ground, page, address=address, pages=(section,)))
    label = page.locator("#main-form .app-scale__label").nth(1)
    border = "label => getComputedStyle(label).borderTopStyle + getComputedStyle(label).borderTopWidth"
    before = label.evaluate(border)
    page.locator("#main-form input[type=radio][value='2']").first.check()
    assert (before, label.evaluate(border)) == ("solid2px", "double6px")


def test_lines_are_stronger_for_those_who_ask_for_more_contrast(
    ground: Ground, address: str, page: Page
) -> None:
    section = PanellistPage(name="section", url=SECTION, who="rater")
    next(walk(ground, page, address=address, pages=(section,)))
    label = page.locator("#main-form .app-scale__label").first
    line = "label => [getComputedStyle(label).borderTopColor, getComputedStyle(label).color]"
    assert len(set(label.evaluate(line))) == 2
    page.emulate_media(contrast="more")
    assert len(set(label.evaluate(line))) == 1


def luminance(colour: str) -> float:
    """WCAG 2.2's relative luminance of a colour such as rgb(11, 90, 96)."""
    channels = [int(number) / 255 for number in re.findall(r"\d+", colour)[:3]]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG 2.2's contrast ratio of two colours."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_a_contrast_is_as_in_the_recommendation() -> None:
    # Black on white is 21 : 1, by the definition of "contrast ratio" in WCAG 2.2.
    assert contrast("rgb(0, 0, 0)", "rgb(255, 255, 255)") == pytest.approx(21)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_choices_and_pictures_stand_out_from_what_they_lie_on(
    ground: Ground, address: str, page: Page, scheme: Literal["light", "dark"]
) -> None:
    page.emulate_media(color_scheme=scheme)
    section = PanellistPage(name="section", url=SECTION, who="rater")
    next(walk(ground, page, address=address, pages=(section,)))
    faint = [(of, what, on) for of, what, on in page.evaluate(LINES) if contrast(what, on) < ENOUGH]
    assert faint == []
