"""What changed since last time, and what became of one's words."""

from dataclasses import replace

import pytest
from flask import Flask

from analysis.study.records import LineageStep, TranslationState, Wording
from analysis.study.study import Study
from delphi.models import Role
from tests.data.small_study import small_study
from tests.rating.panellists import rating_of, signed_in, who_agreed
from tests.studies_on_app import StudyOnApp, load_study
from tests.web_client import Page, PageClient, sign_in_user

WHY = "Why, in the words of the team"
WHY_MERGED = "Panellists wrote that the two say the same."


def with_lineage(*steps: LineageStep) -> Study:
    return replace(small_study(), lineage=steps)


def changes(app: Flask, study: Study, person: str = "s1") -> Page:
    return who_agreed(app, load_study(app, study, open_round="2"), person).get("/rate/changes")


def test_it_tells_what_was_joined_and_dropped_with_the_reason(app: Flask) -> None:
    words = changes(app, small_study()).text
    joined, _, dropped = words.partition("Texts that are no longer in the list")
    assert "Before Friends People to talk to. Family Being in touch with family." in joined
    assert f"Now Friends and family People who are close. {WHY} {WHY_MERGED}" in joined
    assert f"Papers The right to stay, in writing. {WHY}: Too few agreed." in dropped
    assert "3 texts stayed as they were." in words


def test_what_a_rule_dropped_without_a_row_is_told(app: Flask) -> None:
    study = with_lineage(small_study().lineage[0])
    words = changes(app, study).text
    assert "Papers The right to stay, in writing. The answers decided this, by a rule that was fixed" in words


def test_each_kind_of_change_says_in_plain_words_what_it_means(app: Flask) -> None:
    words = changes(app, small_study()).text
    assert "These texts said nearly the same. Now one text stands in their place" in words
    assert "It does not mean that they are not important." in words
    assert "These were not in the list before." not in words


def test_it_comes_after_consent_and_leads_to_the_questions(app: Flask, study: StudyOnApp) -> None:
    client = signed_in(app, study, "s4")
    client.get("/rate/consent")
    client.submit({"agree": "yes"})
    page = client.submit(button="Save and continue")
    assert page.h1 == "What changed since last time"
    assert client.get(page.link("Go to the questions")).h1.startswith("Section 1")
    assert client.page is not None
    assert client.get(client.page.link("What changed since last time")).h1 == page.h1


def test_who_could_answer_no_earlier_round_goes_on_to_the_questions(app: Flask, study: StudyOnApp) -> None:
    client = who_agreed(app, study, "s6")
    page = client.get("/rate/since")
    assert page.h1.startswith(("Section", "What is left", "Nearly", "Your answers"))
    assert "What changed since last time" not in client.get("/rate/section/1").text


def test_where_nothing_changed_the_way_leads_on(app: Flask) -> None:
    small = small_study()
    listed = [rating for rating in small.ratings if rating.outcome in ("home", "doctor", "work")]
    outcomes = small.outcomes[:3]
    study = replace(small, lineage=(), ratings=tuple(listed), outcomes=outcomes, comments=())
    client = who_agreed(app, load_study(app, study, open_round="2"), "s4")
    assert client.get("/rate/since").h1.startswith("Section")
    assert "Nothing changed. All texts stayed as they were." in client.get("/rate/changes").text


@pytest.mark.parametrize("url", ["/rate/since", "/rate/changes"])
def test_before_consent_nothing_is_told(app: Flask, study: StudyOnApp, url: str) -> None:
    assert signed_in(app, study, "s4").get(url).h1 == "Welcome"


def test_each_of_ones_words_tells_what_became_of_its_outcome(app: Flask, study: StudyOnApp) -> None:
    client = who_agreed(app, study, "s1")
    page = client.get("/rate/your-words")
    assert "“Friends” Your comment This and family say the same. When Round 1" in page.text
    assert "It was joined with other texts. Now it is: Friends and family People who are close." in page.text
    assert WHY_MERGED in page.text


