"""A study from a spreadsheet of outcomes to a bundle that gives the same numbers, as one journey.

It begins as a new user does: an empty folder, `delphi init`, `delphi user add`, `delphi serve`. The owner
does everything in a real browser and goes by the words of links, buttons and fields. Mail goes through
`delphi worker` to a real mail server, and everybody comes in by the link in their mail: two people in a
browser at 320 px, the others over HTTP. The people and what they answer are made up.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.browser.story.deciding import ADVISER, Decisions, adviser_signs
from tests.browser.story.installation import Installation, installed, personal_link
from tests.browser.story.panellist import Panellist
from tests.browser.story.results import (
    download_bundle,
    figures_in,
    path_of_bundle,
    path_on_page,
    results_of_bundle,
    results_on_page,
)
from tests.browser.story.synthetic import PEOPLE
from tests.browser.story.team import Team
from tests.browser.story.visitor import Visitor

IN_BROWSER = (1, 13)
EVERYONE = len(PEOPLE)


class Story:
    """The steps of the journey. Each of them leaves its team wherever it ends."""

    def __init__(self, there: Installation, browser: Browser) -> None:
        self._there, self._browser = there, browser
        self.contexts: list[BrowserContext] = []
        self.team = Team(self._device().new_page())

    def _device(self) -> BrowserContext:
        self.contexts.append(self._browser.new_context(base_url=self._there.address))
        return self.contexts[-1]

    def the_owner_sets_a_study_up_from_two_spreadsheets(self) -> None:
        """Twenty outcomes, three groups with weights, a rule; then thirty people."""
        self.team.sign_in()
        self.team.draft_the_study()
        self.team.fill_the_panel()

    def everybody_is_invited_and_answers(self, code: str, *, first_reads: str = "") -> None:
        """Open the round, mail the links, answer by them, watch, close."""
        label = f"Round {code}"
        self.team.open_round(label)
        self.team.invite(label, number=EVERYONE)
        mail = self._there.send_mail()
        assert sorted(mail) == sorted(person.email for person in PEOPLE)
        for person in PEOPLE:
            link = personal_link(mail[person.email])
            if person.number in IN_BROWSER:
                reads = first_reads if person.number == 1 else ""
                Panellist(person, self._browser).take_part(link, round_code=code, reads=reads)
            else:
                Visitor(person).take_part(link, round_code=code)
        self.team.sees_all_finished(label)
        self.team.close_round(label)

    def the_owner_decides_on_each_outcome(self) -> None:
        """One decision of each kind, one of them against the rule; the rule decides the rest."""
        self._decisions = Decisions(self.team, "Round 1")
        self._decisions.begin()
        self._decisions.keep("A safe place to live")
        self._decisions.drop("I walk alone at night")
        self._decisions.reword("I can see a doctor", to="I can see a doctor in time")
        self._decisions.merge(
            "I sleep through the night", other="Sleep without bad dreams", into="I sleep well"
        )
        self._decisions.split("Housing and schooling", into=("Housing", "Schooling"))
        self._decisions.keep_against_the_rule("I own a car")
        self._decisions.accept_the_rule_for_the_others()

    def an_adviser_signs_and_the_next_list_is_made(self) -> None:
        """A colleague joins by a link and signs; then the owner makes the next list."""
        link = self.team.invite_adviser(ADVISER)
        adviser_signs(self._device().new_page(), link, label="Round 1")
        self._decisions.make_the_next_list(signed_by="Ada Adviser")

    def the_bundle_gives_the_figures_of_the_results_page(self, folder: Path) -> None:
        """Every share, by group and together, weighted and not, to the last digit; every verdict."""
        shown = results_on_page(self.team, "Round 2")
        self._bundle = download_bundle(self.team, folder)
        counted = results_of_bundle(self._there, self._bundle, round_code="2")
        assert len(shown) == len(counted) == 17
        assert sorted(shown.values()) == sorted(figures_in(row) for row in counted)

    def the_bundle_gives_the_path_of_the_lineage_page(self) -> None:
        """From the first list to the last."""
        shown = path_on_page(self.team)
        assert shown.startswith("20 → 17 → ")
        assert shown == path_of_bundle(self._there, self._bundle)


@pytest.fixture
def story(browser: Browser, tmp_path: Path) -> Iterator[Story]:
    """A fresh installation with an owner who is not signed in yet."""
    with installed(tmp_path / "data") as there:
        story = Story(there, browser)
        yield story
        for context in story.contexts:
            context.close()


@pytest.mark.timeout(600)  # it is long: a whole study, on a machine that may have much else to do
def test_a_study_runs_from_a_spreadsheet_to_a_bundle_that_gives_the_same_numbers(
    story: Story, tmp_path: Path
) -> None:
    story.the_owner_sets_a_study_up_from_two_spreadsheets()
    story.everybody_is_invited_and_answers("1")
    story.the_owner_decides_on_each_outcome()
    story.an_adviser_signs_and_the_next_list_is_made()
    story.everybody_is_invited_and_answers("2", first_reads="You chose 7. Most survivors")
    story.the_bundle_gives_the_figures_of_the_results_page(tmp_path)
    story.the_bundle_gives_the_path_of_the_lineage_page()
