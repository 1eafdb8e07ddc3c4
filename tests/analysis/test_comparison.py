"""Groups compared: two by order, several by order, each with one by shares and medians."""

import numpy as np
import pytest
from numpy.typing import ArrayLike

from analysis.comparison import (
    differences_from,
    kruskal_wallis,
    kruskal_wallis_counts,
    mann_whitney,
    mann_whitney_counts,
)
from analysis.comparison.rank_sum_null import cumulated_null

NAN = float("nan")
# Permeability of a membrane, Hollander and Wolfe (1973), as in the help page of R's wilcox.test.
AT_TERM = [0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46]
BEFORE_TERM = [1.15, 0.88, 0.90, 0.74, 1.21]


def counts_of(scores: list[int], *, points: int = 9) -> list[int]:
    return [scores.count(point) for point in range(1, points + 1)]


class TestMannWhitney:
    def test_the_exact_test_of_the_help_page_of_r(self) -> None:
        # wilcox.test(x, y, alternative = "greater"): W = 35, p-value = 0.1272, which is 382 of the C(15, 5)
        # orders; two-sided twice that.
        found = mann_whitney(AT_TERM, BEFORE_TERM)
        assert (found.statistic, found.n_x, found.n_y, found.is_exact) == (35, 10, 5, True)
        assert found.p_value == pytest.approx(764 / 3003, abs=1e-12)
        assert round(382 / 3003, 4) == 0.1272

    def test_ties_by_hand(self) -> None:
        # 7 beats 5 and 3 and ties with two: 3. 8 beats four, ties with one: 4.5. Each 9 beats five. U = 17.5.
        # Ties: 7 three times, 8 and 9 twice: 24 + 6 + 6. s^2 = 20/12 (10 - 36/72) = 15.8333,
        # z = (17.5 - 10 - .5) / 3.97911 = 1.75919, p = 2 (1 - .96073) = .07855.
        found = mann_whitney([7, 8, 9, 9], [5, 7, 7, 8, 3])
        assert (found.statistic, found.is_exact) == (17.5, False)
        assert (found.probability_of_superiority, found.rank_biserial) == (17.5 / 20, 0.75)
        assert found.p_value == pytest.approx(0.0785459, abs=1e-7)

    def test_a_continuity_correction_never_pushes_past_the_middle(self) -> None:
        # 1 and 2 against 1 and 2: U = 2 = n_x n_y / 2, so z = 0.
        assert mann_whitney([1, 2], [1, 2]).p_value == 1

    @pytest.mark.parametrize(("x", "y"), [([], [1.0]), ([NAN, NAN], [3, 4]), ([1], []), ([], [])])
    def test_nothing_is_computable_without_people_in_both_groups(self, x: ArrayLike, y: ArrayLike) -> None:
        found = mann_whitney(x, y)
        assert (found.statistic, found.p_value, found.rank_biserial) == (None, None, None)
        assert found.probability_of_superiority is None

    def test_where_all_rate_the_same_there_is_no_p_value_and_neither_is_superior(self) -> None:
        found = mann_whitney([9, 9, 9], [9, 9])
        assert (found.p_value, found.probability_of_superiority, found.rank_biserial) == (None, 0.5, 0)

    def test_one_person_against_one(self) -> None:
        # Both orders are as likely: p = 2 x 1/2.
        found = mann_whitney([4], [2])
        assert (found.statistic, found.p_value, found.is_exact) == (1, 1, True)

    def test_missing_ratings_are_left_out(self) -> None:
        assert mann_whitney([7, NAN, 8, 9, 9], [5, 7, 7, 8, 3, NAN]) == mann_whitney(
            [7, 8, 9, 9], [5, 7, 7, 8, 3]
        )

    def test_nine_against_nine_is_left_to_the_normal_curve(self) -> None:
        # U = 0: z = (40.5 - .5) / sqrt(81 x 19 / 12) = 3.5321, p = .000412; exactly it is 2 / C(18, 9).
        found = mann_whitney(range(9), range(10, 19))
        assert not found.is_exact
        assert found.p_value == pytest.approx(0.000412, abs=5e-7)
        assert mann_whitney(range(8), range(10, 18)).p_value == pytest.approx(2 / 12870, abs=1e-15)

    @pytest.mark.parametrize(
        ("n", "critical"),
        # Largest U with a two-sided p of at most .05, as in the tables at the back of textbooks.
        [(4, 0), (5, 2), (6, 5), (7, 8), (8, 13), (9, 17), (10, 23), (12, 37), (15, 64), (20, 127)],
    )
    def test_the_exact_distribution_gives_the_published_critical_values(self, n: int, critical: int) -> None:
        null = cumulated_null(n, n)
        assert null[critical] <= 0.025 < null[critical + 1]

    def test_the_exact_distribution_stays_exact_where_64_bits_do_not_hold_the_orders(self) -> None:
        # C(1008, 8) = 2.6e19 > 2^63. One order in all has U = 0, one U = 1, two have U = 2.
        null = cumulated_null(8, 1000)
        assert null[2] / null[0] == pytest.approx(4, rel=1e-12)
        assert null[-1] == 1

    def test_bad_scores_are_named(self) -> None:
        with pytest.raises(ValueError, match=r"^x: 2 dimensions"):
            mann_whitney([[1, 2]], [1])
        with pytest.raises(ValueError, match=r"^y: an infinite score"):
            mann_whitney([1], [float("inf")])


