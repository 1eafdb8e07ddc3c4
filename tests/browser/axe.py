"""axe-core on every panellist page, with the rules of WCAG 2.2 level A and AA and its best practices.

A run of the tests looks at every page in English with all rules on a narrow, light screen, and with those
on layout and colour on a wide, dark one. Width and scheme have to do with different rules and no rule with
both, so these two looks meet each of them. Arabic is laid out from right to left, in the same colours: so
without the rules on colour. In the other languages the markup is that of English, and only the texts are
looked at: whether they fit a narrow screen, and are in the language.
`make accessibility` applies all rules to every page x 2 widths x 4 languages x light and dark.
"""

import os
from collections.abc import Iterable
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
RUN = """([tags, rules, without]) => axe.run(document, {
  runOnly: rules.length ? {type: 'rule', values: rules} : {type: 'tag', values: tags},
  rules: Object.fromEntries(without.map((rule) => [rule, {enabled: false}])),
  resultTypes: ['violations'],
})"""
Scheme = Literal["light", "dark"]
HEIGHT = 640


@dataclass(frozen=True, kw_only=True)
class Look:
    """One way to look at a page. `rules`: only these; empty: all; None: only whether it fits."""

    width: int
    scheme: Scheme
    rules: tuple[str, ...] | None = ALL_RULES
    without: tuple[str, ...] = ()


WHOLE_MATRIX = tuple(
    Look(width=width, scheme=scheme) for scheme in ("light", "dark") for width in (NARROW, WIDE)
)
USUAL_LOOK = Look(width=NARROW, scheme="light")
LOOK_AT_TEXTS = Look(width=NARROW, scheme="light", rules=None)
# From right to left pages are laid out anew, in the same colours.
MIRRORED = (
    Look(width=NARROW, scheme="light", without=COLOURS),
    Look(width=WIDE, scheme="dark", rules=LAYOUT, without=COLOURS),
)
BOTH_LOOKS = (USUAL_LOOK, Look(width=WIDE, scheme="dark", rules=LAYOUT))


def looks_at(language: str) -> tuple[Look, ...]:
    """How the pages of a language are looked at."""
    if os.environ.get("WHOLE_AXE_MATRIX"):
        return WHOLE_MATRIX
    return {"en": BOTH_LOOKS, "ar": MIRRORED}.get(language, (LOOK_AT_TEXTS,))


def violations_on(
    page: Page, *, rules: tuple[str, ...] = ALL_RULES, without: tuple[str, ...] = ()
) -> list[str]:
    """What axe finds wrong: one line a rule, with the elements that break it."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(SOURCE)
    found: dict[str, Any] = page.evaluate(
        RUN, [TAGS, [rule for rule in rules if rule not in without], without]
    )
    return [f"{rule['id']}: {[node['target'] for node in rule['nodes']]}" for rule in found["violations"]]


def faults_of(page: Page, *, looks: Iterable[Look] = BOTH_LOOKS, without: tuple[str, ...] = ()) -> list[str]:
    """What is wrong with a page, with the look at which it is; leaves the page in its usual look."""
    found: list[str] = []
    for look in looks:
        show_in(page, look)
        seen = f"{look.width} {look.scheme}"
        if look.rules is not None:
            found += [f"{seen}: {fault}" for fault in _violations(page, look, without=without)]
        if page.evaluate("document.documentElement.scrollWidth") > look.width:
            found.append(f"{seen}: it scrolls sideways")
    show_in(page, USUAL_LOOK)
    return found


def _violations(page: Page, look: Look, *, without: tuple[str, ...]) -> list[str]:
    return violations_on(page, rules=look.rules or ALL_RULES, without=(*without, *look.without))


def show_in(page: Page, look: Look) -> None:
    """Give the window a width, and the page light or dark colours."""
    page.set_viewport_size({"width": look.width, "height": HEIGHT})
    page.emulate_media(color_scheme=look.scheme)


def faults_of_pages(app: Flask, browser: Browser, *, address: str, language: str) -> dict[str, list[str]]:
    """Walk over all pages in a language; what is wrong, by page."""
    faults: dict[str, list[str]] = {}
    context = browser.new_context(locale=language)
    page = context.new_page()
    show_in(page, USUAL_LOOK)
    for each in walk(ground_on(app), page, address=address):
        faults[each.name] = faults_of(page, looks=looks_at(language))
        if page.locator("html").get_attribute("lang") != language:
            faults[each.name].append(f"the page is not in {language}")
    context.close()
    return {name: found for name, found in faults.items() if found}
