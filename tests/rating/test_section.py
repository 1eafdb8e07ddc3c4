"""What a section asks, and how."""

from dataclasses import replace

import pytest
from flask import Flask

from analysis.study.protocol import Domain
from analysis.study.records import StudyText, TranslationState
from analysis.study.scale import Scale
from tests.data.small_study import INCLUSION, SCALE, small_study
from tests.page_checks import text_of
from tests.rating.panellists import comments_of, rating_of, rows_of, who_agreed
from tests.rating.rounds_to_rate import EASE, FIVE, NOUGHT_TO_TEN, YES_OR_NO, on_scale
from tests.studies_on_app import StudyOnApp, load_study
from tests.web_client import Page

SECTION = "/rate/section/1"
ONE_TO_NINE = replace(SCALE, code="nine")


def choices(page: Page, field: str) -> list[tuple[str, str]]:
    """The values that a question offers, with their words."""
    labels = {label.get("for"): text_of(label) for label in page.root.iter("label")}
    fields = [each for each in page.root.iter("input") if each.get("name") == field]
    return [(each.get("value") or "", labels[each.get("id")]) for each in fields]


@pytest.mark.parametrize("scale", [YES_OR_NO, FIVE, ONE_TO_NINE, NOUGHT_TO_TEN], ids=lambda scale: scale.code)
def test_a_scale_of_any_length_is_offered_with_its_words_and_kept(app: Flask, scale: Scale) -> None:
    study = load_study(app, on_scale(scale), open_round="2")
    client = who_agreed(app, study, "s4")
    offered = choices(client.get(SECTION), rating_of(study, "home"))
    ends = (str(scale.low), str(scale.high))
    assert [value for value, _ in offered] == [*map(str, scale.points), "cannot_say", "skipped"]
    assert offered[0][1].startswith(f"{ends[0]} – {scale.words[0]}")
    assert offered[-3][1].startswith(f"{ends[1]} – {scale.words[-1]}")
    assert [words for _, words in offered[-2:]] == [scale.cannot_say, "Skip this one"]
    for value in (*ends, "cannot_say", "skipped"):
        client.get(SECTION)
        client.submit({rating_of(study, "home"): value})
        assert client.get(SECTION).find(".//input[@checked]").get("value") == value
    assert [answer for _, answer, _ in rows_of(app, study, "s4")] == [*ends, "cannot_say", "skipped"]


def test_several_criteria_are_asked_one_under_another_and_kept_apart(app: Flask) -> None:
    study = load_study(app, on_scale(FIVE, criteria=(INCLUSION, EASE)), open_round="2")
    client = who_agreed(app, study, "s4")
    page = client.get(SECTION)
    legends = [text_of(legend) for legend in page.root.iter("legend")]
    assert legends[:2] == [f"{question} (A safe home)" for question in (INCLUSION.question, EASE.question)]
    client.submit({rating_of(study, "home"): "4", rating_of(study, "home", EASE.code): "skipped"})
    page = client.get(SECTION)
    assert [field.get("value") for field in page.root.findall(".//input[@checked]")] == ["4", "skipped"]
    assert "1 of 2 answered" in page.text


def test_an_outcome_with_half_of_its_answers_is_not_answered(app: Flask) -> None:
    study = load_study(app, on_scale(FIVE, criteria=(INCLUSION, EASE)), open_round="2")
    client = who_agreed(app, study, "s4")
    client.submit({rating_of(study, "home"): "4"})
    assert "0 of 2 answered" in client.get(SECTION).text
    assert client.get("/rate/finish").link("A safe home") == f"{SECTION}#outcome-{study.outcomes['home']}"


def test_an_answer_to_a_criterion_that_is_not_asked_is_left_alone(app: Flask, study: StudyOnApp) -> None:
    client = who_agreed(app, study, "s4")
    form = {"csrf_token": "", "round": "2", rating_of(study, "home", "ease"): "4"}
    form["csrf_token"] = client.get(SECTION).find(".//main//input[@name='csrf_token']").get("value") or ""
    client.post(SECTION, form)
    assert rows_of(app, study, "s4") == []


