"""An outcome is dragged to its place: by mouse and by finger."""

from flask import Flask

from tests.browser.ranking.order_page import (
    NARROW,
    PHONE,
    WIDE,
    OpenOrder,
    button,
    handle,
    labels,
    top_of,
    wait_for_orders,
)
from tests.browser.test_panellist import wait_until
from tests.ranking.rankers import PUT, orders_of
from tests.studies_on_app import StudyOnApp


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