class TestMannWhitneyOfCounts:
    def test_counts_give_the_very_numbers_that_scores_give(self) -> None:
        rows = [([7, 8, 9, 9], [5, 7, 7, 8, 3]), ([1, 4, 6], [2, 9]), ([5, 5], [5]), ([], [3])]
        found = mann_whitney_counts([counts_of(x) for x, _ in rows], [counts_of(y) for _, y in rows])
        for at, (x, y) in enumerate(rows):
            one = mann_whitney(x, y)
            for name in ("statistic", "p_value", "probability_of_superiority", "rank_biserial"):
                expected, value = getattr(one, name), float(getattr(found, name)[at])
                assert np.isnan(value) if expected is None else value == expected
            assert (found.n_x[at], found.n_y[at], found.is_exact[at]) == (one.n_x, one.n_y, one.is_exact)

    def test_one_reference_is_compared_with_many_groups(self) -> None:
        found = mann_whitney_counts(np.ones((2, 3, 4), dtype=int), [1, 1, 1, 1])
        assert found.p_value.shape == (2, 3)
        assert np.all(found.probability_of_superiority == 0.5)

    @pytest.mark.parametrize(
        ("x", "y", "message"),
        [
            ([1.0, 2.0], [1, 2], "counts_x: float64"),
            ([1, 2], [1, -2], "counts_y: a negative number"),
            ([1, 2], [1, 2, 3], "counts_y: 3 categories, expected 2"),
            ([[1, 2]] * 2, [[1, 2]] * 3, "counts_y: shape"),
            ([], [], "counts_x"),
            (3, [3], "counts_x: shape"),
        ],
    )
    def test_bad_counts_are_named(self, x: ArrayLike, y: ArrayLike, message: str) -> None:
        with pytest.raises(ValueError, match=f"^{message}"):
            mann_whitney_counts(x, y)


class TestKruskalWallis:
    def test_the_help_page_of_r(self) -> None:
        # kruskal.test(list(x, y, z)) of mucociliary efficiency, Hollander and Wolfe (1973), p. 116:
        # Kruskal-Wallis chi-squared = 0.77143, df = 2, p-value = 0.68.
        groups = ([2.9, 3.0, 2.5, 2.6, 3.2], [3.8, 2.7, 4.0, 2.4], [2.8, 3.4, 3.7, 2.2, 2.0])
        found = kruskal_wallis(groups)
        assert (found.df, found.n) == (2, (5, 4, 5))
        assert found.statistic == pytest.approx(0.77143, abs=5e-6)
        assert found.p_value == pytest.approx(0.68, abs=5e-4)

    def test_ties_by_hand(self) -> None:
        # Ranks: 6.5 8 9 | 4 5 6.5 | 1 2.5 2.5, sums 23.5, 15.5, 6.
        # 12/90 (23.5^2 + 15.5^2 + 6^2) / 3 - 30 = 6.82222; ties 1 - (6 + 6) / 720; H = 6.93785.
        # With two degrees of freedom p = exp(-H / 2). Epsilon squared = H / 8.
        found = kruskal_wallis([[7, 8, 9], [4, 5, 7], [1, 2, 2]])
        assert found.statistic == pytest.approx(6.9378531, abs=1e-7)
        assert found.p_value == pytest.approx(np.exp(-6.9378531 / 2), abs=1e-8)
        assert found.epsilon_squared == pytest.approx(6.9378531 / 8, abs=1e-8)

    def test_empty_groups_drop_out(self) -> None:
        full = kruskal_wallis([[7, 8, 9], [4, 5, 7]])
        found = kruskal_wallis([[7, 8, 9], [], [4, NAN, 5, 7], [NAN]])
        assert (found.statistic, found.df, found.p_value) == (full.statistic, 1, full.p_value)
        assert found.n == (3, 0, 3, 0)

    @pytest.mark.parametrize("groups", [[[5, 5], [5], [5]], [[1, 2, 3]], [[1, 2], []], [[], []], [[NAN]]])
    def test_one_group_or_one_score_is_not_computable(self, groups: list[list[float]]) -> None:
        found = kruskal_wallis(groups)
        assert (found.statistic, found.p_value, found.epsilon_squared) == (None, None, None)

    def test_groups_that_lie_apart_without_ties_within_have_an_epsilon_squared_of_one(self) -> None:
        # All of the variance of the ranks is between groups.
        assert kruskal_wallis([[1, 1], [2, 2], [3, 3]]).epsilon_squared == pytest.approx(1)

    def test_counts_give_the_same_numbers_outcome_by_outcome(self) -> None:
        counts = [[counts_of([7, 8, 9]), counts_of([])], [counts_of([4, 5, 7]), counts_of([3, 3])]]
        found = kruskal_wallis_counts(counts)
        one = kruskal_wallis([[7, 8, 9], [4, 5, 7]])
        assert (found.statistic[0], found.p_value[0]) == (one.statistic, one.p_value)
        assert np.isnan([found.statistic[1], found.p_value[1], found.epsilon_squared[1]]).all()
        assert found.df.tolist() == [1, 0]
        assert found.n.tolist() == [[3, 0], [3, 2]]

    def test_bad_input_is_named(self) -> None:
        with pytest.raises(ValueError, match=r"^groups_of_ratings: expected at least one"):
            kruskal_wallis([])
        with pytest.raises(ValueError, match=r"^groups_of_ratings\[1\]: 2 dimensions"):
            kruskal_wallis([[1], [[2]]])
        with pytest.raises(ValueError, match=r"^counts: shape"):
            kruskal_wallis_counts([1, 2])


