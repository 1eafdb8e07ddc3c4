"""Content validity against all ways to vote, SciPy's binomial distribution, and pandas."""

from collections import Counter
from fractions import Fraction
from itertools import product

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binom

from analysis.content_validity import (
    cvr,
    cvr_critical,
    item_cvis,
    modified_kappa,
    scale_cvi_average,
    scale_cvi_universal,
)

NAN = float("nan")


@pytest.mark.parametrize("alpha", [0.001, 0.01, 0.05, 0.1, 0.25, 0.5])
def test_the_critical_ratio_is_the_first_that_few_of_all_votes_reach(alpha: float) -> None:
    for n in range(1, 14):
        votes = Counter(sum(vote) for vote in product((0, 1), repeat=n))
        reached = (
            k for k in range(n + 1) if sum(votes[j] for j in range(k, n + 1)) <= Fraction(alpha) * 2**n
        )
        first = next(reached, None)
        assert cvr_critical(n, alpha) == (None if first is None else cvr(first, n))


def test_the_critical_ratio_is_that_of_scipys_binomial_distribution() -> None:
    alphas = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.2]
    for n in range(1, 201):
        tails = binom.sf(np.arange(n + 1) - 1, n, 0.5)
        for alpha in alphas:
            rare = np.flatnonzero(tails <= alpha)
            assert cvr_critical(n, alpha) == (cvr(int(rare[0]), n) if rare.size else None)


def test_modified_kappa_is_that_from_scipys_binomial_distribution() -> None:
    for n in range(1, 61):
        chances = binom.pmf(np.arange(n + 1), n, 0.5)
        for agree, chance in enumerate(chances):
            peer = (agree / n - chance) / (1 - chance)
            assert modified_kappa(agree, n) == pytest.approx(peer, abs=1e-9)


def test_indices_are_those_of_pandas() -> None:
    rng = np.random.default_rng(21)
    for _ in range(1000):
        shape = int(rng.integers(0, 9)), int(rng.integers(1, 6))
        ratings = rng.choice([1.0, 2, 3, 4, 4, NAN], size=shape)
        if rng.random() < 0.3:
            ratings[:, 0] = rng.choice([4.0, NAN])
        frame = pd.DataFrame(ratings)
        items = (frame >= 3).where(frame.notna()).astype(float).mean()
        np.testing.assert_allclose(item_cvis(ratings), items, rtol=0, atol=1e-9)
        average, universal = scale_cvi_average(ratings), scale_cvi_universal(ratings)
        if items.isna().all():
            assert (average, universal) == (None, None)
        else:
            assert average == pytest.approx(items.mean(), abs=1e-9)
            assert universal == pytest.approx((items.dropna() == 1).mean(), abs=1e-9)
