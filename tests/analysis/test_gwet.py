"""Gwet's AC1 and AC2: published examples, hand calculations, and what is missing."""

import numpy as np
import pytest

from analysis.agreement import gwet_ac

NAN = float("nan")
FIVE = range(1, 6)
# R package irrCAC, data cac.raw4raters (Gwet 2014): 12 outcomes by 4 raters.
FOUR_RATERS = np.array(
    [
        *([1, 1, NAN, 1], [2, 2, 3, 2], [3, 3, 3, 3], [3, 3, 3, 3], [2, 2, 2, 2], [1, 2, 3, 4]),
        *([4, 4, 4, 4], [1, 1, 2, 1], [2, 2, 2, 2], [NAN, 5, 5, 5], [NAN, NAN, 1, 1], [NAN, NAN, 3, NAN]),
    ]
).T


def of_table(table: list[list[int]]) -> np.ndarray:
    """Two raters' ratings, 1 and up, whose table is this."""
    pairs = [
        (row, column)
        for row, numbers in enumerate(table, start=1)
        for column, number in enumerate(numbers, start=1)
        for _ in range(number)
    ]
    return np.array(pairs, dtype=float).T


ABSTRACTORS = of_table([[13, 0, 0], [0, 20, 7], [0, 4, 56]])  # R package irrCAC, data cont3x3abstractors


def test_ac1_of_four_raters_with_ratings_missing_is_the_published_one() -> None:
    # R: gwet.ac1.raw(cac.raw4raters)$est
    found = gwet_ac(FOUR_RATERS, categories=FIVE)
    assert found.observed == pytest.approx(0.8181818, abs=5e-8)
    assert found.expected == pytest.approx(0.1903212, abs=5e-8)
    assert found.coefficient == pytest.approx(0.77544, abs=5e-6)


def test_ac2_of_four_raters_with_quadratic_weights_is_the_published_one() -> None:
    # R: gwet.ac1.raw(cac.raw4raters, weights = "quadratic")$est
    found = gwet_ac(FOUR_RATERS, categories=FIVE, weights="quadratic")
    assert found.observed == pytest.approx(0.9753788, abs=5e-8)
    assert found.expected == pytest.approx(0.7137044, abs=5e-8)
    assert found.coefficient == pytest.approx(0.914, abs=5e-6)


@pytest.mark.parametrize(
    ("weights", "published"),
    # R: gwet.ac1.table(cont3x3abstractors), and with weights = quadratic.weights(1:3)
    [("identity", 0.8493305), ("quadratic", 0.9402369)],
)
def test_ac_of_two_raters_is_the_published_one(weights: str, published: float) -> None:
    found = gwet_ac(ABSTRACTORS, categories=(1, 2, 3), weights=weights)  # type: ignore[arg-type]
    assert found.coefficient == pytest.approx(published, abs=5e-8)


def test_ac1_of_six_psychiatrists_is_the_published_one() -> None:
    # R: gwet.ac1.dist(distrib.6raters): Fleiss 1971, 15 patients; pa .5511111, pe .1914815, AC1 .4448007
    patients = (
        *("444444", "222555", "233335", "555555", "222444", "113333", "333355", "113334", "114444", "555555"),
        *("144444", "124444", "222333", "144444", "224445"),
    )
    found = gwet_ac(np.array([[int(c) for c in one] for one in patients]).T, categories=FIVE)
    assert found.observed == pytest.approx(0.5511111, abs=5e-8)
    assert found.expected == pytest.approx(0.1914815, abs=5e-8)
    assert found.coefficient == pytest.approx(0.4448007, abs=5e-8)


def test_ordinal_weights_count_pairs_of_categories() -> None:
    # By hand, two raters and one outcome, 1 and 2 of 1 to 3: 1 - C(2,2)/C(3,2) = 2/3 observed
    # (R: ordinal.weights(1:3) is 1, .667, 0). Shares 1/2, 1/2, 0; sum pi(1 - pi) = 1/2;
    # T = 3 + 4 * 2/3 = 17/3; expected 17/3 / 6 * 1/2 = 17/36; (24 - 17) / (36 - 17) = 7/19.
    found = gwet_ac([[1], [2]], categories=(1, 2, 3), weights="ordinal")
    assert found.observed == pytest.approx(2 / 3, abs=1e-15)
    assert found.expected == pytest.approx(17 / 36, abs=1e-15)
    assert found.coefficient == pytest.approx(7 / 19, abs=1e-15)