def test_nobody_reads_the_words_of_another(app: Flask, study: StudyOnApp) -> None:
    page = who_agreed(app, study, "s3").get("/rate/your-words")
    assert "You wrote nothing in the rounds that have closed." in page.text


def test_words_on_the_whole_round_keep_their_lines(app: Flask, study: StudyOnApp) -> None:
    page = who_agreed(app, study, "s2").get("/rate/your-words")
    assert "Round 1 Your comment Thank you for asking. It matters." in page.text


def test_before_consent_ones_words_stand_without_what_the_team_put_together(app: Flask) -> None:
    small = small_study()
    first, second = small.protocol.rounds
    rounds = (first, replace(second, show_digest=True))
    study = load_study(app, replace(small, protocol=replace(small.protocol, rounds=rounds)), open_round="2")
    team = PageClient(app)
    sign_in_user(team, study.team[Role.FACILITATOR])
    team.get("/studies/small/rounds/1/digest")
    line = {f"digest-{study.outcomes['friends']}": "Friends are family."}
    team.submit(line, button="Save the digest")
    client = signed_in(app, study, "s1")
    before = client.get("/rate/your-words").text
    assert "This and family say the same." in before
    assert "Friends are family." not in before
    assert "Friends are family." in who_agreed(app, study, "s1").get("/rate/your-words").text


def test_what_was_written_in_the_open_round_is_not_told_yet(app: Flask, study: StudyOnApp) -> None:
    client = who_agreed(app, study, "s3")
    client.get("/rate/section/1")
    client.submit({f"comment-{study.outcomes['home']}": "Now.", rating_of(study, "home"): "7"})
    assert "Now." not in client.get("/rate/your-words").text


def in_french() -> Study:
    """The small study in two languages; of what changed, one text is translated."""
    small = small_study()
    identity = replace(small.protocol.study, languages=("en", "fr"))
    return replace(
        small,
        protocol=replace(small.protocol, study=identity),
        wordings=(Wording("fr", "ties", "Amis et famille", "Les proches.", "", TranslationState.CHECKED),),
    )


def test_texts_are_in_the_language_of_the_page_and_others_are_marked(app: Flask) -> None:
    client = who_agreed(app, load_study(app, in_french(), open_round="2"), "s1")
    client.get("/rate/changes")
    client.post("/language", {"language": "fr", "next": "/rate/changes", "csrf_token": csrf(client.page)})
    page = client.get("/rate/changes")
    assert "Amis et famille" in page.text
    marked = {span.text for span in page.root.iter("span") if span.get("lang") == "en"}
    assert {"Papers", "Friends", "Family"} <= marked
    paragraphs = {each.text for each in page.root.iter("p") if each.get("lang") == "en"}
    assert {WHY_MERGED, "Too few agreed."} <= paragraphs


def test_the_label_of_an_earlier_form_is_in_the_language_of_the_page(app: Flask) -> None:
    study = in_french()
    wordings = (*study.wordings, Wording("fr", "friends", "Amis", "", "", TranslationState.CHECKED))
    client = who_agreed(app, load_study(app, replace(study, wordings=wordings), open_round="2"), "s1")
    client.get("/rate/changes")
    client.post("/language", {"language": "fr", "next": "/rate", "csrf_token": csrf(client.page)})
    page = client.get("/rate/section/2")
    names = [each for each in page.root.iter("h4") if each.get("class") == "app-answers__name"]
    assert ["".join(name.itertext()) for name in names] == ["“Amis”", "“Family”"] or len(names) == 2
    assert "Amis" in "".join(names[0].itertext())
    assert [span.text for span in names[1].iter("span")] == ["Family"]


def csrf(page: Page | None) -> str:
    assert page is not None
    return next(
        each.get("value") or "" for each in page.root.iter("input") if each.get("name") == "csrf_token"
    )
