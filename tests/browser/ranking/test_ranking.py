"""A ranking round in a real browser: keyboard, without scripts, without a connection."""

import re
from typing import Any
from urllib.parse import parse_qs

from flask import Flask
from playwright.sync_api import Route, expect

from tests.browser.axe import faults_of
from tests.browser.ranking.order_page import (
    NARROW,
    PHONE,
    OpenOrder,
    button,
    labels,
    wait_for_orders,
)
from tests.browser.test_panellist import SAVED, tab_to, wait_until
from tests.ranking.rankers import (
    DOWN,
    OUT,
    PUT,
    UP,
    has_finished,
    orders_of,
    press,
    who_ranks,
)
from tests.rating.panellists import comments_of
from tests.studies_on_app import StudyOnApp


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


def test_exit_is_not_held_up_where_its_own_script_did_not_come(open_order: OpenOrder) -> None:
    page = open_order()
    page.context.route("**/chorus.*.js", lambda route: route.abort())
    page.reload()
    page.route("**/rate/order/answer", lambda route: route.abort())
    asked: list[str] = []
    page.on("dialog", lambda dialog: [asked.append(dialog.type), dialog.accept()])
    button(page, PUT, "home").click()
    expect(page.locator("[data-saved]")).to_have_text("Not saved yet – trying again")
    page.get_by_role("button", name="Exit this page").dispatch_event("click")
    page.wait_for_url(lambda url: "/rate/order" not in url, wait_until="commit")
    assert asked == []


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