def test_ordinal_weights_see_ranks_and_quadratic_ones_distances() -> None:
    stretched = np.where(FOUR_RATERS == 5, 50, FOUR_RATERS)
    points = (1, 2, 3, 4, 50)
    ordinal = gwet_ac(stretched, categories=points, weights="ordinal").coefficient
    assert ordinal == gwet_ac(FOUR_RATERS, categories=FIVE, weights="ordinal").coefficient
    quadratic = gwet_ac(stretched, categories=points, weights="quadratic").coefficient
    assert quadratic != gwet_ac(FOUR_RATERS, categories=FIVE, weights="quadratic").coefficient


def test_categories_need_not_follow_each_other() -> None:
    stretched = np.where(FOUR_RATERS == 5, 7, FOUR_RATERS)
    found = gwet_ac(stretched, categories=(1, 2, 3, 4, 7))
    assert found == gwet_ac(FOUR_RATERS, categories=FIVE)


def test_the_categories_are_those_of_the_scale_and_not_those_in_use() -> None:
    # Two raters, 1 1 and 1 2: observed 1/2; shares 3/4, 1/4; sum pi(1 - pi) = 3/8. Two categories: expected
    # 2/2 * 3/8 = 3/8, AC1 1/5. Nine: 9/72 * 3/8 = 3/64, AC1 29/61.
    ratings = [[1, 1], [1, 2]]
    assert gwet_ac(ratings, categories=(1, 2)).coefficient == pytest.approx(1 / 5, abs=1e-15)
    assert gwet_ac(ratings, categories=range(1, 10)).coefficient == pytest.approx(29 / 61, abs=1e-15)


def test_an_outcome_rated_once_counts_for_chance_only() -> None:
    found = gwet_ac(FOUR_RATERS, categories=FIVE)
    assert (found.n_outcomes, found.n_rated) == (11, 12)
    without = gwet_ac(FOUR_RATERS[:, :11], categories=FIVE)
    assert found.observed == without.observed
    assert found.expected != without.expected


@pytest.mark.parametrize("weights", ["identity", "ordinal", "quadratic"])
def test_a_unanimous_panel_agrees_fully(weights: str) -> None:
    found = gwet_ac(np.full((5, 4), 9), categories=range(1, 10), weights=weights)  # type: ignore[arg-type]
    assert (found.coefficient, found.observed, found.expected) == (1, 1, 0)


def test_nearly_everybody_at_the_top_is_high_agreement() -> None:
    # Where kappa and alpha fail: 1 dissent in 20 outcomes, two raters. Observed 19/20; shares 39/40 and 1/40:
    # expected 9/72 * 2 * 39/1600 = 39/6400.
    ratings = np.full((2, 20), 9)
    ratings[0, 0] = 8
    expected = 39 / 6400
    found = gwet_ac(ratings, categories=range(1, 10)).coefficient
    assert found == pytest.approx((0.95 - expected) / (1 - expected), abs=1e-12)


@pytest.mark.parametrize(
    ("ratings", "n_rated"),
    [(np.empty((0, 3)), 0), (np.empty((3, 0)), 0), (np.full((3, 2), NAN), 0), ([[1, 2]], 2)],
)
def test_no_outcome_with_two_ratings_is_not_computable(ratings: np.ndarray, n_rated: int) -> None:
    found = gwet_ac(ratings, categories=FIVE)
    assert (found.coefficient, found.observed) == (None, None)
    assert (found.n_outcomes, found.n_rated) == (0, n_rated)
    assert (found.expected is None) == (n_rated == 0)


@pytest.mark.parametrize(
    ("changed", "name"),
    [
        ({"ratings": [1, 2]}, "ratings: 1 dim"),
        ({"ratings": [[6]]}, "ratings: a rating"),
        ({"ratings": [[1.5]]}, "ratings: a rating"),
        ({"categories": [1]}, "categories: a single"),
        ({"categories": []}, "categories: expected"),
        ({"categories": [1, 3, 2]}, "categories: each"),
        ({"categories": [1, 2, 2]}, "categories: each"),
        ({"categories": [1, NAN]}, "categories: expected"),
        ({"weights": "cubic"}, "weights: 'cubic'"),
    ],
)
def test_bad_input_is_named(changed: dict, name: str) -> None:
    given = {"ratings": [[1], [2]], "categories": FIVE, **changed}
    with pytest.raises(ValueError, match=f"^{name}"):
        gwet_ac(given.pop("ratings"), **given)
