"""What tests do on the ranking page and see there."""

from collections.abc import Callable

from flask import Flask
from playwright.sync_api import Locator, Page

from tests.browser.test_panellist import wait_until
from tests.ranking.rankers import LABELS, orders_of
from tests.studies_on_app import StudyOnApp

NARROW, WIDE = 320, 1280
PHONE = {"viewport": {"width": NARROW, "height": 640}, "has_touch": True, "is_mobile": True}
OpenOrder = Callable[..., Page]


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
