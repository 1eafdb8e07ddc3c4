"""Kendall's W: a published example, hand calculations with ties, raters left out, and what is refused."""

import numpy as np
import pytest

from analysis.agreement.kendall import KendallW, kendall_w

NAN = float("nan")
# R package irr, data anxiety: three raters of twenty people (also in DescTools::KendallW's example).
ANXIETY = np.array(
    [
        [3, 3, 3, 4, 5, 5, 2, 3, 5, 2, 2, 6, 1, 5, 2, 2, 1, 2, 4, 3],
        [3, 6, 4, 6, 2, 4, 2, 4, 3, 3, 2, 3, 3, 3, 2, 2, 1, 3, 3, 4],
        [2, 1, 4, 4, 3, 2, 1, 6, 1, 1, 1, 2, 3, 3, 1, 1, 3, 3, 2, 2],
    ],
    dtype=float,
)


def test_w_of_the_anxiety_ratings_is_the_published_one() -> None:
    # R: irr::kendall(anxiety, TRUE): W .540, chi-squared 30.8 with 19 df, p .0429; kendall(anxiety): .502.
    # R 4.2.2: vegan::kendall.global(anxiety): W 0.5396568759544, Chi2 30.7604419293991;
    # friedman.test(as.matrix(t(anxiety))): p .0428834731.
    found = kendall_w(ANXIETY)
    assert found.w == pytest.approx(0.5396568759544, abs=1e-13)
    assert found.w_uncorrected == pytest.approx(0.502, abs=5e-4)
    assert found.chi2 == pytest.approx(30.7604419293991, abs=1e-12)
    assert found.p_value == pytest.approx(0.0428834731, abs=5e-11)
    assert (found.df, found.n_raters, found.n_outcomes, found.n_uninformative) == (19, 3, 20, 0)
    assert found.p_permutation is None


def test_the_permutation_p_of_the_anxiety_ratings_is_that_of_r() -> None:
    # R 4.2.2: vegan::kendall.global(anxiety, nperm = 99999), Prob.perm: .01391. Chi-squared says .043.
    found = kendall_w(ANXIETY, permutations=5000, rng=np.random.default_rng(1))
    assert found.p_permutation == pytest.approx(0.0139, abs=4 * (0.0139 / 5000) ** 0.5)


@pytest.mark.parametrize("shift", [0, 0.25, 100])  # whole numbers of a short scale, fractions, and far from 0
def test_w_with_a_tie_by_hand(shift: float) -> None:
    # Ranks 1 2.5 2.5 and 1 2 3: sums 2 4.5 5.5 about 4, S = 6.5; T = 8 - 2 = 6.
    # W = 12 * 6.5 / (4 * 24 - 2 * 6) = 78/84; without the correction 78/96; chi2 = 2 * 2 * W.
    found = kendall_w(np.array([[1, 2, 2], [4, 5, 6]]) + shift)
    assert found.w == 78 / 84
    assert found.w_uncorrected == 78 / 96
    assert found.chi2 == pytest.approx(4 * 78 / 84, abs=1e-15)


def test_the_same_order_is_1_and_opposite_ones_0() -> None:
    assert kendall_w([[1, 2, 9], [3, 4, 5], [0, 7, 8]]).w == 1
    opposite = kendall_w([[1, 2, 3], [3, 2, 1]])
    assert (opposite.w, opposite.chi2, opposite.p_value) == (0, 0, 1)


def test_a_rater_who_ties_everything_adds_only_to_the_number() -> None:
    # Ranks 1 2 3 and 2 2 2: sums 3 4 5 about 4, S = 2; T = 27 - 3. 12 * 2 / (4 * 24 - 2 * 24) = 1/2.
    found = kendall_w([[1, 2, 3], [5, 5, 5]])
    assert (found.w, found.n_raters, found.n_uninformative) == (0.5, 2, 1)


@pytest.mark.parametrize(
    ("ratings", "n_raters", "n_outcomes", "n_uninformative"),
    [
        (np.empty((0, 0)), 0, 0, 0),
        (np.empty((0, 4)), 0, 4, 0),
        (np.empty((4, 0)), 4, 0, 0),
        (np.full((3, 4), NAN), 0, 4, 0),
        ([[1, 2, 3]], 1, 3, 0),
        ([[1], [2], [3]], 3, 1, 3),
        ([[4, 4, 4], [9, 9, 9]], 2, 3, 2),  # nobody puts anything before anything
        ([[0.5, 0.5], [7, 7]], 2, 2, 2),
        ([[1, 2, NAN], [1, NAN, 2], [3, 2, 1]], 1, 3, 0),
    ],
)
def test_without_two_orders_w_is_not_computable(
    ratings: np.ndarray, n_raters: int, n_outcomes: int, n_uninformative: int
) -> None:
    expected = KendallW(None, None, None, None, None, None, n_raters, n_outcomes, n_uninformative)
    assert kendall_w(ratings) == expected
    assert kendall_w(ratings, permutations=3, rng=np.random.default_rng(1)) == expected


def test_a_rater_with_an_answer_missing_is_left_out_whole() -> None:
    partly = np.vstack((ANXIETY, np.r_[np.arange(19.0), NAN], np.full(20, NAN)))
    assert kendall_w(partly) == kendall_w(ANXIETY)


def test_very_large_numbers_are_ranked_and_not_taken_for_missing() -> None:
    assert kendall_w([[1e308, 1.5e308, 1.7e308], [1, 2, 3]]).w == 1


def test_the_permutation_p_of_two_raters_of_two_outcomes_is_a_half() -> None:
    # Shuffled, two raters agree as well as this in every second case.
    found = kendall_w([[1, 2], [1, 2]], permutations=2000, rng=np.random.default_rng(3))
    assert found.p_permutation == pytest.approx(0.5, abs=0.05)


def test_where_nothing_can_be_shuffled_every_permutation_agrees_as_much() -> None:
    found = kendall_w([[1, 2], [2, 1]], permutations=50, rng=np.random.default_rng(3))
    assert (found.w, found.p_permutation) == (0, 1)


def test_the_same_chance_gives_the_same_p() -> None:
    first, second = (kendall_w(ANXIETY, permutations=50, rng=np.random.default_rng(9)) for _ in range(2))
    assert first == second


@pytest.mark.parametrize(
    ("ratings", "options", "name"),
    [
        ([1, 2, 3], {}, "ratings: 1 dim"),
        ([[1, float("inf")], [1, 2]], {}, "ratings: an inf"),
        ([[float("inf"), -float("inf")], [1, 2]], {}, "ratings: an inf"),
        ([[1, 2], [1, 2]], {"permutations": 5}, "rng: "),
        ([[1, 2], [1, 2]], {"permutations": -1, "rng": np.random.default_rng(1)}, "permutations: -1"),
    ],
)
def test_what_has_no_concordance_is_named(ratings: list, options: dict, name: str) -> None:
    with pytest.raises(ValueError, match=f"^{name}"):
        kendall_w(ratings, **options)
