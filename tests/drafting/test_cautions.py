"""What a draft's numbers of people make of its rule and its feedback is told, and stops nothing."""

from tests.drafting.setting_up import PAGES, fill, start
from tests.web_client import Page, PageClient

OPTIONAL = ("criteria", "profile", "joining", "support")
FIVE_EACH = {**PAGES["groups"], "target-0": "5", "target-1": "5"}


def page_with_five_each(client: PageClient, part: str, **answers: str) -> Page:
    draft = start(client)
    client.get(f"{draft}/groups")
    client.submit(FIVE_EACH, button="Save and continue")
    client.get(f"{draft}/{part}")
    client.submit(answers, button="Save and continue")
    return client.get(f"{draft}/{part}")


def test_a_verdict_that_needs_everybody_is_told(researcher: PageClient) -> None:
    page = page_with_five_each(researcher, "consensus", minimum_n="10")
    assert "You hope for 10 people, and a verdict needs 10 answers." in page.text
    assert "There is a problem" not in page.text


def test_a_verdict_that_a_few_can_miss_is_no_matter(researcher: PageClient) -> None:
    assert "Think of this once more" not in page_with_five_each(researcher, "consensus", minimum_n="7").text


def test_a_group_that_one_missing_person_hides_is_told(researcher: PageClient) -> None:
    page = page_with_five_each(researcher, "feedback", minimum_group_size="5")
    assert "You hope for 5 people or fewer in: Survivors, Service providers." in page.text


def test_pages_that_a_study_can_do_without_are_not_missing(researcher: PageClient) -> None:
    draft = start(researcher)
    fill(
        researcher,
        draft,
        *(part for part in PAGES if part not in ("criteria", "profile", "joining", "support")),
    )
    page = researcher.get(draft)
    assert page.text.count("Nothing yet. It may stay so.") == 4
    assert "1 thing is missing." in page.text  # the table of outcomes


def test_a_page_with_faults_does_not_say_that_all_is_well(researcher: PageClient) -> None:
    draft = start(researcher)
    researcher.get(f"{draft}/about")
    page = researcher.submit({"title": ""}, button="Save and continue")
    assert "Success" not in page.text
    assert "Saved, and not complete yet" in page.text


def test_there_is_always_room_for_more_groups(researcher: PageClient) -> None:
    draft = start(researcher)
    assert researcher.get(f"{draft}/groups").text.count("Name of the group") == 3
    third = {"label-2": "Others", "one-2": "other person"}
    page = researcher.submit({**PAGES["groups"], **third}, button="Save and add another")
    assert page.text.count("Name of the group") == 4
