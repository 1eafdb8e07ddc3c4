"""A ranking round in a real browser: keyboard, touch, mouse; without scripts, without a connection."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

from delphi.access.links import make_link
from delphi.web import clock
from tests.browser.axe import faults_of
from tests.browser.conftest import ServeApp
from tests.browser.test_panellist import SAVED, tab_to, wait_until
from tests.ranking.rankers import (
    DOWN,
    LABELS,
    OUT,
    PUT,
    UP,
    has_finished,
    orders_of,
    press,
    ranking_on,
    who_ranks,
)
from tests.rating.panellists import comments_of
from tests.studies_on_app import StudyOnApp

NARROW, WIDE = 320, 1280
PHONE = {"viewport": {"width": NARROW, "height": 640}, "has_touch": True, "is_mobile": True}
OpenOrder = Callable[..., Page]


@pytest.fixture
def ranking(app: Flask) -> StudyOnApp:
    """The study of every kind; its ranking round, open, asks for an order of all four outcomes."""
    return ranking_on(app)


@pytest.fixture
def open_order(
    app: Flask, ranking: StudyOnApp, browser: Browser, live_server: ServeApp
) -> Iterator[OpenOrder]:
    """Opens the ranking page of panellist s4 in a new browser profile with the given options."""
    address = live_server(app)
    contexts: list[BrowserContext] = []

    def open_(**options: Any) -> Page:  # noqa: ANN401  # Playwright's own options
        with app.app_context():
            token = make_link(
                panellist_id=ranking.panellists["s4"],
                by="command line",
                now=clock.now(),
                valid_for=timedelta(hours=1),
            )
        contexts.append(browser.new_context(base_url=address, **options))
        page = contexts[-1].new_page()
        page.goto(f"/enter/{token}")
        page.locator("main button").first.click()
        page.goto("/rate/order")
        return page

    who_ranks(app, ranking)  # has agreed to take part
    yield open_
    for context in contexts:
        context.close()


def button(page: Page, words: str, outcome: str) -> Locator:
    """A button of an outcome."""
    return page.get_by_role("button", name=f"{words} {LABELS[outcome]}", exact=True)


def labels(page: Page) -> list[str]:
    """The order that the page shows."""
    return page.locator("#main-form ol [data-label]").all_inner_texts()


def wait_for_orders(app: Flask, ranking: StudyOnApp, page: Page, *orders: str) -> None:
    """Wait until these are the orders on disk."""
    wait_until(page, lambda: [order for order, _ in orders_of(app, ranking)] == list(orders))


def handle(page: Page, ranking: StudyOnApp, outcome: str) -> tuple[float, float]:
    """The middle of an outcome's handle, once it is in sight."""
    place = page.locator(f"#outcome-{ranking.outcomes[outcome]} [data-handle]")
    place.scroll_into_view_if_needed()
    box = place.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def top_of(page: Page, ranking: StudyOnApp, outcome: str) -> float:
    """Where an outcome begins."""
    box = page.locator(f"#outcome-{ranking.outcomes[outcome]}").bounding_box()
    assert box is not None
    return box["y"]


def test_a_press_moves_at_once_is_saved_and_said(
    app: Flask, ranking: StudyOnApp, open_order: OpenOrder
) -> None:
    page = open_order()
    button(page, PUT, "work").click()
    button(page, PUT, "home").click()
    button(page, UP, "home").click()
    assert labels(page) == ["A safe home", "Work"]
    expect(page.locator("[data-moved]")).to_contain_text(re.compile("A safe home.? is now number 1 of 4."))
    expect(page.locator("[data-saved]")).to_have_text(SAVED)
    expect(page.locator("[data-used]")).to_have_text("2 of 4 places used")
    wait_until(page, lambda: orders_of(app, ranking)[-1:] == [("home work", False)])
    page.reload()
    assert labels(page) == ["A safe home", "Work"]


