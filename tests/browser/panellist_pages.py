"""Every page that a panellist can meet, in each state that matters, and how to come to it in a browser."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.panellist_ground import Ground

NARROW, WIDE = 320, 1280
SAVES = "#main-form button[type=submit]"
Step = Callable[[Page], Any]


@dataclass(frozen=True, kw_only=True)
class PanellistPage:
    """A page in a state. `who`: a person of the ground, None for nobody. `then`: what is done on it.

    `url` may name an address of the ground, such as {join}. `ends_at`: the path of the page that is seen.
    """

    name: str
    url: str
    who: str | None = None
    then: Step | None = None
    ends_at: str = ""


def press(selector: str = SAVES) -> Step:
    """Press the first button that fits."""
    return lambda page: page.locator(selector).first.click()


def fill_and_press(field: str, text: str) -> Step:
    """Write into a field, and press the form's button."""

    def act(page: Page) -> None:
        page.locator(field).fill(text)
        page.locator(SAVES).first.click()

    return act


def tick_and_press(field: str, button: str = SAVES) -> Step:
    """Choose something, and press a button."""

    def act(page: Page) -> None:
        page.locator(field).first.check()
        page.locator(button).first.click()

    return act


def open_all(page: Page) -> None:
    """Open all that is folded."""
    for summary in page.locator("details:not([open]) > summary").all():
        summary.click()


def answer_all_differently(page: Page) -> None:
    """Choose the lowest answer for the first text, tick what can be ticked, open all that is folded."""
    page.locator("#main-form input[value='1']").first.check()
    expect(page.locator("[data-reason]").first).to_be_visible()
    page.locator("#main-form input[type=checkbox]").first.check()
    open_all(page)
    expect(page.locator("[data-saved]")).to_contain_text(":")


def send_what_is_not_in_the_list(page: Page) -> None:
    """Send an answer that the scale does not have, and a comment that is too long."""
    field = page.locator("#main-form input[type=radio]").nth(4)
    field.evaluate("field => { field.value = 'hostile'; field.checked = true; }")
    page.locator("textarea[name^=comment]").first.evaluate("box => { box.value = 'a'.repeat(20000); }")
    page.locator("button[value=continue]").click()
    page.locator(".govuk-error-summary").wait_for()


def write_too_much(page: Page) -> None:
    """Send a comment that is too long."""
    page.locator("#main-form textarea").first.evaluate("box => { box.value = 'a'.repeat(20000); }")
    page.locator("#main-form button[type=submit]:not([name=move])").first.click()
    page.locator(".govuk-error-summary").wait_for()


def choose_without_connection(page: Page) -> None:
    """Choose an answer that cannot be sent yet."""
    page.context.set_offline(True)
    page.locator("#main-form input[value='2']").first.check()
    page.locator(".app-saved__state--failed").wait_for()
    page.context.set_offline(False)


def ask_to_stay(page: Page) -> None:
    """Show the question that comes before the time-out."""
    page.evaluate("document.getElementById('stay').showModal()")


def _of(who: str | None, *pages: tuple[str, str, Step | None, str] | tuple[str, str]) -> list[PanellistPage]:
    return [
        PanellistPage(
            name=page[0],
            url=page[1],
            who=who,
            then=page[2] if len(page) > 2 else None,  # type: ignore[misc]  # longer tuples only
            ends_at=page[3] if len(page) > 3 else "",  # type: ignore[misc]
        )
        for page in pages
    ]
