"""Content validity of any panel."""

from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from analysis.content_validity import (
    cvr,
    cvr_critical,
    item_cvi,
    item_cvis,
    modified_kappa,
    scale_cvi_average,
    scale_cvi_universal,
)

VOTES = st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
RATINGS = st.tuples(st.integers(0, 7), st.integers(0, 5)).flatmap(
    lambda shape: hnp.arrays(np.float64, shape, elements=st.sampled_from([1.0, 2, 3, 4, float("nan")]))
)


@given(VOTES)
def test_votes_the_other_way_round_turn_the_ratio_about(vote: tuple[int, int]) -> None:
    essential, n = vote
    ratio, other = cvr(essential, n), cvr(n - essential, n)
    assert ratio is not None
    assert other == -ratio


@given(st.integers(0, 120), st.floats(1e-6, 0.5), st.floats(1e-6, 0.5))
def test_a_stricter_alpha_never_asks_for_less(n: int, one: float, other: float) -> None:
    strict, lenient = (cvr_critical(n, alpha) for alpha in sorted((one, other)))
    if lenient is None:
        assert strict is None
    if strict is not None and lenient is not None:
        assert lenient <= strict


@given(VOTES)
def test_modified_kappa_is_at_most_the_share_and_1_only_where_all_agree(vote: tuple[int, int]) -> None:
    agree, n = vote
    kappa = modified_kappa(agree, n)
    assert kappa is not None
    assert kappa <= agree / n
    assert (kappa == 1) == (agree == n)


@given(RATINGS, st.randoms(), st.integers(1, 3))
def test_indices_know_neither_order_nor_repetition_nor_those_who_skip(
    ratings: np.ndarray, random: Random, times: int
) -> None:
    """The replication law holds: they are shares."""
    raters, items = (random.sample(range(n), n) for n in ratings.shape)
    absent = np.full((1, ratings.shape[1]), np.nan)
    other = np.vstack((*[ratings[raters]] * times, absent))[:, items]
    np.testing.assert_array_equal(item_cvis(other), item_cvis(ratings)[items])
    assert scale_cvi_universal(other) == scale_cvi_universal(ratings)
    average = scale_cvi_average(ratings)
    assert scale_cvi_average(other) == (average if average is None else pytest.approx(average, abs=1e-12))


@given(RATINGS)
def test_universal_agreement_is_at_most_the_average(ratings: np.ndarray) -> None:
    average, universal = scale_cvi_average(ratings), scale_cvi_universal(ratings)
    if average is None or universal is None:
        assert average is universal
    else:
        assert universal <= average + 1e-12


@given(RATINGS)
def test_items_at_once_are_the_items_one_by_one(ratings: np.ndarray) -> None:
    one_by_one = [item_cvi(item) for item in ratings.T]
    expected = [np.nan if index is None else index for index in one_by_one]
    np.testing.assert_array_equal(item_cvis(ratings), expected)
