"""Weights of any panel."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from analysis.study.weighting import Weighting, WeightScheme
from analysis.weights import group_weights
from tests.analysis.builders import EQUAL_GROUPS

HALF_FOR_SURVIVORS = Weighting("half", WeightScheme.TARGET_SHARE, {"s": Fraction(1, 2)})


@given(
    st.lists(st.integers(0, 50), min_size=3, max_size=3).filter(any),
    st.sampled_from([EQUAL_GROUPS, HALF_FOR_SURVIVORS]),
)
def test_schemes_that_share_a_whole_add_up_to_it_exactly(numbers: list[int], weighting: Weighting) -> None:
    n = dict(zip(("s", "o", "p"), numbers, strict=True))
    weights = group_weights(weighting, n)
    assert sum(weights[group] * n[group] for group in n) == 1
