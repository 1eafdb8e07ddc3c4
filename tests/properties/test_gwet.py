"""Gwet's coefficients of any panel."""

from random import Random

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from analysis.agreement import gwet_ac
from analysis.agreement.gwet import Weights

POINTS = range(1, 6)
RATINGS = st.tuples(st.integers(0, 6), st.integers(0, 6)).flatmap(
    lambda shape: hnp.arrays(np.float64, shape, elements=st.sampled_from([1.0, 2, 3, 5, float("nan")]))
)
WEIGHTS = st.sampled_from(["identity", "ordinal", "quadratic"])


def coefficient(ratings: np.ndarray, weights: Weights = "identity") -> float | None:
    return gwet_ac(ratings, categories=POINTS, weights=weights).coefficient


def near(value: float | None) -> object:
    return value if value is None else pytest.approx(value, abs=1e-9)


@given(RATINGS, WEIGHTS, st.randoms())
def test_the_order_of_raters_and_outcomes_does_not_matter(
    ratings: np.ndarray, weights: Weights, random: Random
) -> None:
    raters, outcomes = (random.sample(range(n), n) for n in ratings.shape)
    assert coefficient(ratings[raters][:, outcomes], weights) == near(coefficient(ratings, weights))


@given(RATINGS, WEIGHTS)
def test_whoever_skips_everything_changes_nothing(ratings: np.ndarray, weights: Weights) -> None:
    rater, outcome = np.full((1, ratings.shape[1]), np.nan), np.full((len(ratings), 1), np.nan)
    found = gwet_ac(ratings, categories=POINTS, weights=weights)
    assert gwet_ac(np.vstack((ratings, rater)), categories=POINTS, weights=weights) == found
    assert gwet_ac(np.hstack((ratings, outcome)), categories=POINTS, weights=weights) == found


@given(RATINGS, WEIGHTS)
def test_the_scale_can_be_read_from_either_end(ratings: np.ndarray, weights: Weights) -> None:
    assert coefficient(6 - ratings, weights) == near(coefficient(ratings, weights))


@given(RATINGS, WEIGHTS)
def test_agreement_is_1_at_most_and_1_only_within_every_outcome(
    ratings: np.ndarray, weights: Weights
) -> None:
    found = coefficient(ratings, weights)
    assume(found is not None)
    different = [len({*outcome[~np.isnan(outcome)]}) > 1 for outcome in ratings.T]
    assert (found == pytest.approx(1, abs=1e-12)) == (not any(different))
    assert found <= 1 + 1e-12


@given(RATINGS)
def test_a_near_miss_earns_credit(ratings: np.ndarray) -> None:
    plain, ordinal, quadratic = (
        gwet_ac(ratings, categories=POINTS, weights=weights).observed
        for weights in ("identity", "ordinal", "quadratic")
    )
    if plain is not None and ordinal is not None and quadratic is not None:
        assert plain <= ordinal + 1e-12
        assert ordinal <= quadratic + 1e-12


@given(RATINGS)
def test_repeated_raters_agree_more_with_themselves(ratings: np.ndarray) -> None:
    """The replication law fails, as it must, wherever somebody disagrees."""
    once, twice = coefficient(ratings), coefficient(np.vstack((ratings, ratings)))
    assume(once is not None and once < 1 - 1e-9)
    full = np.count_nonzero(~np.isnan(ratings), axis=0)
    assume((full != 1).all())
    assert twice is not None
    assert twice > once
