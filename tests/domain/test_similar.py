"""How alike texts are: the same numbers as scikit-learn, in every script."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfVectorizer

from analysis.bundle.reader import read
from analysis.study.records import LineageAction
from delphi.domain.similar import BEGINS_AT, Likeness, likeness, similar_pairs, similarities

MSCOS = Path(__file__).parents[2] / "studies" / "mscos_2022"
TEXTS = (
    "Safe home: a home without fear",
    "Safety at home",
    "A secure place to live, and no fear there",
    "Support from friends",
    "",
    "Un logement sûr, où l'on vit sans peur",
    "بيت آمن",
)


def by_scikit_learn(texts: tuple[str, ...]) -> np.ndarray:
    words = TfidfVectorizer().fit_transform(texts)
    pieces = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 4)).fit_transform(texts)
    return ((words @ words.T + pieces @ pieces.T) / 2).toarray()


@pytest.mark.parametrize("to", range(len(TEXTS)))
def test_similarities_are_those_of_scikit_learn(to: int) -> None:
    np.testing.assert_allclose(similarities(TEXTS, to=to), by_scikit_learn(TEXTS)[to], atol=1e-12)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text("ab cé日.", max_size=12), max_size=5))
def test_any_texts_give_the_similarities_of_scikit_learn(drawn: list[str]) -> None:
    texts = ("home work", *drawn)
    np.testing.assert_allclose(similarities(texts, to=0), by_scikit_learn(texts)[0], atol=1e-12)


def test_pairs_come_once_and_the_most_alike_first() -> None:
    pairs = similar_pairs(TEXTS, at_least=0.05)
    assert (pairs[0].one, pairs[0].other) == (0, 1)
    assert all(pair.one < pair.other for pair in pairs)
    found = [pair.similarity for pair in pairs]
    assert found == sorted(found, reverse=True)


def test_texts_without_spaces_between_words_are_compared_by_pieces() -> None:
    found = similarities(("安全な家に住む", "安全な家がある", "友人の支え"), to=0)
    assert found[1] > found[2]


@pytest.mark.parametrize("texts", [(), ("",), ("", "")])
def test_empty_texts_are_like_nothing(texts: tuple[str, ...]) -> None:
    assert similar_pairs(texts, at_least=0.01) == ()


@pytest.mark.parametrize(
    ("similarity", "words"), [(1.0, Likeness.SAME), (0.5, Likeness.MUCH), (0.2, Likeness.SOME), (0.19, None)]
)
def test_a_similarity_is_told_in_words(similarity: float, words: Likeness | None) -> None:
    assert likeness(similarity) is words


def test_in_the_real_study_nearly_all_pairs_with_many_words_in_common_were_merged() -> None:
    study = read(MSCOS)
    listed = [outcome for outcome in study.outcomes if not outcome.label.startswith("Not named")]
    texts = [f"{outcome.label}. {outcome.descriptor}" for outcome in listed]
    together = [
        {*step.sources, *step.results} for step in study.lineage if step.action is LineageAction.MERGED
    ]
    pairs = similar_pairs(texts, at_least=dict(BEGINS_AT)[Likeness.MUCH])
    codes = [{listed[pair.one].code, listed[pair.other].code} for pair in pairs]
    merged = [any(pair <= step for step in together) for pair in codes]
    assert (len(merged), sum(merged)) == (19, 18)  # counted when the limit was chosen
