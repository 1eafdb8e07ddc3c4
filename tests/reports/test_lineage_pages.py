"""The lineage's page, and the page of one outcome."""

from urllib.parse import urlsplit

import pytest
from flask import Flask

from delphi.models import Role
from tests.mscos_on_app import Mscos
from tests.page_checks import text_of
from tests.studies_on_app import StudyOnApp
from tests.web_client import Page, PageClient, sign_in_user

LINEAGE = "/studies/mscos_2022/lineage"
CORE = (
    "Secure and suitable housing",
    "Safety from any trafficker or other abuser",
    "Long-term, consistent support",
    "Compassionate, trauma-informed services",
    "Finding purpose in life and self-actualisation",
    "Access to medical treatment",
    "Access to education",
)  # the toolkit's seven core outcomes


def strands(page: Page, emphasis: str = "") -> dict[str, str]:
    """The picture's links: outcome code → accessible name."""
    wanted = f"app-lineage__strand--{emphasis}" if emphasis else "app-lineage__strand"
    return {
        urlsplit(link.get("href") or "").path.rsplit("/", 1)[-1]: link.get("aria-label") or ""
        for link in page.root.iter()
        if wanted in (link.get("class") or "").split()
    }


@pytest.fixture
def owner(app: Flask, study: StudyOnApp) -> PageClient:
    client = PageClient(app)
    sign_in_user(client, study.team[Role.OWNER])
    return client


def test_the_picture_has_a_named_link_for_every_outcome_that_was_listed(mscos: Mscos) -> None:
    page = mscos.client.get(LINEAGE)
    assert "74 → 72 → 34 → 14 → 7" in page.text
    named = strands(page)
    assert set(named) == {outcome.code for outcome in mscos.study.outcomes}
    assert named["secure_housing"] == "Secure and suitable housing: in the list after Consensus workshop"
    assert (
        named["life_skills"] == "Life skills: became “Skills for daily life and healthy living” after Round 1"
    )


def test_the_seven_at_the_end_stand_in_the_picture_and_in_the_list(mscos: Mscos) -> None:
    page = mscos.client.get(LINEAGE)
    assert "The list at the end: 7 " + "".join(CORE) in page.text
    written = " ".join(text_of(text) for text in page.root.iter() if text.tag.endswith("text"))
    for name in CORE:
        assert name in written


def test_the_words_beside_the_picture_tell_each_round(mscos: Mscos) -> None:
    page = mscos.client.get(LINEAGE)
    assert "Round 1: from 72 to 34" in page.text
    assert "Merged: Life skills; Healthy lifestyle → Skills for daily life and healthy living" in page.text


def test_an_outcome_shows_its_ancestors_and_the_reasons(mscos: Mscos) -> None:
    page = mscos.client.get(f"{LINEAGE}/work_and_permission")
    assert set(strands(page, "chosen")) == {"work_and_permission"}
    assert set(strands(page, "related")) == {"meaningful_employment", "permission_to_work_and_study"}
    assert "Ten pairs within a domain bring 44 outcomes to the published 34." in page.text
    assert "Made after Round 1; dropped after Consensus workshop." in page.text


def test_an_outcome_shows_what_it_went_into(mscos: Mscos) -> None:
    page = mscos.client.get(f"{LINEAGE}/life_skills")
    assert page.link("Skills for daily life and healthy living") == f"{LINEAGE}/daily_skills_and_health"
    assert set(strands(page, "related")) == {"daily_skills_and_health"}


def test_an_outcome_has_its_figures_of_every_round_that_asked_about_it(mscos: Mscos) -> None:
    page = mscos.client.get(f"{LINEAGE}/secure_housing")
    for heading in ("Round 1", "Round 2", "Consensus workshop"):
        assert heading in [text_of(title) for title in page.root.iter("h2")]
    pictures = [svg for svg in page.root.iter() if svg.get("class") == "app-distribution"]
    assert len(pictures) == 8  # four groups in two rounds of rating


def test_an_outcome_that_never_was_is_not_found(mscos: Mscos) -> None:
    mscos.client.get(f"{LINEAGE}/nothing", status=404)


def test_an_open_round_decides_nothing_yet(owner: PageClient) -> None:
    page = owner.get("/studies/small/lineage")
    assert "6 → 4" in page.text
    assert "Round 2" not in page.text
    story = owner.get("/studies/small/lineage/ties")
    assert "Friends and family: hidden" not in story.text
    assert "Round 2" not in story.text


def test_small_groups_have_no_picture(owner: PageClient) -> None:
    page = owner.get("/studies/small/lineage/home")
    assert "Researchers: hidden, so that nobody in a small group can be found out." in page.text
    assert not [svg for svg in page.root.iter() if svg.get("class") == "app-distribution"]


def test_an_outcome_says_after_which_round_it_was_dropped(mscos: Mscos) -> None:
    text = mscos.client.get(f"{LINEAGE}/not_named_30").text
    assert "dropped after Round Zero" in text


def test_the_lineage_takes_few_statements(mscos: Mscos) -> None:
    assert len(mscos.client.get(LINEAGE).statements) <= 12
