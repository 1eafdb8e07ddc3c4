"""Content validity: ratios, their critical values, indices of relevance, and kappa beside them."""

from collections.abc import Callable

import numpy as np
import pytest

from analysis.content_validity import (
    cvr,
    cvr_critical,
    item_cvi,
    item_cvis,
    modified_kappa,
    scale_cvi_average,
    scale_cvi_universal,
)

NAN = float("nan")
# Items by column: all relevant; 3 of 4; one missing, the rest relevant; nobody rated.
RELEVANCE = [
    [4, 3, NAN, NAN],
    [3, 2, 4, NAN],
    [4, 4, 3, NAN],
    [3, 4, 4, NAN],
]


@pytest.mark.parametrize(
    ("essential", "n", "expected"),
    # (e - n/2) / (n/2) by hand
    [(5, 10, 0.0), (10, 10, 1.0), (0, 10, -1.0), (9, 10, 0.8), (7, 8, 0.75), (1, 1, 1.0), (0, 1, -1.0)],
)
def test_the_ratio_is_how_far_beyond_half(essential: int, n: int, expected: float) -> None:
    assert cvr(essential, n) == expected


@pytest.mark.parametrize(
    ("n", "published"),
    # Ayre & Scally 2014, one-sided .05; recomputed in R by 1 - pbinom(k - 1, n, .5)
    [
        *((5, 1.0), (6, 1.0), (7, 1.0), (8, 0.75), (9, 0.778), (10, 0.80), (11, 0.636), (12, 0.667)),
        *((13, 0.538), (14, 0.571), (15, 0.60), (20, 0.50), (25, 0.44), (30, 0.333), (40, 0.30)),
    ],
)
def test_critical_ratios_are_the_published_ones(n: int, published: float) -> None:
    assert cvr_critical(n) == pytest.approx(published, abs=0.0005)


@pytest.mark.parametrize("n", [0, 1, 2, 3, 4])
def test_so_few_judges_that_all_agreeing_is_no_surprise_have_no_critical_ratio(n: int) -> None:
    assert cvr_critical(n) is None  # P(all 4 agree) = 1/16 = .0625 > .05


def test_a_probability_of_exactly_alpha_is_rare_enough() -> None:
    assert cvr_critical(5, 1 / 32) == 1  # P(5 of 5) = 1/32
    assert cvr_critical(5, 1 / 33) is None


def test_a_stricter_alpha_asks_for_more() -> None:
    # n = 10: P(X >= 9) = 11/1024 = .0107 > .01, P(X = 10) = .001.
    assert cvr_critical(10, 0.01) == 1


def test_a_ratio_that_just_reaches_the_critical_one_passes() -> None:
    for n in range(5, 200):
        critical = cvr_critical(n)
        assert critical is not None
        assert critical == cvr(round(n * (1 + critical) / 2), n)


@pytest.mark.parametrize(
    ("agree", "n", "expected"),
    # Polit, Beck & Owen 2007; recomputed in R
    [(3, 3, 1.00), (2, 3, 0.47), (3, 4, 0.67), (4, 5, 0.76), (5, 6, 0.82), (7, 8, 0.87)],
)
def test_modified_kappa_is_the_published_one(agree: int, n: int, expected: float) -> None:
    assert modified_kappa(agree, n) == pytest.approx(expected, abs=0.005)


def test_modified_kappa_of_two_of_three_by_hand() -> None:
    # p = C(3, 2) / 8 = 3/8; (2/3 - 3/8) / (5/8) = 7/15.
    assert modified_kappa(2, 3) == pytest.approx(7 / 15, abs=1e-15)


def test_modified_kappa_of_one_judge_is_one_or_minus_one() -> None:
    # p = 1/2 both ways: (1 - .5) / .5 and (0 - .5) / .5.
    assert (modified_kappa(1, 1), modified_kappa(0, 1)) == (1, -1)


def test_kappa_of_thousands_of_judges_is_their_share() -> None:
    assert modified_kappa(3000, 4000) == pytest.approx(0.75, abs=1e-12)


def test_nobody_judging_is_not_computable() -> None:
    assert cvr(0, 0) is None
    assert modified_kappa(0, 0) is None
    assert item_cvi([]) is None
    assert item_cvi([NAN, NAN]) is None
    assert scale_cvi_average([[NAN], [NAN]]) is None
    assert scale_cvi_universal(np.empty((3, 0))) is None


def test_an_item_is_relevant_to_those_who_rate_it_3_or_4() -> None:
    assert item_cvi([1, 2, 3, 4]) == 0.5


def test_a_missing_rating_is_not_in_the_denominator() -> None:
    assert item_cvi([4, NAN, 3, 1]) == 2 / 3


def test_items_at_once_are_the_items_one_by_one() -> None:
    np.testing.assert_array_equal(item_cvis(RELEVANCE), [1, 0.75, 1, NAN])


def test_the_average_is_over_items_that_somebody_rated() -> None:
    assert scale_cvi_average(RELEVANCE) == pytest.approx(2.75 / 3, abs=1e-15)  # (1 + .75 + 1) / 3


def test_universal_agreement_is_over_items_that_somebody_rated() -> None:
    assert scale_cvi_universal(RELEVANCE) == 2 / 3  # the first and the third


def test_the_average_weighs_items_alike_however_many_rated_them() -> None:
    # Item 1: 1 of 1; item 2: 0 of 3. Mean of 1 and 0, not 1 of 4 ratings.
    assert scale_cvi_average([[4, 1], [NAN, 1], [NAN, 2]]) == 0.5


@pytest.mark.parametrize("function", [cvr, modified_kappa])
@pytest.mark.parametrize(
    ("first", "n", "name"),
    [
        (6, 5, r"(essential|agree): 6 of 5"),
        (-1, 5, "(essential|agree): a number that is neg"),
        (1, 2.5, "n:"),
        (0, -1, "n:"),
    ],
)
def test_impossible_numbers_of_judges_are_named(function: Callable, first: int, n: float, name: str) -> None:
    with pytest.raises(ValueError, match=f"^{name}"):
        function(first, n)


@pytest.mark.parametrize("alpha", [0, 1, -0.1, NAN])
def test_an_alpha_that_is_no_probability_is_refused(alpha: float) -> None:
    with pytest.raises(ValueError, match=r"^alpha:"):
        cvr_critical(10, alpha)


@pytest.mark.parametrize("rating", [0, 5, 2.5, float("inf"), -1])
def test_a_rating_off_the_four_points_is_refused(rating: float) -> None:
    with pytest.raises(ValueError, match=r"^ratings: a rating"):
        item_cvi([4, rating])


def test_ratings_of_other_dimensions_are_refused() -> None:
    with pytest.raises(ValueError, match=r"^ratings: 2 dimensions"):
        item_cvi([[4, 3]])
    with pytest.raises(ValueError, match=r"^ratings: 1 dimensions"):
        scale_cvi_average([4, 3])
