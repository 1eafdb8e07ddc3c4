"""Every page that a panellist can meet, in each state that matters, and how to come to it in a browser."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
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
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")


def answer_all_differently(page: Page) -> None:
    """Choose the lowest answer for the first text, tick what can be ticked, open all that is folded."""
    page.locator("#main-form input[type=radio][value='1']").first.check()
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


def answer_first(page: Page) -> None:
    """Choose an answer for the first text, and wait until those of others are shown."""
    page.locator("#main-form input[type=radio][value='3']").first.check()
    page.locator("[data-live] svg").first.wait_for()


def write_too_much(page: Page) -> None:
    """Send a comment that is too long."""
    page.locator("#main-form textarea").first.evaluate("box => { box.value = 'a'.repeat(20000); }")
    page.locator("#main-form button[type=submit]:not([name=move])").first.click()
    page.locator(".govuk-error-summary").wait_for()


def choose_without_connection(page: Page) -> None:
    """Choose an answer that cannot be sent yet."""
    page.context.set_offline(True)
    page.locator("#main-form input[type=radio][value='2']").first.check()
    page.locator(".app-saved__state--failed").first.wait_for()
    page.context.set_offline(False)


def ask_to_stay(page: Page) -> None:
    """Show the question that comes before the time-out."""
    page.evaluate("document.getElementById('stay').showModal()")


def _page(name: str, url: str, then: Step | None = None, *, ends_at: str = "") -> PanellistPage:
    return PanellistPage(name=name, url=url, then=then, ends_at=ends_at)


def _by(who: str, *pages: PanellistPage) -> tuple[PanellistPage, ...]:
    return tuple(replace(page, who=who) for page in pages)


SECTION, FINISH, ORDER = "/rate/section/1", "/rate/finish", "/rate/order"
COMING_IN = (
    _page("front page", "/"),
    _page("about", "/about"),
    _page("personal link", "{enter}"),
    _page("link that is not good", "/enter/unknown"),
    _page("code", "/enter"),
    _page("code that does not work", "/enter", fill_and_press("#code", "AAAA-BBBB-CCCC")),
    _page("open link", "{join}"),
    _page("open link, nothing chosen", "{join}", press()),
    _page("open link that is not known", "/join/unknown"),
    _page("no thank you", "{no}"),
    _page("no thank you, said", "/no-thank-you"),
    _page("no thank you, link not known", "/no-thank-you/unknown"),
    _page("joined", "{join}", tick_and_press("#group"), ends_at="/rate/joined"),
)
SIGNED_OUT = (
    _page("signed out", "/signed-out"),
    _page("signed out, answers kept", "/signed-out?kept=yes"),
    _page("help", "/help"),
    _page("not signed in", "/rate"),
    _page("not found", "/nowhere"),
)
BEFORE_ANSWERING = (
    *_by(
        "new",
        _page("how to leave fast", "/rate/exit-help"),
        _page("welcome", "/rate/welcome"),
        _page("consent", "/rate/consent"),
        _page("consent, nothing chosen", "/rate/consent", press()),
        _page("help of the study", "/help"),
    ),
    *_by("declined", _page("declined", "/rate/declined"), _page("consent again", "/rate/consent")),
    *_by(
        "rater",
        _page("about you", "/rate/about-you"),
        _page("about you, too much", "/rate/about-you", fill_and_press("input[type=text]", "a" * 5000)),
        _page("how to reach you", "/rate/reach"),
        _page("how to reach you, no day", "/rate/reach", tick_and_press("[value=paused]")),
        _page("since last time", "/rate/since", ends_at="/rate/changes"),
        _page("your words", "/rate/your-words"),
    ),
)
ANSWERING = (
    *_by(
        "rater",
        _page("section", SECTION),
        _page("section, all open", SECTION, answer_all_differently),
        _page("section with faults", SECTION, send_what_is_not_in_the_list),
        _page("section, not saved yet", SECTION, choose_without_connection),
        _page("question before the time-out", SECTION, ask_to_stay),
        _page("last page", FINISH, open_all),
        _page("last page with a fault", FINISH, write_too_much),
        _page("come back", "/rate/come-back"),
        _page("code to come back", "/rate/come-back", press()),
    ),
    *_by("finished", _page("thank you", "/rate/done"), _page("finished", FINISH)),
    *_by("rater of two criteria", _page("section with two questions", SECTION)),
    *_by("rater in real time", _page("section in real time", SECTION, answer_first)),
    *_by("commenter", _page("section for comments", SECTION), _page("last page for comments", FINISH)),
    *_by("commenter who finished", _page("comments finished", FINISH)),
    *_by("ranker", _page("order", ORDER, open_all), _page("order with a fault", ORDER, write_too_much)),
    *_by("ranker of two", _page("order, all places used", ORDER)),
    *_by("waiting", _page("nothing to do", "/rate")),
    *_by("before a workshop", _page("not online", "/rate")),
)
LEAVING = (
    *_by(
        "rater",
        _page("settings", "/rate/settings", open_all),
        _page("settings, no day", "/rate/settings", tick_and_press("[value=paused]")),
        _page("settings saved", "/rate/settings", tick_and_press("[value=morning]")),
        _page("leave", "/rate/leave"),
        _page("leave, nothing chosen", "/rate/leave", press()),
        _page("leave, answers kept", "/rate/leave/kept"),
        _page("leave, answers taken out", "/rate/leave/removed"),
    ),
    *_by("left", _page("receipt", "/rate/receipt"), _page("after leaving", "/rate")),
)
PAGES = (*COMING_IN, *SIGNED_OUT, *BEFORE_ANSWERING, *ANSWERING, *LEAVING)


def walk(
    ground: Ground, page: Page, *, address: str, pages: tuple[PanellistPage, ...] = PAGES
) -> Iterator[PanellistPage]:
    """Come to one page after another; fails if another page is there than the list says."""
    for each in pages:
        page.context.clear_cookies()
        if each.who:
            page.context.add_cookies([{"name": "chorus", "value": ground.cookies[each.who], "url": address}])
        path = each.url.format(**ground.addresses)
        page.goto(address + path)
        if each.then:
            each.then(page)
        wanted = f"{address}{each.ends_at or path}"
        expect(page, f"{each.name} is not at its address").to_have_url(wanted)
        yield each
