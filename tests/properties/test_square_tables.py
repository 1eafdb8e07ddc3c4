"""Tests and kappa of any before-by-after table."""

from collections.abc import Callable
from random import Random

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from analysis.stability import (
    ChiSquareTest,
    bowker,
    changes,
    paired_tables,
    percentage_change,
    stuart_maxwell,
    weighted_kappa,
)
from analysis.stability.kappa import Weights

Test = Callable[[np.ndarray], ChiSquareTest]

TABLES = st.integers(1, 6).flatmap(lambda k: hnp.arrays(np.int64, (k, k), elements=st.integers(0, 12)))
WEIGHTS = st.sampled_from(["unweighted", "linear", "quadratic"])
SCORES = st.sampled_from([1.0, 2, 3, 4, float("nan")])
ROUNDS = st.tuples(st.integers(0, 8), st.integers(0, 4)).flatmap(
    lambda shape: hnp.arrays(np.float64, (2, *shape), elements=SCORES)
)
BOTH = pytest.mark.parametrize("function", [bowker, stuart_maxwell])


def near(value: float | None) -> object:
    return value if value is None else pytest.approx(value, abs=1e-9, rel=1e-9)


@BOTH
@given(table=TABLES, random=st.randoms())
def test_the_order_of_categories_does_not_matter_to_a_test(
    function: Test, table: np.ndarray, random: Random
) -> None:
    order = random.sample(range(len(table)), len(table))
    assert function(table[order][:, order]).statistic == near(function(table).statistic)


@BOTH
@given(table=TABLES)
def test_before_and_after_can_change_places_in_a_test(function: Test, table: np.ndarray) -> None:
    assert function(table.T).statistic == near(function(table).statistic)


@BOTH
@given(table=TABLES, at=st.integers(0, 5))
def test_more_people_who_stay_change_no_statistic(function: Test, table: np.ndarray, at: int) -> None:
    at %= len(table)
    assume(table[at].any() or table[:, at].any())
    more = table.copy()
    more[at, at] += 50
    assert function(more).statistic == near(function(table).statistic)


@BOTH
@given(table=TABLES, times=st.integers(2, 4))
def test_people_who_are_repeated_multiply_a_statistic(function: Test, table: np.ndarray, times: int) -> None:
    """The replication law fails, as it must: repeated people are no new information."""
    once, repeated = function(table).statistic, function(times * table).statistic
    assert repeated == near(None if once is None else times * once)


@BOTH
@given(table=TABLES)
def test_statistics_and_p_values_keep_to_their_ranges(function: Test, table: np.ndarray) -> None:
    found = function(table)
    assert (found.statistic is None) == (found.p_value is None)
    if found.statistic is not None and found.p_value is not None:
        assert found.statistic >= -1e-9
        assert 0 <= found.p_value <= 1


@given(TABLES)
def test_statistics_of_shares_ask_less_than_those_of_symmetry(table: np.ndarray) -> None:
    marginal, symmetry = stuart_maxwell(table).statistic, bowker(table).statistic
    if marginal is not None and symmetry is not None:
        assert marginal <= symmetry + 1e-9


@given(TABLES, WEIGHTS, st.integers(2, 4))
def test_repeated_people_leave_kappa_as_it_is(table: np.ndarray, weights: Weights, times: int) -> None:
    once, repeated = (weighted_kappa(t, weights=weights) for t in (table, times * table))
    assert repeated.value == near(once.value)
    assert repeated.share_same == once.share_same


@given(TABLES, WEIGHTS)
def test_kappa_takes_either_round_first_and_the_scale_from_either_end(
    table: np.ndarray, weights: Weights
) -> None:
    value = near(weighted_kappa(table, weights=weights).value)
    assert weighted_kappa(table.T, weights=weights).value == value
    assert weighted_kappa(table[::-1, ::-1], weights=weights).value == value


@given(TABLES, WEIGHTS)
def test_unused_categories_at_the_ends_of_the_scale_leave_kappa_as_it_is(
    table: np.ndarray, weights: Weights
) -> None:
    assert weighted_kappa(np.pad(table, 1), weights=weights) == weighted_kappa(table, weights=weights)


@given(TABLES, WEIGHTS)
def test_kappa_is_1_only_where_nobody_changed(table: np.ndarray, weights: Weights) -> None:
    found = weighted_kappa(table, weights=weights)
    assume(found.value is not None)
    assert (found.value == 1) == (found.share_same == 1)
    assert found.value <= 1


@given(ROUNDS, st.randoms())
def test_tables_do_not_depend_on_the_order_of_people_or_on_those_who_skip(
    rounds: np.ndarray, random: Random
) -> None:
    before, after = rounds
    order = random.sample(range(len(before)), len(before))
    absent = np.full((1, before.shape[1]), np.nan)
    tables = paired_tables(before, after, categories=(1, 2, 3, 4))
    others = (np.vstack((one[order], absent)) for one in (before, after))
    np.testing.assert_array_equal(paired_tables(*others, categories=(1, 2, 3, 4)), tables)


@given(ROUNDS)
def test_tables_changes_and_kappa_tell_of_the_same_people(rounds: np.ndarray) -> None:
    tables, found = paired_tables(*rounds, categories=(1, 2, 3, 4)), changes(*rounds)
    np.testing.assert_array_equal(found.n, tables.sum(axis=(1, 2)))
    for table, changed in zip(tables, found.share_changed, strict=True):
        same = weighted_kappa(table).share_same
        assert np.isnan(changed) if same is None else changed == pytest.approx(1 - same, abs=1e-12)
        moved = percentage_change(table.sum(axis=1), table.sum(axis=0))
        assert moved is None or moved <= changed + 1e-12
