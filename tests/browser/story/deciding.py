"""What becomes of the outcomes after a round: the owner decides, an adviser signs, the next list is made."""

import re

from playwright.sync_api import Page, expect

from tests.browser.story.team import STUDY, Team

ADVISER, ADVISERS_PASSWORD = "adviser@team.example", "a long password of the adviser"
WHY = "People say so, and we agree."


class Decisions:
    """The pages of decisions after a round, as the owner uses them."""

    def __init__(self, team: Team, label: str) -> None:
        self._team, self._label = team, label
        self.page = team.page

    def begin(self) -> None:
        """Go to the list."""
        self._team.at_study()
        self._team.follow(re.compile(rf"^Decisions\s*after {self._label}$"))
        self._list = self.page.url

    def keep(self, outcome: str) -> None:
        """Keep it, and cite the first comment on it."""
        self._decide(outcome, "Keep it")
        self._because(cites=True)

    def drop(self, outcome: str) -> None:
        """Drop it."""
        self._decide(outcome, "Drop it")
        self._because(cites=True)

    def reword(self, outcome: str, *, to: str) -> None:
        """Give it another name; both stand side by side."""
        self._decide(outcome, "Reword it")
        self.page.get_by_label("Name", exact=True).fill(to)
        self._because(cites=True)
        expect(self.page.get_by_role("main")).to_contain_text("side by side")

    def merge(self, outcome: str, *, other: str, into: str) -> None:
        """Make one outcome of two."""
        self._decide(outcome, "Merge it with others")
        self.page.get_by_label(other).check()
        self.page.get_by_label("Name", exact=True).fill(into)
        self._because(cites=True)

    def split(self, outcome: str, *, into: tuple[str, str]) -> None:
        """Make two outcomes of one."""
        self._decide(outcome, "Split it")
        for part, name in enumerate(into, start=1):
            self.page.get_by_label(f"Name of part {part}", exact=True).fill(name)
        self._because(cites=True)

    def keep_against_the_rule(self, outcome: str) -> None:
        """Keep what the rule puts out; it is shown as overriding the rule."""
        self._decide(outcome, "Keep it")
        expect(self.page.get_by_role("main")).to_contain_text("It is shown as overriding the rule.")
        self._because(cites=False)
        expect(self.page.get_by_role("main")).to_contain_text("Overrides the rule")

    def accept_the_rule_for_the_others(self) -> None:
        """One reason for all that are left."""
        self.page.goto(self._list)
        self._team.follow(re.compile("^Accept the rule for the undecided"))
        self.page.get_by_label("Reason").fill("As the rule says.")
        self._team.press("Accept the rule for these outcomes")

    def make_the_next_list(self, *, signed_by: str) -> None:
        """Fix the decisions."""
        self.page.goto(self._list)
        self._team.follow("Make the next list")
        expect(self.page.get_by_role("main")).to_contain_text(f"Advisers who signed this list: {signed_by}.")
        self._team.press("Make the next list")

    def _decide(self, outcome: str, how: str) -> None:
        self.page.goto(self._list)
        self._team.follow(outcome)
        self._team.follow(re.compile(rf"^{how}"))

    def _because(self, *, cites: bool) -> None:
        self.page.get_by_label("Reason").fill(WHY)
        if cites:
            comments = self.page.get_by_role("group", name="Comments that this rests on")
            comments.get_by_role("checkbox").first.check()
        self._team.press("Save this decision")
        if cites:
            expect(self.page.get_by_role("main")).to_contain_text("It rests on this comment:")


def adviser_signs(page: Page, link: str, *, label: str) -> None:
    """Join by the link of an invitation, read the list, sign it."""
    adviser = Team(page)
    page.goto(link)
    page.get_by_label("Your name").fill("Ada Adviser")
    page.get_by_label("Choose a password", exact=True).fill(ADVISERS_PASSWORD)
    adviser.press("Join the team")
    adviser.at_study()
    adviser.sees(STUDY)
    adviser.follow(re.compile(rf"^Decisions\s*after {label}$"))
    adviser.follow("Read and sign this list", role="button")
    adviser.press("Sign this list")
    expect(page.get_by_role("main")).to_contain_text("Ada Adviser")