def test_plainer_words_come_first_and_the_full_description_is_one_click_away(app: Flask) -> None:
    small = small_study()
    plain = replace(small.outcomes[0], plain="A place where nobody comes in.")
    study = load_study(app, replace(small, outcomes=(plain, *small.outcomes[1:])), open_round="2")
    page = who_agreed(app, study, "s4").get(SECTION)
    home, doctor = (text_of(card) for card in page.root.findall(".//div[@data-outcome]"))
    assert home.startswith("A safe home A place where nobody comes in. Full description (A safe home)")
    assert "A place to live without fear." in home
    assert doctor.startswith("A doctor Seeing a doctor when one is needed.")
    assert "Full description" not in doctor


def test_a_section_can_be_skipped_and_its_texts_stay_unanswered(app: Flask, study: StudyOnApp) -> None:
    client = who_agreed(app, study, "s4")
    page = client.get(SECTION)
    assert "This section is about “Safety and health”. It has 2 short texts." in page.text
    page = client.submit({}, button="Skip this section")
    assert page.url == "/rate/section/2"
    assert rows_of(app, study, "s4") == []
    assert client.submit({}, button="Skip this section").url == "/rate/finish"


def test_what_was_answered_before_skipping_the_rest_is_kept(app: Flask, study: StudyOnApp) -> None:
    client = who_agreed(app, study, "s4")
    client.submit({rating_of(study, "home"): "8"}, button="Skip this section")
    assert rows_of(app, study, "s4") == [("home", "8", False)]


def test_the_end_names_what_has_no_answer_with_links_to_each(app: Flask, study: StudyOnApp) -> None:
    client = who_agreed(app, study, "s4")
    client.submit({rating_of(study, "home"): "8"})
    page = client.get("/rate/finish")
    left = {label: page.link(label) for label in ("A doctor", "Work", "Friends and family")}
    assert left["A doctor"] == f"{SECTION}#outcome-{study.outcomes['doctor']}"
    assert left["Work"] == f"/rate/section/2#outcome-{study.outcomes['work']}"
    assert "A safe home" not in page.text
    anchors = [card.get("id") for card in client.get(SECTION).root.findall(".//div[@data-outcome]")]
    assert anchors == [f"outcome-{study.outcomes[code]}" for code in ("home", "doctor")]


def test_what_was_skipped_is_answered(app: Flask, study: StudyOnApp) -> None:
    client = who_agreed(app, study, "s4")
    client.submit({rating_of(study, "home"): "skipped", rating_of(study, "doctor"): "cannot_say"})
    page = client.get("/rate/finish")
    assert "All 2 answered" in page.text
    assert "A doctor" not in page.text


def test_texts_that_a_page_does_not_ask_for_are_left_alone(app: Flask, study: StudyOnApp) -> None:
    client = who_agreed(app, study, "s4")
    page = client.get(SECTION)
    hidden = {
        name: page.find(f".//main//input[@name='{name}']").get("value") or ""
        for name in ("csrf_token", "round")
    }
    outcome = study.outcomes["home"]
    kinds = (f"reason-{outcome}", f"private-{outcome}", f"proposal-{outcome}", "private", "proposal")
    client.post(SECTION, hidden | dict.fromkeys(kinds, "Words."))
    client.post("/rate/finish", hidden | dict.fromkeys((*kinds, f"comment-{outcome}"), "Words."))
    assert comments_of(app, study, "s4") == []


def test_a_domains_note_stands_before_its_section_in_the_language_of_the_page(app: Flask) -> None:
    small = small_study()
    protocol = replace(
        small.protocol,
        study=replace(small.protocol.study, languages=("en", "fr")),
        domains=(Domain("Safety and health", "These texts speak about danger."),),
    )
    checked = TranslationState.CHECKED
    texts = (
        StudyText("fr", "domains.Safety and health", "Sécurité", checked),
        StudyText("fr", "domains.Safety and health.note", "Ces textes parlent de danger.", checked),
    )
    study = load_study(app, replace(small, protocol=protocol, texts=texts), open_round="2")
    client = who_agreed(app, study, "s4")
    page = client.get("/rate/section/1")
    assert "These texts speak about danger. You can leave it out." in page.text
    assert "danger" not in client.get("/rate/section/2").text
    token = page.find(".//main//input[@name='csrf_token']").get("value") or ""
    client.post("/language", {"language": "fr", "next": "/rate/section/1", "csrf_token": token})
    assert "Ces textes parlent de danger." in client.get("/rate/section/1").text
