"""Quantiles: R's values for all nine definitions, exact jumps, weights, and what is missing."""

from fractions import Fraction

import numpy as np
import pytest

from analysis.quantiles import DEFINITIONS, quantile, quantile_of_counts, weighted_quantile_of_counts
from tests.analysis.rating_multisets import every_multiset

NAN = float("nan")
TEN = (1, 2, 2, 5, 7, 7, 8, 9, 9, 9)
THREE = (7, 8, 9)
NINE_POINTS = range(1, 10)


@pytest.mark.parametrize(
    ("scores", "p", "by_definition"),
    [  # R 4.2.2: sapply(1:9, function(t) quantile(scores, p, type = t))
        (TEN, 0.25, (2, 2, 2, 2, 2, 2, 2.75, 2, 2)),
        (TEN, 0.3, (2, 3.5, 2, 2, 3.5, 2.9, 4.1, 3.3, 3.35)),
        (TEN, 0.5, (7, 7, 7, 7, 7, 7, 7, 7, 7)),
        (TEN, 0.7, (8, 8.5, 8, 8, 8.5, 8.7, 8.3, 8.5666666666666667, 8.55)),
        (THREE, 0.25, (7, 7, 7, 7, 7.25, 7, 7.5, 7.1666666666666667, 7.1875)),
        (THREE, 0.3, (7, 7, 7, 7, 7.4, 7.2, 7.6, 7.3333333333333333, 7.35)),
        (THREE, 0.5, (8, 8, 8, 7.5, 8, 8, 8, 8, 8)),
        (THREE, 0.75, (9, 9, 8, 8.25, 8.75, 9, 8.5, 8.8333333333333333, 8.8125)),
    ],
)
def test_all_nine_definitions_are_those_of_r(
    scores: tuple[int, ...], p: float, by_definition: tuple[float, ...]
) -> None:
    counts = [scores.count(point) for point in NINE_POINTS]
    for definition, expected in zip(DEFINITIONS, by_definition, strict=True):
        assert quantile(scores, p, definition=definition) == pytest.approx(expected, abs=1e-12)
        found = quantile_of_counts(counts, p, values=NINE_POINTS, definition=definition)
        assert found == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(("definition", "passing"), [(7, 406), (2, 406), (6, 226)])
def test_the_definition_decides_how_many_panels_of_ten_agree(definition: int, passing: int) -> None:
    # R 4.2.2, IQR(x, type = definition) <= 1 over all 1 001 multisets of ten ratings from 1 to 5.
    counts = every_multiset(10, points=5)
    ends = quantile_of_counts(counts, (0.25, 0.75), values=range(1, 6), definition=definition)
    assert len(counts) == 1001
    assert np.count_nonzero(ends[:, 1] - ends[:, 0] <= 1) == passing


def test_a_decimal_share_is_exact() -> None:
    # 0.7 * 10 is 7 on paper and in exact fractions: the mean of the 7th and the 8th of ten.
    assert quantile(range(1, 11), 0.7, definition=2) == 7.5
    assert quantile(range(1, 11), Fraction(7, 10), definition=1) == 7
    # 0.29 * 100 is 28.999999999999996 in floats: the 29th of a hundred, not the 28th.
    assert quantile(range(1, 101), 0.29, definition=1) == 29


def test_a_share_with_many_decimals_is_exact_too() -> None:
    # Place of 1/3 among 4, type 7: 1 + 3/3 = 2. A third in sixteen decimals is just below it.
    assert quantile([1, 2, 3, 4], 1 / 3) == pytest.approx(2, abs=1e-12)
    # Type 1 among 3 000: ceil(3000 / 3) = 1000.
    assert quantile(np.arange(1, 3001), 1 / 3, definition=1) == 1000
    found = quantile_of_counts([1000, 1000, 1000], 1 / 3, values=[1, 2, 3], definition=1)
    assert found == 1


@pytest.mark.parametrize("weights", [[10**6, 10**6, 10**6], [1e6, 1e6, 1e6]])
def test_a_weighted_share_with_many_decimals_does_not_overflow(weights: list[float]) -> None:
    # 0.1234567890123456 of 3 000 000 is 370 370 of the first million.
    assert weighted_quantile_of_counts(weights, 0.1234567890123456, values=[1, 2, 3]) == 1


@pytest.mark.parametrize("definition", DEFINITIONS)
def test_one_score_is_every_quantile_and_so_are_equal_ones(definition: int) -> None:
    for p in (0, 0.3, 0.5, 1):
        assert quantile([4], p, definition=definition) == 4
        assert quantile([NAN, 4, 4, 4], p, definition=definition) == 4
        assert quantile_of_counts([0, 0, 3], p, values=[1, 2, 9], definition=definition) == 9


