"""The average percent of majority opinions of any round."""

from random import Random

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from analysis.apmo import average_percent_of_majority_opinions

# (outcomes, 3): agree, disagree, neither
ROUNDS = st.integers(0, 6).flatmap(lambda n: hnp.arrays(np.int64, (n, 3), elements=st.integers(0, 20)))


def cut_off(counts: np.ndarray) -> float | None:
    agree, disagree, _ = counts.T
    return average_percent_of_majority_opinions(agree, disagree=disagree, opinions=counts.sum(axis=1))


@given(ROUNDS, st.randoms(), st.integers(1, 4))
def test_the_cut_off_knows_neither_order_nor_repetition(
    counts: np.ndarray, random: Random, times: int
) -> None:
    """The replication law holds: it is a share."""
    order = random.sample(range(len(counts)), len(counts))
    assert cut_off(times * counts[order]) == cut_off(counts)


@given(ROUNDS)
def test_agreeing_and_disagreeing_count_alike(counts: np.ndarray) -> None:
    assert cut_off(counts[:, [1, 0, 2]]) == cut_off(counts)


@given(ROUNDS)
def test_the_cut_off_is_a_share_wherever_there_are_opinions(counts: np.ndarray) -> None:
    found = cut_off(counts)
    assert (found is None) == (not counts.any())
    if found is not None:
        assert 0 <= found <= 1


@given(ROUNDS)
def test_an_outcome_that_nobody_answered_changes_nothing(counts: np.ndarray) -> None:
    assert cut_off(np.vstack((counts, [[0, 0, 0]]))) == cut_off(counts)
