"""Earlier answers in words: in English as the statistics say them, in other languages as those say them."""

import pytest
from flask import Flask
from flask_babel import force_locale
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import feedback_words as english
from analysis.feedback_words import OwnAnswer, Shape, shape_of, spans_of
from analysis.study.records import Missing
from delphi.feedback.words import groups_sentence, own_sentence
from delphi.web import language
from tests.apps import app_on
from tests.data.small_study import SCALE

OWN = (None, OwnAnswer(score=7), OwnAnswer(missing=Missing.SKIPPED), OwnAnswer(missing=Missing.CANNOT_SAY))
LABELS = ("Survivors", "NHS staff", "Policymakers", "R and D")
COUNTS = st.lists(st.integers(0, 12), min_size=9, max_size=9)


@pytest.fixture(scope="module")
def speaker() -> Flask:
    """An app for its words alone."""
    return app_on("sqlite://")


def shape(*counts: int) -> Shape:
    return shape_of(counts, low=SCALE.low, spans=spans_of(SCALE))


@given(groups=st.lists(COUNTS, max_size=4))
@settings(deadline=None)
def test_the_english_is_that_of_the_statistics(speaker: Flask, groups: list[list[int]]) -> None:
    shapes = [(label, shape(*counts)) for label, counts in zip(LABELS, groups, strict=False)]
    with speaker.test_request_context():
        assert groups_sentence(shapes) == english.groups_sentence(shapes)


@pytest.mark.parametrize("own", OWN)
def test_ones_own_answer_is_said_as_the_statistics_say_it(speaker: Flask, own: OwnAnswer | None) -> None:
    with speaker.test_request_context():
        assert own_sentence(own) == english.own_sentence(own)


@pytest.mark.parametrize(
    ("locale", "words"),
    [
        (
            "fr",
            "Survivantes : la plupart ont choisi 7 à 9 ; Chercheuses : beaucoup de nombres différents"
            " (seulement 9 réponses).",
        ),
        ("ar", "Survivantes: معظم الإجابات من 7 إلى 9؛ Chercheuses: أرقام كثيرة مختلفة (9 إجابات فقط)."),
        (
            "es",
            "Survivantes: la mayoría eligió de 7 a 9; Chercheuses: muchos números distintos"
            " (solo 9 respuestas).",
        ),
    ],
)
def test_each_language_orders_the_sentence_in_its_own_way(speaker: Flask, locale: str, words: str) -> None:
    shapes = [
        ("Survivantes", shape(0, 0, 0, 0, 4, 0, 3, 3, 3)),
        ("Chercheuses", shape(1, 1, 0, 2, 2, 0, 1, 1, 1)),
    ]
    with speaker.test_request_context(), force_locale(locale):
        assert groups_sentence(shapes).replace("\xa0", " ") == words


def test_what_the_study_wrote_is_escaped(speaker: Flask) -> None:
    with speaker.test_request_context():
        assert "R&amp;D chose many" in groups_sentence([("R&D", shape(2, 2, 0, 4, 4, 0, 2, 2, 2))])


def test_a_group_whose_name_is_not_translated_is_marked(speaker: Flask) -> None:
    with speaker.test_request_context(), force_locale("ar"):
        language.note_untranslated(["Survivors"])
        words = groups_sentence([("Survivors", shape(0, 0, 0, 0, 0, 0, 9, 9, 9))])
    assert words.startswith('<span lang="en" dir="ltr">Survivors</span>:')
