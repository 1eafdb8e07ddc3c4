"""Changes, percentage change, ICC and order of outcomes, of any two rounds."""

from random import Random

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from analysis.stability import changes, icc_agreement, percentage_change, rank_correlation

SCORES = st.sampled_from([1.0, 2, 3, 5, 9, float("nan")])
ROUNDS = st.tuples(st.integers(0, 8), st.integers(0, 4)).flatmap(
    lambda shape: hnp.arrays(np.float64, (2, *shape), elements=SCORES)
)
PAIRS = st.integers(0, 10).flatmap(lambda n: hnp.arrays(np.float64, (2, n), elements=SCORES))
COUNTS = st.integers(1, 6).flatmap(lambda k: hnp.arrays(np.int64, (2, k), elements=st.integers(0, 30)))
FIELDS = ("n", "share_changed", "share_up", "share_down", "mean_absolute_change")


def near(value: float | None) -> object:
    return value if value is None else pytest.approx(value, abs=1e-9)


def shuffled(values: np.ndarray, random: Random) -> np.ndarray:
    order = random.sample(range(values.shape[1]), values.shape[1])
    return values[:, order]


@given(ROUNDS, st.randoms())
def test_changes_do_not_depend_on_the_order_of_people_or_on_those_who_skip(
    rounds: np.ndarray, random: Random
) -> None:
    absent = np.full((2, 1, rounds.shape[2]), np.nan)
    found, other = changes(*rounds), changes(*np.concatenate((shuffled(rounds, random), absent), axis=1))
    for field in FIELDS:
        np.testing.assert_array_equal(getattr(other, field), getattr(found, field))


@given(ROUNDS)
def test_those_who_changed_went_up_or_down(rounds: np.ndarray) -> None:
    found = changes(*rounds)
    np.testing.assert_allclose(found.share_up + found.share_down, found.share_changed, atol=1e-12)


@given(ROUNDS)
def test_rounds_in_reverse_turn_up_into_down(rounds: np.ndarray) -> None:
    forth, back = changes(*rounds), changes(*rounds[::-1])
    np.testing.assert_array_equal(back.share_down, forth.share_up)
    np.testing.assert_array_equal(back.mean_absolute_change, forth.mean_absolute_change)


@given(COUNTS, st.randoms(), st.integers(2, 5), st.integers(2, 5))
def test_percentage_change_knows_neither_order_nor_size(
    counts: np.ndarray, random: Random, first: int, second: int
) -> None:
    """The replication law holds, round by round: it compares shares."""
    found = percentage_change(*counts)
    assert percentage_change(*shuffled(counts, random)) == found
    assert percentage_change(first * counts[0], second * counts[1]) == found
    assert percentage_change(*counts[::-1]) == found


@given(COUNTS)
def test_percentage_change_is_0_for_the_same_shares_only_and_1_at_most(counts: np.ndarray) -> None:
    found = percentage_change(*counts)
    assume(found is not None)
    before, after = counts
    assert (found == 0) == np.array_equal(before * after.sum(), after * before.sum())
    assert 0 <= found <= 1


@given(PAIRS, st.randoms(), st.integers(-20, 20))
def test_icc_does_not_depend_on_order_rounds_or_where_the_scale_begins(
    pairs: np.ndarray, random: Random, shift: int
) -> None:
    found = icc_agreement(*pairs)
    for other in (shuffled(pairs, random), pairs[::-1], pairs + shift, -3 * pairs):
        assert icc_agreement(*other).value == near(found.value)
    absent = np.array([[np.nan, 4], [7, np.nan]])
    assert icc_agreement(*np.hstack((pairs, absent))) == found


@given(PAIRS)
def test_icc_is_1_at_most_and_only_where_nobody_changed(pairs: np.ndarray) -> None:
    value = icc_agreement(*pairs).value
    assume(value is not None)
    before, after = pairs[:, ~np.isnan(pairs).any(axis=0)]
    assert (value == 1) == np.array_equal(before, after)
    assert value <= 1


@given(PAIRS, st.integers(1, 5))
def test_a_panel_that_moves_as_one_agrees_less(pairs: np.ndarray, step: int) -> None:
    stayed, moved = (icc_agreement(pairs[0], pairs[0] + by).value for by in (0, step))
    assume(stayed is not None)
    assert moved is not None
    assert moved < stayed


@given(PAIRS, st.randoms())
def test_the_order_of_outcomes_is_kept_by_whatever_keeps_the_order(pairs: np.ndarray, random: Random) -> None:
    found = rank_correlation(*pairs)
    assert rank_correlation(pairs[0] ** 3, pairs[1] * 2 - 40) == found
    assert rank_correlation(*pairs[::-1]) == found
    assert rank_correlation(*shuffled(pairs, random)) == near(found)
    if found is not None:
        assert -1 <= found <= 1
        assert rank_correlation(pairs[0], -pairs[1]) == -found