def test_a_round_is_finished_by_keyboard_alone(
    app: Flask, ranking: StudyOnApp, open_order: OpenOrder
) -> None:
    page = open_order()
    ids = ranking.outcomes
    for outcome in ("work", "home", "ties"):
        tab_to(page, f"#put-{ids[outcome]}")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.closest('li').id") == f"outcome-{ids[outcome]}"
    assert page.evaluate("document.activeElement.id") == f"up-{ids['ties']}"
    page.keyboard.press("Space")
    assert page.evaluate("document.activeElement.id") == f"up-{ids['ties']}"
    page.keyboard.press("Enter")
    assert labels(page) == ["Friends and family", "Work", "A safe home"]
    assert page.evaluate("document.activeElement.id") == f"down-{ids['ties']}"
    tab_to(page, "button[value='finish']")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    assert has_finished(app, ranking)
    assert orders_of(app, ranking)[-1] == ("ties work home", False)


def test_a_whole_round_is_ranked_without_scripts(
    app: Flask, ranking: StudyOnApp, open_order: OpenOrder
) -> None:
    page = open_order(java_script_enabled=False, viewport={"width": NARROW, "height": 640})
    for outcome in ("work", "home", "doctor"):
        button(page, PUT, outcome).click()
    button(page, UP, "doctor").click()
    assert labels(page) == ["Work", "A doctor", "A safe home"]
    assert "A doctor is now number 2 of 4." in page.locator("[data-moved]").inner_text()
    expect(button(page, UP, "doctor")).to_be_focused()
    expect(button(page, UP, "doctor")).to_be_in_viewport()
    expect(page.locator("[data-handle]").first).to_be_hidden()
    button(page, OUT, "work").click()
    page.get_by_role("button", name="I have finished").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Thank you"
    assert orders_of(app, ranking)[-1] == ("doctor home", False)


def test_an_outcome_is_dragged_by_mouse(app: Flask, ranking: StudyOnApp, open_order: OpenOrder) -> None:
    page = open_order(viewport={"width": WIDE, "height": 1400})
    for outcome in ("home", "doctor", "work"):
        button(page, PUT, outcome).click()
    page.mouse.move(*handle(page, ranking, "work"))
    page.mouse.down()
    x, _ = handle(page, ranking, "work")
    page.mouse.move(x, top_of(page, ranking, "home") + 5, steps=8)
    assert labels(page) == ["Work", "A safe home", "A doctor"]
    page.mouse.up()
    wait_until(page, lambda: orders_of(app, ranking)[-1] == ("work home doctor", False))
    page.mouse.move(*handle(page, ranking, "home"))
    page.mouse.down()
    page.mouse.move(x, top_of(page, ranking, "ties") + 40, steps=8)
    page.mouse.up()
    wait_until(page, lambda: orders_of(app, ranking)[-1] == ("work doctor", False))


def test_escape_takes_a_drag_back(app: Flask, ranking: StudyOnApp, open_order: OpenOrder) -> None:
    page = open_order(viewport={"width": WIDE, "height": 1400})
    for outcome in ("home", "doctor"):
        button(page, PUT, outcome).click()
    x, y = handle(page, ranking, "doctor")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, top_of(page, ranking, "home") + 5, steps=8)
    assert labels(page) == ["A doctor", "A safe home"]
    page.keyboard.press("Escape")
    page.mouse.up()
    assert labels(page) == ["A safe home", "A doctor"]
    wait_for_orders(app, ranking, page, "home", "home doctor")


def test_an_outcome_is_dragged_by_finger(app: Flask, ranking: StudyOnApp, open_order: OpenOrder) -> None:
    page = open_order(**PHONE)
    button(page, PUT, "home").tap()
    button(page, PUT, "ties").tap()
    x, y = handle(page, ranking, "ties")
    touch = page.context.new_cdp_session(page)
    up_to = top_of(page, ranking, "home") + 5

    def send(kind: str, *points: dict[str, float]) -> None:
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": list(points)})

    scrolled = page.evaluate("scrollY")
    send("touchStart", {"x": x, "y": y})
    for step in range(1, 9):
        send("touchMove", {"x": x, "y": y + (up_to - y) * step / 8})
    send("touchEnd")
    wait_until(page, lambda: orders_of(app, ranking)[-1] == ("ties home", False))
    assert labels(page) == ["Friends and family", "A safe home"]
    assert page.evaluate("scrollY") <= scrolled  # the page did not go along with the finger