@pytest.mark.parametrize("definition", DEFINITIONS)
def test_the_ends_are_the_smallest_and_the_largest_score(definition: int) -> None:
    assert quantile(TEN, 0, definition=definition) == 1
    assert quantile(TEN, 1, definition=definition) == 9
    ends = quantile_of_counts([0, 2, 1, 0], (0, 1), values=[1, 2, 3, 4], definition=definition)
    assert ends.tolist() == [2, 3]


@pytest.mark.parametrize("scores", [[], [NAN, NAN], [[NAN], [NAN]]])
def test_without_scores_there_is_no_quantile(scores: list) -> None:
    assert quantile(scores, 0.5) is None
    assert quantile(scores, 0.5, weights=scores and np.ones_like(scores), definition=2) is None


def test_counts_of_many_outcomes_are_those_of_each_and_nobody_is_nan() -> None:
    counts = [[[1, 0, 1], [0, 0, 0]], [[0, 2, 0], [3, 1, 0]]]
    found = quantile_of_counts(counts, (0.25, 0.5), values=[1, 5, 9])
    # Type 7: 1 and 9 give 3 and 5; 1 1 1 5 gives 1 and 1.
    np.testing.assert_array_equal(found, [[[3, 5], [NAN, NAN]], [[5, 5], [1, 1]]])
    assert quantile_of_counts(np.zeros((0, 3)), 0.5, values=[1, 5, 9]).shape == (0,)


def test_each_share_can_have_its_own_definition() -> None:
    counts = [TEN.count(point) for point in NINE_POINTS]
    found = quantile_of_counts(counts, (0.5, 0.3, 0.3), values=NINE_POINTS, definition=(2, 7, 2))
    assert found.tolist() == [7, pytest.approx(4.1), 3.5]  # as above, from R
    for definition in ((7,), (7, 7, 7, 7)):
        with pytest.raises(ValueError, match=r"^definition: "):
            quantile_of_counts(counts, (0.5, 0.3, 0.7), values=NINE_POINTS, definition=definition)


@pytest.mark.parametrize("kind", [np.uint8, np.int32, np.float64])
@pytest.mark.parametrize("definition", DEFINITIONS)
def test_counts_of_any_kind_of_number_are_counts(kind: type, definition: int) -> None:
    counts = np.array([200, 100, 200])  # beyond what 8 bits can add up
    found = quantile_of_counts(counts.astype(kind), 0.5, values=[1, 2, 3], definition=definition)
    assert found == 2


@pytest.mark.parametrize(
    ("definition", "quartiles"),
    [(2, (3.5, 6.5, 9)), (1, (3, 6, 9))],
)
def test_weighted_quartiles_of_nine_scores(definition: int, quartiles: tuple[float, ...]) -> None:
    # x = 1 to 9, the last weighing 4, 12 in all: a quarter is 3, reached exactly at 3; a half is 6, at 6;
    # three quarters is 9, passed at 9. R 4.2.2: quantile(rep(1:9, w), type = definition).
    weights = [1] * 8 + [4]
    for p, expected in zip((0.25, 0.5, 0.75), quartiles, strict=True):
        assert quantile(NINE_POINTS, p, weights=weights, definition=definition) == expected
        found = weighted_quantile_of_counts(weights, p, values=NINE_POINTS, definition=definition)
        assert found == expected


def test_repeating_the_rows_by_type_7_gives_other_quartiles() -> None:
    # R 4.2.2: quantile(rep(1:9, w)), and Hmisc::wtd.quantile(1:9, w): 3.75 6.50 9.00
    rows = np.repeat(NINE_POINTS, [1] * 8 + [4])
    assert [quantile(rows, p) for p in (0.25, 0.5, 0.75)] == [3.75, 6.5, 9]


@pytest.mark.parametrize(("definition", "low", "high"), [(1, 2, 3), (2, 2, 3)])
def test_weighted_ends_are_scores_that_somebody_gave(definition: int, low: float, high: float) -> None:
    for weights in ([0, 1, 1, 0], [0.0, 0.5, 0.5, 0.0]):
        ends = [
            weighted_quantile_of_counts(weights, p, values=[1, 2, 3, 4], definition=definition)
            for p in (0, 1)
        ]
        assert ends == [low, high]


