"""What a panellist sees of earlier answers."""

from dataclasses import replace

import pytest
from flask import Flask

from analysis.study.protocol import FeedbackPolicy
from analysis.study.rounds import Criterion, FeedbackShown
from analysis.study.study import Study
from tests.data.small_study import INCLUSION, ROUND_1, ROUND_2, SCALE, small_study
from tests.page_checks import text_of
from tests.rating.numbers_shown import numbers_shown
from tests.rating.panellists import who_agreed
from tests.studies_on_app import load_study
from tests.web_client import Page


def with_feedback(shown: FeedbackShown, *, smallest_group: int = 2) -> Study:
    """The small study with another feedback policy."""
    small = small_study()
    rounds = (ROUND_1, replace(ROUND_2, feedback=shown))
    return replace(
        small,
        protocol=replace(small.protocol, rounds=rounds, feedback=FeedbackPolicy(smallest_group)),
    )


def section(app: Flask, study: Study, panellist: str, number: int) -> Page:
    """A section of Round 2 as a panellist sees it."""
    return who_agreed(app, load_study(app, study, open_round="2"), panellist).get(f"/rate/section/{number}")


def card(page: Page, label: str) -> str:
    """The words of an outcome's card."""
    cards = page.root.findall(".//div[@data-outcome]")
    return next(text for text in map(text_of, cards) if text.startswith(label))


def numbers_behind(page: Page) -> list[list[str]]:
    """The numbers behind the first card's pictures."""
    return numbers_shown(page.root)[0][1]


def test_words_come_first_then_pictures_then_numbers(app: Flask) -> None:
    words = card(section(app, with_feedback(FeedbackShown.GROUPS), "s1", 1), "A safe home")
    # Round 1, home: survivors 9 9 8 9 7
    assert "You chose 9. All survivors chose 7 to 9 (only 5 answered); all researchers" in words
    assert words.index("You chose 9.") < words.index("How many people chose each number")


def test_the_numbers_behind_the_picture_are_those_of_the_round(app: Flask) -> None:
    page = section(app, with_feedback(FeedbackShown.GROUPS), "s1", 1)
    # Round 1, home: survivors 9 9 8 9 7, researchers 9 8 9
    assert numbers_behind(page)[1:] == [
        *([str(score), "0", "0"] for score in range(1, 7)),
        ["7", "1", "0"],
        ["8", "1", "1"],
        ["9 (you)", "3", "2"],
        ["All", "5", "3"],
    ]


def test_a_group_that_is_too_small_is_counted_together_with_another(app: Flask) -> None:
    page = section(app, with_feedback(FeedbackShown.GROUPS, smallest_group=5), "s1", 1)
    assert numbers_behind(page)[0] == ["Answer", "Survivors and researchers"]
    assert numbers_behind(page)[-1] == ["All", "8"]
    words = card(page, "A safe home")
    assert "All survivors and researchers chose 7 to 9 (only 8 answered)." in words
    assert "nobody can tell who chose what: Survivors and researchers." in words


def test_where_everybody_together_is_too_few_nothing_is_shown(app: Flask) -> None:
    page = section(app, with_feedback(FeedbackShown.GROUPS, smallest_group=8), "s1", 1)
    assert page.root.findall(".//table") == []
    assert "Not shown, because too few people answered: Survivors, Researchers." in card(page, "A safe home")


def test_no_row_pools_the_groups(app: Flask) -> None:
    page = section(app, with_feedback(FeedbackShown.GROUPS, smallest_group=1), "s1", 1)
    assert numbers_behind(page)[0] == ["Answer", "Survivors", "Researchers"]


def test_a_merged_outcome_shows_each_of_its_ancestors_by_name(app: Flask) -> None:
    words = card(section(app, with_feedback(FeedbackShown.GROUPS), "s1", 2), "Friends and family")
    # Round 1: s1 gave friends 8 and family 7; two researchers scored family (r3 left it out)
    assert "This text joins 2 texts of Round 1." in words
    friends, _, family = words.partition("“Family”")
    assert "“Friends” You chose 8. All survivors chose 7 to 9" in friends
    assert "You chose 7. All survivors chose 7 to 9" in family
    assert "Not shown, because too few people answered: Researchers." in family


def test_a_late_answer_of_the_round_before_is_not_shown_as_ones_own(app: Flask) -> None:
    study = with_feedback(FeedbackShown.OWN)
    late = tuple(
        replace(rating, late=True) if (rating.panellist, rating.outcome) == ("s1", "home") else rating
        for rating in study.ratings
    )
    assert "You did not answer this." in card(
        section(app, replace(study, ratings=late), "s1", 1), "A safe home"
    )


def test_skipped_and_cannot_say_are_told_as_such(app: Flask) -> None:
    page = section(app, with_feedback(FeedbackShown.OWN), "s4", 2)
    # Round 1, work: s4 could not say
    assert "You said that you cannot say." in card(page, "Work")


def test_own_feedback_shows_no_group(app: Flask) -> None:
    page = section(app, with_feedback(FeedbackShown.OWN), "s1", 1)
    assert "You chose 9." in card(page, "A safe home")
    assert "survivors" not in page.text.lower()
    assert page.root.findall(".//svg") == []


def test_no_feedback_shows_nothing_of_earlier_rounds(app: Flask) -> None:
    page = section(app, with_feedback(FeedbackShown.NONE), "s1", 1)
    assert "Round 1" not in page.text


def test_the_own_earlier_answer_is_marked_on_the_scale_and_not_chosen(app: Flask) -> None:
    page = section(app, with_feedback(FeedbackShown.OWN), "s4", 1)
    marked = [text_of(label) for label in page.root.iter("label") if "You in" in text_of(label)]
    # s4 gave home 9 and doctor 8 in Round 1, and has not answered in Round 2
    assert marked == ["9 – Strongly agree, You in Round 1", "8, You in Round 1"]
    assert page.root.findall(".//input[@checked]") == []


def test_an_answer_on_another_scale_is_told_in_words_and_not_marked(app: Flask) -> None:
    study = with_feedback(FeedbackShown.OWN)
    other = replace(SCALE, code="other")
    rounds = (ROUND_1, replace(ROUND_2, feedback=FeedbackShown.OWN, scale="other"))
    protocol = replace(study.protocol, rounds=rounds, scales=(SCALE, other))
    page = section(app, replace(study, protocol=protocol), "s4", 1)
    assert "You chose 9." in page.text
    assert "You in Round 1" not in page.text


def test_each_criterion_has_its_own_card(app: Flask) -> None:
    small = small_study()
    criteria = (INCLUSION, Criterion("ease", "How easy is it to measure?"))
    rounds = (replace(ROUND_1, criteria=criteria), replace(ROUND_2, criteria=criteria))
    study = replace(
        small, protocol=replace(small.protocol, rounds=rounds, definitions=small.protocol.definitions)
    )
    page = section(app, study, "s1", 1)
    words = card(page, "A safe home")
    assert words.count("How easy is it to measure?") == 2
    assert "You chose 9." in words
    assert "You did not answer this." in words
    assert len(page.root.findall(".//fieldset")) == 4


@pytest.mark.parametrize("words", ["consensus", "agreement", "70", "%", "enough", "pass"])
def test_no_pass_mark_stands_beside_an_outcome(app: Flask, words: str) -> None:
    page = section(app, with_feedback(FeedbackShown.GROUPS), "s1", 1)
    assert words not in card(page, "A safe home").lower()