def test_a_drag_near_the_edge_scrolls(app: Flask, ranking: StudyOnApp, open_order: OpenOrder) -> None:
    page = open_order(viewport={"width": NARROW, "height": 480})
    for outcome in ("home", "doctor", "work", "ties"):
        button(page, PUT, outcome).click()
    x, y = handle(page, ranking, "ties")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, 10, steps=5)
    wait_until(page, lambda: labels(page)[0] == "Friends and family")
    page.mouse.up()
    wait_until(page, lambda: orders_of(app, ranking)[-1] == ("ties home doctor work", False))


def test_touch_targets_are_large_enough(ranking: StudyOnApp, open_order: OpenOrder) -> None:
    page = open_order(**PHONE)
    button(page, PUT, "home").tap()
    button(page, PUT, "ties").tap()
    targets = page.locator("#main-form li button:visible, [data-handle]").all()
    boxes = [target.bounding_box() for target in targets]
    assert len(boxes) > 8
    small = [box for box in boxes if box is None or box["width"] < 44 or box["height"] < 44]
    assert small == []


def test_a_lost_connection_is_told_and_everything_sent_again(
    app: Flask, ranking: StudyOnApp, open_order: OpenOrder
) -> None:
    page = open_order()
    page.context.set_offline(True)
    for outcome in ("home", "ties"):
        button(page, PUT, outcome).click()
    page.get_by_label("Is something missing").fill("Sleep.")
    expect(page.locator("[data-saved]")).to_have_text("Not saved yet – trying again")
    assert orders_of(app, ranking) == []
    page.context.set_offline(False)
    expect(page.locator("[data-saved]")).to_have_text(SAVED)
    wait_for_orders(app, ranking, page, "home", "home ties")
    assert comments_of(app, ranking, "s4", round_code="order") == [("Sleep.", False)]


def test_an_answer_that_got_lost_on_the_way_is_not_taken_for_another_page(
    app: Flask, ranking: StudyOnApp, open_order: OpenOrder
) -> None:
    page = open_order()
    lost: list[int] = []

    def lose_the_first(route: Any) -> None:  # noqa: ANN401  # Playwright's
        answer = route.fetch()
        if not lost:
            lost.append(answer.status)
            return route.abort()
        return route.fulfill(response=answer)

    page.route("**/rate/order/answer", lose_the_first)
    button(page, PUT, "home").click()
    button(page, PUT, "ties").click()
    wait_for_orders(app, ranking, page, "home", "home ties")
    expect(page.locator("[data-saved]")).to_have_text(SAVED)
    assert lost == [200]


def test_finishing_waits_for_the_connection(app: Flask, ranking: StudyOnApp, open_order: OpenOrder) -> None:
    page = open_order()
    page.context.set_offline(True)
    button(page, PUT, "home").click()
    page.get_by_role("button", name="I have finished").click()
    expect(page.locator("[data-saved]")).to_have_text("Not saved yet – trying again")
    page.context.set_offline(False)
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    assert orders_of(app, ranking) == [("home", False)]


def test_another_page_is_told_of_in_this_one(app: Flask, ranking: StudyOnApp, open_order: OpenOrder) -> None:
    page = open_order()
    press(who_ranks(app, ranking), PUT, "doctor")
    button(page, PUT, "home").click()
    expect(page.locator("[data-saved]")).to_contain_text("This newer one counts.")
    wait_for_orders(app, ranking, page, "doctor", "home")
    button(page, DOWN, "home")
    button(page, PUT, "ties").click()
    expect(page.locator("[data-saved]")).to_have_text(SAVED)


