"""A panellist in a real browser on a narrow screen, from the link of a mail to the end of a round."""

import re

from playwright.sync_api import Browser, Page, expect

from tests.browser.story.synthetic import Person

NARROW = {"width": 320, "height": 640}


class Panellist:
    """Somebody on the panel with a telephone."""

    def __init__(self, person: Person, browser: Browser) -> None:
        self._person = person
        context = browser.new_context(viewport=NARROW)  # type: ignore[arg-type]  # Playwright's ViewportSize
        self.page: Page = context.new_page()

    def take_part(self, link: str, *, round_code: str, reads: str = "") -> None:
        """Come in by the link, agree, answer each section, say that all is done.

        `reads`: what stands beside the first outcomes.
        """
        self._come_in(link)
        expect(self.page.get_by_role("main")).to_contain_text(reads)
        while "/rate/section/" in self.page.url:
            self._answer_section(round_code)
        self._press("I have finished")
        expect(self.page).to_have_url(re.compile("/rate/done$"))
        self.page.context.close()

    def _come_in(self, link: str) -> None:
        self.page.goto(link)
        self._press("Continue")
        if self.page.url.endswith("/rate/exit-help"):
            self._press("Continue")
        if self.page.url.endswith("/rate/welcome"):
            self._press("Continue")
        self.page.get_by_label("Yes, I want to take part").check()
        self._press("Continue")
        if self.page.url.endswith("/rate/reach"):
            self._press("Save and continue")
        if self.page.url.endswith("/rate/changes"):
            self._press("Go to the questions")

    def _answer_section(self, round_code: str) -> None:
        self._stays_narrow()
        for title in self.page.get_by_role("main").locator("[data-outcome]").all():
            label = title.get_by_role("heading").first.inner_text()
            score = self._person.score(label, round_code=round_code)
            title.get_by_role("radio", name=score).first.check()
        self._press("Save and continue")

    def _stays_narrow(self) -> None:
        wide: int = self.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= NARROW["width"], f"{self.page.url} is {wide} px wide"

    def _press(self, words: str) -> None:
        """Press a button and wait for the page that it leads to."""
        with self.page.expect_navigation():
            self.page.get_by_role("main").get_by_role("button", name=words, exact=True).click()