def test_a_weighted_median_skips_points_without_weight() -> None:
    # Half of the weight lies exactly on 1: the mean of 1 and the next that has any, 9.
    assert weighted_quantile_of_counts([3, 0, 3], 0.5, values=[1, 5, 9]) == 5
    assert weighted_quantile_of_counts([3, 0, 3], 0.5, values=[1, 5, 9], definition=1) == 1


def test_weights_within_a_billionth_of_a_jump_are_on_it() -> None:
    # 0.1 + 0.7 is half of 1.6, but 0.7999999999999999 in floats: the mean of the second and the third.
    assert 0.1 + 0.7 < 0.8
    assert quantile([1, 2, 3], 0.5, weights=[0.1, 0.7, 0.8], definition=2) == 2.5
    assert quantile([1, 2, 3], 0.5, weights=[0.1, 0.7, 0.80001], definition=2) == 3


def test_scores_without_weight_and_weights_without_score_are_left_out() -> None:
    scores, weights = [1, NAN, 3, 9], [2, 7, 1, 0]
    assert quantile(scores, 0.5, weights=weights, definition=2) == 1
    assert quantile(scores, 1, weights=weights, definition=2) == 3
    assert quantile([1, 2], 0.5, weights=[0, 0], definition=2) is None


def test_weights_that_are_all_0_have_no_quantile() -> None:
    found = weighted_quantile_of_counts([[0, 0], [1, 0]], 0.5, values=[1, 2])
    np.testing.assert_array_equal(found, [NAN, 1])


@pytest.mark.parametrize(
    ("options", "name"),
    [
        ({"p": -0.1}, "p: -0.1"),
        ({"p": 1.1}, "p: 1.1"),
        ({"p": NAN}, "p: nan"),
        ({"p": float("inf")}, "p: inf"),
        ({"p": 0.5, "definition": 0}, "definition: 0"),
        ({"p": 0.5, "definition": 10}, "definition: 10"),
        ({"p": 0.5, "weights": [1, 1]}, "definition: 7, expected 1 or 2"),
        ({"p": 0.5, "weights": [1], "definition": 2}, "weights: 1"),
        ({"p": 0.5, "weights": [1, -1], "definition": 2}, "weights: "),
        ({"p": 0.5, "weights": [1, NAN], "definition": 2}, "weights: "),
        ({"p": 0.5, "weights": [1, float("inf")], "definition": 2}, "weights: "),
        ({"p": 0.5, "weights": [0.0, 0.0]}, "definition: 7"),
    ],
)
def test_what_a_quantile_cannot_use_is_named(options: dict, name: str) -> None:
    with pytest.raises(ValueError, match=f"^{name}"):
        quantile([1, 2], **options)


def test_an_infinite_score_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^x: "):
        quantile([1, float("inf")], 0.5)
    with pytest.raises(ValueError, match=r"^x: "):
        quantile([1, float("-inf")], 0.5, weights=[1, 1], definition=1)


@pytest.mark.parametrize(
    ("counts", "p", "values", "name"),
    [
        ([1, 2], 2, [1, 2], "p: 2"),
        ([1, 2], (), [1, 2], "p: expected"),
        ([1, 2], 0.5, [1, 2, 3], "counts: shape"),
        (3, 0.5, [1], "counts: shape"),
        ([1, -2], 0.5, [1, 2], "counts: "),
        ([1, 0.5], 0.5, [1, 2], "counts: "),
        ([1, NAN], 0.5, [1, 2], "counts: "),
        ([1, 2], 0.5, [2, 1], "values: "),
        ([1, 2], 0.5, [1, 1], "values: "),
        ([1, 2], 0.5, [1, NAN], "values: "),
        ([1, 2], 0.5, [1, float("inf")], "values: "),
        ([], 0.5, [], "values: "),
    ],
)
def test_counts_that_cannot_be_used_are_named(counts: list, p: float, values: list, name: str) -> None:
    with pytest.raises(ValueError, match=f"^{name}"):
        quantile_of_counts(counts, p, values=values)


@pytest.mark.parametrize(
    ("weights", "options", "name"),
    [
        ([1, 2, 3], {}, "weights: shape"),
        ([1, -2], {}, "weights: "),
        ([0.5, NAN], {}, "weights: "),
        ([0.5, float("inf")], {}, "weights: "),
        ([1, 2], {"definition": 7}, "definition: 7"),
        ([1, 2], {"p": -1}, "p: -1"),
    ],
)
def test_weights_that_cannot_be_used_are_named(weights: list, options: dict, name: str) -> None:
    with pytest.raises(ValueError, match=f"^{name}"):
        weighted_quantile_of_counts(weights, **{"p": 0.5, "values": [1, 2], **options})
