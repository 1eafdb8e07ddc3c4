"""Placeholders of the team's own words, and words that give the study away."""

import pytest

from delphi.domain.own_words import faults_in, telling_words


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", ()),
        ("Come in: {link}", ()),
        ("Come in: {link}, until {until}", ()),
        ("Come in", ("link is missing",)),
        ("{name}: {link}", ("“{name}” is not known",)),
        ("{name} {name} {}", ("“{name}” is not known", "“{}” is not known", "link is missing")),
        ("{link} {until", ("stands alone",)),
        ("{link} } {{until}}", ("stands alone",)),
    ],
)
def test_a_text_needs_its_link_and_knows_two_placeholders(text: str, says: tuple[str, ...]) -> None:
    faults = faults_in(text)
    assert len(faults) == len(says)
    assert all(words in fault for words, fault in zip(says, faults, strict=True))


@pytest.mark.parametrize(
    ("own", "telling"),
    [
        ("The migraines questionnaire", ("migraines",)),
        ("Your Migraine round", ("migraine",)),
        ("Please answer by {until}", ()),
        ("A study about people", ()),
        ("Slave labour", ()),
    ],
)
def test_words_of_the_study_are_found_in_a_text(own: str, telling: tuple[str, ...]) -> None:
    assert telling_words(own, said_by_the_study=["Outcomes of migraine: a Delphi study"]) == telling
