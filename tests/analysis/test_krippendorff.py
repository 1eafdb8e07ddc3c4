"""Krippendorff's alpha: the textbook example, hand calculations, missing answers, and what is refused."""

import numpy as np
import pytest

from analysis.agreement.krippendorff import KrippendorffAlpha, Metric, alpha_of_counts, krippendorff_alpha
from tests.analysis.builders import SCALE_POINTS

NAN = float("nan")
# Krippendorff 2011, Computing Krippendorff's Alpha-Reliability, section C: observers A to D, units 1 to 12.
TEXTBOOK = np.array(
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, NAN, NAN, NAN],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NAN, 3],
        [NAN, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NAN],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NAN],
    ]
)


@pytest.mark.parametrize(
    ("metric", "published"),
    # Krippendorff 2011; second implementation: PyPI krippendorff 0.8
    [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)],
)
def test_alpha_of_the_textbook_example(metric: Metric, published: float) -> None:
    found = krippendorff_alpha(TEXTBOOK, metric=metric)
    assert found.alpha == pytest.approx(published, abs=5e-4)
    assert found.n_pairable == 40  # unit 12 was answered once


@pytest.mark.parametrize(
    ("metric", "alpha"),
    [
        # Two raters' outcomes (1 1) (3 2) (1 3): three 1, one 2, two 3.
        # Observed: (3 2) twice d23, (1 3) twice d13. Expected: 2 (3*1 d12 + 3*2 d13 + 1*2 d23) / 5.
        ("nominal", 1 - 4 / (2 * 11 / 5)),
        ("interval", 1 - (2 * 1 + 2 * 4) / (2 * (3 * 1 + 6 * 4 + 2 * 1) / 5)),
        # Ordinal: d12 = (3/2 + 1/2)^2 = 4, d23 = (1/2 + 2/2)^2 = 9/4, d13 = (3/2 + 1 + 2/2)^2 = 49/4.
        ("ordinal", 1 - (2 * 9 / 4 + 2 * 49 / 4) / (2 * (3 * 4 + 6 * 49 / 4 + 2 * 9 / 4) / 5)),
        # Ratio: d12 = 1/9, d23 = 1/25, d13 = 4/16.
        ("ratio", 1 - (2 / 25 + 2 / 4) / (2 * (3 / 9 + 6 / 4 + 2 / 25) / 5)),
    ],
)
def test_alpha_by_hand(metric: Metric, alpha: float) -> None:
    ratings = np.array([[1.0, 3, 1], [1, 2, 3]])
    assert krippendorff_alpha(ratings, metric=metric).alpha == pytest.approx(alpha, abs=1e-15)
    found = alpha_of_counts([[2, 0, 0], [0, 1, 1], [1, 0, 1]], [1, 2, 3], metric=metric)
    assert found == krippendorff_alpha(ratings, metric=metric)


def test_perfect_agreement_is_1_and_chance_is_0() -> None:
    assert krippendorff_alpha([[1, 5, 9], [1, 5, 9]]).alpha == 1
    # (1 1) (2 1): observed 2, expected 2 * 3 * 1 / 3.
    assert krippendorff_alpha([[1, 2], [1, 1]], metric="nominal").alpha == 0


def test_halves_are_categories_as_well() -> None:
    whole, halves = np.array([[1, 2, 3, 4], [1, 2, 4, 4]]), np.array([[0.5, 1, 1.5, 2], [0.5, 1, 2, 2]])
    for metric in ("nominal", "ordinal", "interval", "ratio"):
        expected = krippendorff_alpha(whole, metric=metric).alpha  # type: ignore[arg-type]
        found = krippendorff_alpha(halves, metric=metric).alpha  # type: ignore[arg-type]
        assert found == pytest.approx(expected, abs=1e-15)


def test_numbers_far_apart_are_categories_as_well() -> None:
    found = krippendorff_alpha([[1, 1000, 2], [1, 1000, 2]], metric="interval")
    assert found.alpha == 1


@pytest.mark.parametrize("metric", ["nominal", "ordinal", "interval", "ratio"])
@pytest.mark.parametrize(
    ("ratings", "n_pairable"),
    [
        (np.empty((0, 0)), 0),
        (np.empty((0, 3)), 0),
        (np.empty((3, 0)), 0),
        (np.full((3, 4), NAN), 0),
        ([[1, 2, 3]], 0),
        ([[1, NAN], [NAN, 2]], 0),
        ([[7, 7], [7, 7]], 4),
        ([[7, 7, 9], [7, 7, NAN]], 4),  # what differs was answered once
        ([[0.5], [0.5]], 2),
        ([[0, 0], [0, 0]], 4),
    ],
)
def test_without_two_different_answers_alpha_is_not_computable(
    metric: Metric, ratings: list, n_pairable: int
) -> None:
    assert krippendorff_alpha(ratings, metric=metric) == KrippendorffAlpha(None, n_pairable)


def test_outcomes_answered_once_drop_out() -> None:
    assert krippendorff_alpha(TEXTBOOK) == krippendorff_alpha(TEXTBOOK[:, :-1])


def test_categories_only_say_what_may_occur() -> None:
    assert krippendorff_alpha(TEXTBOOK, categories=SCALE_POINTS) == krippendorff_alpha(TEXTBOOK)
    with pytest.raises(ValueError, match=r"^categories: "):
        krippendorff_alpha(TEXTBOOK, categories=(1, 2, 3, 4))


def test_a_panel_of_one_mind_about_every_outcome_can_have_a_low_alpha() -> None:
    # Each outcome: 7 of 10 rate it 7 to 9, under 15 % 1 to 3; the outcomes are all alike, as are the raters.
    outcome = np.array([9.0, 9, 9, 8, 8, 7, 7, 6, 5, 2])
    ratings = np.stack([np.roll(outcome, shift) for shift in range(10)], axis=1)
    assert ((ratings >= 7).sum(axis=0) >= 7).all()
    assert krippendorff_alpha(ratings).alpha < 0


@pytest.mark.parametrize(
    ("ratings", "options", "name"),
    [
        ([1, 2], {}, "ratings: 1 dim"),
        ([[1, float("inf")], [1, 2]], {}, "ratings: an inf"),
        ([[1, 2], [1, 2]], {"metric": "polar"}, "metric: 'polar'"),
        (np.empty((0, 0)), {"metric": "polar"}, "metric: 'polar'"),
    ],
)
def test_what_has_no_alpha_is_named(ratings: list, options: dict, name: str) -> None:
    with pytest.raises(ValueError, match=f"^{name}"):
        krippendorff_alpha(ratings, **options)


@pytest.mark.parametrize(
    ("counts", "values", "name"),
    [
        ([1, 2], [1, 2], "counts: shape"),
        ([[1, 2]], [1, 2, 3], "counts: shape"),
        ([[1, -2]], [1, 2], "counts: a number"),
        ([[1, 0.5]], [1, 2], "counts: a value"),
        ([[1, NAN]], [1, 2], "counts: a value"),
        ([[1, 2]], [2, 1], "values: "),
        ([[1, 2]], [1, NAN], "values: "),
    ],
)
def test_counts_that_have_no_alpha_are_named(counts: list, values: list, name: str) -> None:
    with pytest.raises(ValueError, match=f"^{name}"):
        alpha_of_counts(counts, values)
