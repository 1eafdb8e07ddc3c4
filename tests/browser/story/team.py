"""What a team does in the browser: set a study up, fill the panel, invite, watch, close."""

import re

from playwright.sync_api import Page, expect

from tests.browser.story.installation import OWNER, PASSWORD
from tests.browser.story.synthetic import GROUPS, SCORES, WEIGHTS, table_of_outcomes, table_of_people

STUDY = "A made-up study of what helps"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TEXTS = {
    "Welcome": "Welcome. We ask what helps people. It takes ten minutes.",
    "Consent": "You choose if you take part. You can leave at any time. We keep your answers with a code.",
    "Who reads comments?": "The two people of the team.",
    "How can people reach the team?": "team@team.example",
    "Thanks at the end": "Thank you. We will tell you what came out.",
}


class Team:
    """The owner of a study, signed in. `page`: where they are."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._draft = ""

    def sign_in(self) -> None:
        """Sign in with the password that was chosen on the command line."""
        self.page.goto("/sign-in")
        self.page.get_by_label("E-mail").fill(OWNER)
        self.page.get_by_label("Password", exact=True).fill(PASSWORD)
        self.press("Sign in")
        self.sees("Studies")

    def draft_the_study(self) -> None:
        """Go through the pages of a draft by their names, then make a study of it."""
        self.follow("Begin a new study, or go on with a draft")
        self.press("Start a draft")
        self._draft = self.page.url.rpartition("/")[0]
        self.page.get_by_label("Name of the study").fill(STUDY)
        self.page.get_by_label("Short code").fill("helps")
        self.page.get_by_label("What does the study ask?").fill("What helps people most?")
        self.press("Save and continue")
        self._send(table_of_outcomes(), "Table of outcomes, XLSX or CSV", "Send the table")
        expect(self.page.get_by_role("heading", name=f"{len(SCORES)} in the draft")).to_be_visible()
        for part in ("Scale", "Rounds", "Feedback"):
            self._change(part)
            self.press("Save and continue")
        self._draft_groups()
        self._draft_rule()
        self._draft_texts()
        self.page.goto(self._draft)
        expect(self.page.get_by_text("Nothing is missing.")).to_be_visible()
        self.press("Create the study")
        self.sees(STUDY)

    def _draft_groups(self) -> None:
        self._change("Groups")
        for number, (label, size) in enumerate(GROUPS.items(), start=1):
            row = self.page.get_by_role("group", name=f"Group {number}", exact=True)
            row.get_by_label("Name of the group").fill(label)
            row.get_by_label("One person of it").fill(label.lower().removesuffix("s"))
            row.get_by_label("How many people do you hope for?").fill(str(size))
            row.get_by_label("How often does each person count?").fill(WEIGHTS[label])
        self.press("Save and continue")

    def _draft_rule(self) -> None:
        self._change("Consensus")
        self.page.get_by_label("At least so many per cent rate it high").fill("70")
        self.page.get_by_label("Fewest answers for a verdict").fill("10")
        self.press("Save and show it in words")
        expect(self.page.get_by_role("heading", name="In words")).to_be_visible()
        self.press("Save and continue")

    def _draft_texts(self) -> None:
        self._change("Consent and contact")
        for label, text in TEXTS.items():
            self.page.get_by_label(label, exact=True).fill(text)
        self.press("Save and continue")

    def _change(self, part: str) -> None:
        self.page.goto(self._draft)
        self.follow(re.compile(rf"^Change\s*: {part}$"))

    def fill_the_panel(self) -> None:
        """Take thirty people from a spreadsheet, after a look at what will happen."""
        self.at_study()
        self.follow("Panel: people, links and codes")
        self.follow("Import people from a spreadsheet")
        self._send(table_of_people(), "The file with the people", "Check the file")
        self.sees(f"Add {sum(GROUPS.values())} people?")
        self.press("Add these people")

    def open_round(self, label: str) -> None:
        """Read what opening fixes, and open the round."""
        self.at_study()
        self.follow(re.compile(rf"^Open it\s*: {label}$"))
        expect(self.page.get_by_text("This round has none.")).to_have_count(0)
        self.press("Open this round")

    def invite(self, label: str, *, number: int) -> None:
        """Read who would get an invitation, then let them go out."""
        self.at_round(label)
        self.follow("Invitations and reminders")
        self.follow("Who would be invited")
        expect(self.page.get_by_role("heading", name=f"{number} of {number} would get it")).to_be_visible()
        self.press("Send them")

    def sees_all_finished(self, label: str) -> None:
        """Watch the round: everybody has finished."""
        self.at_round(label)
        self.follow(re.compile("^Progress"))
        expect(self.page.get_by_role("main")).to_contain_text("30")

    def close_round(self, label: str) -> None:
        """Close the round on the page that asks."""
        self.at_round(label)
        self.follow("Close this round", role="button")
        expect(self.page.get_by_text("30 of 30 people have started, 30 have finished.")).to_be_visible()
        self.press("Close this round")

    def invite_adviser(self, email: str) -> str:
        """Invite a colleague as adviser; the link to pass on."""
        self.at_study()
        self.follow("See the team")
        self.follow("Invite a colleague", role="button")
        self.page.get_by_label("E-mail").fill(email)
        self.page.get_by_label("Adviser").check()
        self.press("Make the invitation")
        return self.page.get_by_label("The link").input_value()

    def at_study(self) -> None:
        """Go to the study by way of the list of studies."""
        self.page.goto("/studies")
        self.follow(STUDY)

    def at_round(self, label: str) -> None:
        """Go to a round by way of the study."""
        self.at_study()
        self.follow(label)

    def sees(self, heading: str) -> None:
        """The page has this as its heading."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)

    def follow(self, words: str | re.Pattern[str], *, role: str = "link") -> None:
        """Go where the link with these words leads."""
        exact = isinstance(words, str)
        found = self.page.get_by_role(role, name=words, exact=exact)  # type: ignore[arg-type]  # a Literal
        found.first.click()

    def press(self, words: str | re.Pattern[str]) -> None:
        """Press a button of the page's main part."""
        self.page.get_by_role("main").get_by_role("button", name=words).click()

    def _send(self, table: bytes, label: str, button: str) -> None:
        file = {"name": "table.xlsx", "mimeType": XLSX, "buffer": table}
        self.page.get_by_label(label).set_input_files(file)  # type: ignore[arg-type]  # Playwright's FilePayload
        self.press(button)