def test_exit_this_page_sends_what_is_not_saved_yet(
    app: Flask, ranking: StudyOnApp, open_order: OpenOrder
) -> None:
    page = open_order()
    page.route("**/rate/order/answer", lambda route: route.abort())
    button(page, PUT, "home").click()
    expect(page.locator("[data-saved]")).to_have_text("Not saved yet – trying again")
    button(page, PUT, "ties").click()
    page.unroute("**/rate/order/answer")
    page.get_by_role("button", name="Exit this page").click()
    wait_until(page, lambda: orders_of(app, ranking)[-1:] == [("home ties", False)])


def test_nothing_older_is_sent_after_exit(ranking: StudyOnApp, open_order: OpenOrder) -> None:
    page = open_order()
    sent: list[str] = []

    def lose(route: Route) -> None:
        sent.append(parse_qs(route.request.post_data or "")["order"][0])
        route.abort()

    page.route("**/rate/order/answer", lose)
    page.context.route(re.compile("^https://"), lambda route: route.abort("aborted"))  # the page stays
    for outcome in ("home", "ties"):
        button(page, PUT, outcome).click()
    page.get_by_role("button", name="Exit this page").dispatch_event("click")
    newest = " ".join(str(ranking.outcomes[outcome]) for outcome in ("home", "ties"))
    wait_until(page, lambda: newest in sent)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_timeout(2500)  # an older one would be tried again by now
    assert sent[-1] == newest


def test_who_was_signed_out_meanwhile_is_told(ranking: StudyOnApp, open_order: OpenOrder) -> None:
    page = open_order()
    page.context.clear_cookies()
    button(page, PUT, "home").click()
    expect(page.locator("[data-saved]")).to_contain_text("Not saved: you are signed out.")


def test_nothing_is_kept_on_the_device(ranking: StudyOnApp, open_order: OpenOrder) -> None:
    page = open_order()
    button(page, PUT, "home").click()
    expect(page.locator("[data-saved]")).to_have_text(SAVED)
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


def test_the_page_does_not_scroll_sideways_on_a_narrow_screen(
    ranking: StudyOnApp, open_order: OpenOrder
) -> None:
    page = open_order(**PHONE)
    for outcome in ("home", "ties", "work"):
        button(page, PUT, outcome).tap()
    for summary in page.locator("summary").all():
        summary.tap()
    assert page.evaluate("document.documentElement.scrollWidth") == NARROW


def test_axe_finds_nothing_wrong(ranking: StudyOnApp, open_order: OpenOrder) -> None:
    page = open_order()
    found = [faults_of(page)]
    for outcome in ("home", "ties", "work"):
        button(page, PUT, outcome).click()
    for summary in page.locator("summary").all():
        summary.click()
    found.append(faults_of(page))
    button(page, PUT, "doctor").click()
    found.append(faults_of(page))
    assert found == [[], [], []]


def test_a_screen_reader_is_told_the_list_its_numbers_and_its_buttons(
    ranking: StudyOnApp, open_order: OpenOrder
) -> None:
    page = open_order()
    button(page, PUT, "home").click()
    button(page, PUT, "ties").click()
    expect(page.get_by_role("list", name="Your order", exact=True)).to_match_aria_snapshot(
        """
        - list "Your order":
          - listitem:
            - heading "1 A safe home" [level=3]
            - group: "What this means A safe home"
            - 'button "Move down A safe home"'
            - 'button "Take out A safe home"'
          - listitem:
            - heading "2 Friends and family" [level=3]
            - group: "What this means Friends and family"
            - 'button "Move up Friends and family"'
            - 'button "Take out Friends and family"'
        """
    )


def test_the_page_is_light(ranking: StudyOnApp, open_order: OpenOrder) -> None:
    page = open_order()
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    received: dict[str, float] = {}
    address: dict[str, str] = {}
    session.on(
        "Network.requestWillBeSent", lambda sent: address.update({sent["requestId"]: sent["request"]["url"]})
    )
    session.on(
        "Network.loadingFinished",
        lambda got: received.update({address[got["requestId"]]: got["encodedDataLength"]}),
    )
    page.reload(wait_until="networkidle")
    assert len(received) <= 5, received
    assert sum(received.values()) <= 60 * 1024, received
