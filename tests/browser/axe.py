"""axe-core on every panellist page, with the rules of WCAG 2.2 level A and AA and its best practices.

A run of the tests looks at every page in every language: with all rules on a narrow screen; on a wide one
with those that depend on layout and colour; and, in `DARK_TOO`, at the colours of a dark screen.
`make accessibility` applies all rules to every page x 2 widths x 4 languages x light and dark.
"""

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import axe_playwright_python
from flask import Flask
from playwright.sync_api import Browser, Page

from tests.browser.panellist_ground import ground_on
from tests.browser.panellist_pages import NARROW, WIDE, walk

SOURCE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
# Named, so that target-size (2.5.8) runs too: without tags axe leaves it out.
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
COLOURS = ("color-contrast", "link-in-text-block")
LAYOUT = (*COLOURS, "target-size", "scrollable-region-focusable", "meta-viewport", "css-orientation-lock")
ALL_RULES: tuple[str, ...] = ()
RUN = """([tags, rules]) => axe.run(document, {
  runOnly: rules.length ? {type: 'rule', values: rules} : {type: 'tag', values: tags},
  resultTypes: ['violations'],
})"""
DARK_TOO = frozenset({"en", "ar"})
Scheme = Literal["light", "dark"]


@dataclass(frozen=True, kw_only=True)
class Look:
    """One way to look at a page. `rules`: only these; empty: all."""

    width: int
    scheme: Scheme
    rules: tuple[str, ...] = ALL_RULES


WHOLE_MATRIX = tuple(
    Look(width=width, scheme=scheme) for scheme in ("light", "dark") for width in (NARROW, WIDE)
)


def looks_at(language: str) -> tuple[Look, ...]:
    """How the pages of a language are looked at."""
    if os.environ.get("WHOLE_AXE_MATRIX"):
        return WHOLE_MATRIX
    light = (Look(width=NARROW, scheme="light"), Look(width=WIDE, scheme="light", rules=LAYOUT))
    return (*light, Look(width=WIDE, scheme="dark", rules=COLOURS)) if language in DARK_TOO else light


def violations_on(page: Page, *, rules: tuple[str, ...] = ALL_RULES) -> list[str]:
    """What axe finds wrong: one line a rule, with the elements that break it."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(SOURCE)
    found: dict[str, Any] = page.evaluate(RUN, [TAGS, rules])
    return [f"{rule['id']}: {[node['target'] for node in rule['nodes']]}" for rule in found["violations"]]


def faults_of_pages(app: Flask, browser: Browser, *, address: str, language: str) -> dict[str, list[str]]:
    """Walk over all pages in a language; what is wrong, by page and look."""
    ground, looks = ground_on(app), looks_at(language)
    faults: dict[str, list[str]] = defaultdict(list)
    context = browser.new_context(locale=language, viewport={"width": NARROW, "height": 640})
    page = context.new_page()
    page.set_default_timeout(10_000)
    for each in walk(ground, page, address=address):
        for seen, fault in _faults_of(page, language=language, looks=looks):
            faults[f"{each.name}, {seen}"].append(fault)
    context.close()
    return dict(faults)


def _faults_of(page: Page, *, language: str, looks: Iterable[Look]) -> Iterator[tuple[str, str]]:
    if page.locator("html").get_attribute("lang") != language:
        yield "language", f"the page is not in {language}"
    for look in looks:
        page.set_viewport_size({"width": look.width, "height": 640})
        page.emulate_media(color_scheme=look.scheme)
        seen = f"{look.width} {look.scheme}"
        yield from ((seen, fault) for fault in violations_on(page, rules=look.rules))
        if page.evaluate("document.documentElement.scrollWidth") > look.width:
            yield seen, "it scrolls sideways"
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": NARROW, "height": 640})