def shares(*pairs: tuple[int, int]) -> list[list[int]]:
    """Counts of two categories, (not in the box, in it), of k out of n."""
    return [[n - k, k] for k, n in pairs]


class TestDifferencesFrom:
    @pytest.mark.parametrize(
        ("of_group", "of_reference", "low", "high"),
        # Newcombe (1998), table II, method 10.
        [
            ((56, 70), (48, 80), 0.0524, 0.3339),
            ((9, 10), (3, 10), 0.1705, 0.8090),
            ((6, 7), (2, 7), 0.0582, 0.8062),
            ((5, 56), (0, 29), -0.0381, 0.1926),
            ((0, 10), (0, 20), -0.1611, 0.2775),
            ((0, 10), (0, 10), -0.2775, 0.2775),
            ((10, 10), (0, 20), 0.6791, 1.0000),
            ((10, 10), (0, 10), 0.6075, 1.0000),
        ],
    )
    def test_the_intervals_of_newcombes_paper(
        self, of_group: tuple[int, int], of_reference: tuple[int, int], low: float, high: float
    ) -> None:
        counts = [shares(of_reference), shares(of_group)]
        found = differences_from(counts, reference=0, box=[False, True])
        assert found.low[1, 0] == pytest.approx(low, abs=5e-5)
        assert found.high[1, 0] == pytest.approx(high, abs=5e-5)

    def test_shares_and_medians_by_hand(self) -> None:
        # Survivors 7 8 9 9: all four in 7-9, median 8.5. Providers 3 5 7: one in three, median 5.
        counts = [[counts_of([7, 8, 9, 9])], [counts_of([3, 5, 7])]]
        found = differences_from(counts, reference=0, box=[point >= 7 for point in range(1, 10)])
        assert found.share[:, 0].tolist() == [1, 1 / 3]
        assert found.share_difference[1, 0] == 1 / 3 - 1
        assert found.median[:, 0].tolist() == [7.5, 4]  # places from 0, so one below the points
        assert found.median_difference[1, 0] == -3.5
        assert found.n.tolist() == [[4], [3]]

    def test_the_reference_is_not_compared_with_itself(self) -> None:
        found = differences_from([shares((1, 2)), shares((2, 2))], reference=1, box=[False, True])
        for values in (found.share_difference, found.low, found.high, found.median_difference):
            assert np.isnan(values[1, 0])
            assert not np.isnan(values[0, 0])

    def test_a_group_without_ratings_is_not_computable(self) -> None:
        counts = [shares((1, 2), (0, 0)), shares((0, 0), (2, 3)), shares((1, 1), (1, 1))]
        found = differences_from(counts, reference=0, box=[False, True])
        assert np.isnan(found.share_difference[1]).all()
        assert np.isnan(found.share_difference[:, 1]).all()
        assert (np.isnan(found.share[1, 0]), found.share_difference[2, 0]) == (True, 0.5)

    def test_more_confidence_makes_wider_intervals(self) -> None:
        counts = [shares((3, 9)), shares((6, 9))]
        narrow = differences_from(counts, reference=0, box=[False, True], confidence=0.8)
        wide = differences_from(counts, reference=0, box=[False, True], confidence=0.99)
        assert wide.low[1, 0] < narrow.low[1, 0] < narrow.high[1, 0] < wide.high[1, 0]

    @pytest.mark.parametrize(
        ("changed", "message"),
        [
            ({"counts": [[1, 2]]}, "counts: shape"),
            ({"counts": [[[1, -2]]]}, "counts: a negative number"),
            ({"reference": 2}, "reference: 2"),
            ({"reference": -1}, "reference: -1"),
            ({"box": [True]}, "box: expected 2 booleans"),
            ({"box": [0, 1]}, "box: expected 2 booleans"),
            ({"confidence": 1}, "confidence: 1"),
        ],
    )
    def test_bad_input_is_named(self, changed: dict[str, object], message: str) -> None:
        arguments: dict[str, object] = {
            "counts": [[[1, 2]], [[2, 1]]],
            "reference": 0,
            "box": [False, True],
            **changed,
        }
        with pytest.raises(ValueError, match=f"^{message}"):
            differences_from(arguments.pop("counts"), **arguments)  # type: ignore[arg-type]
