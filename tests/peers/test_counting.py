"""Counts against NumPy's bincount and pandas' cross-tables."""

import numpy as np
import pandas as pd
import pytest

from analysis.counting import codes_of, count_pairs, count_scores


def random_scores(rng: np.random.Generator, low: int, high: int) -> np.ndarray:
    """Matrices of 0 to 12 raters by 0 to 7 outcomes, some all missing, in either layout."""
    shape = int(rng.integers(0, 13)), int(rng.integers(0, 8))
    scores = rng.integers(low, high + 1, size=shape).astype(float)
    scores[rng.random(shape) < rng.choice([0, 0.3, 1])] = np.nan
    return np.asfortranarray(scores) if rng.random() < 0.3 else scores


def random_scale(rng: np.random.Generator) -> tuple[int, int]:
    low = int(rng.choice([-7, 0, 1, 1, 3]))
    return low, low + int(rng.integers(0, 15))


def test_counts_are_those_of_bincount() -> None:
    rng = np.random.default_rng(1)
    for _ in range(1000):
        low, high = random_scale(rng)
        scores, groups = random_scores(rng, low, high), int(rng.integers(1, 5))
        group_of = rng.integers(0, groups, size=len(scores))
        found = count_scores(scores, group_of, groups=groups, low=low, high=high)
        for group in range(groups):
            for outcome in range(scores.shape[1]):
                mine = scores[group_of == group, outcome]
                places = (mine[~np.isnan(mine)] - low).astype(int)
                peer = np.bincount(places, minlength=high - low + 1)
                np.testing.assert_array_equal(found[group, outcome], peer)


@pytest.mark.parametrize(("raters", "outcomes"), [(70_001, 1), (9_001, 17), (3, 40_001), (1, 70_002)])
def test_counts_of_more_than_a_block_are_those_of_bincount(raters: int, outcomes: int) -> None:
    rng = np.random.default_rng(raters)
    scores = rng.choice([*range(1, 10), np.nan], size=(raters, outcomes))
    group_of = rng.integers(0, 3, size=raters)
    found = count_scores(scores, group_of, groups=3, low=1, high=9)
    cells = (group_of[:, None] * outcomes + np.arange(outcomes)) * 9 + np.nan_to_num(scores, nan=1) - 1
    peer = np.bincount(cells[~np.isnan(scores)].astype(int), minlength=27 * outcomes)
    np.testing.assert_array_equal(found, peer.reshape(3, outcomes, 9))


def test_pairs_are_those_of_a_cross_table() -> None:
    rng = np.random.default_rng(2)
    for _ in range(300):  # of about four outcomes each
        low, high = random_scale(rng)
        before = random_scores(rng, low, high)
        after = rng.permuted(before, axis=0)
        found, points = count_pairs(before, after, low=low, high=high), range(low, high + 1)
        assert found.shape == (before.shape[1], len(points), len(points))
        for outcome, table in enumerate(found):
            pairs = pd.DataFrame({"before": before[:, outcome], "after": after[:, outcome]}).dropna()
            peer = pd.crosstab(pairs["before"], pairs["after"]).reindex(
                index=points, columns=points, fill_value=0
            )
            np.testing.assert_array_equal(table, peer.to_numpy(dtype=int))


def test_codes_are_those_one_by_one_and_wrong_scores_are_found() -> None:
    rng = np.random.default_rng(3)
    refused = 0
    for _ in range(1000):
        low, high = random_scale(rng)
        scores = rng.choice([low, high, (low + high) // 2, np.nan], size=(3, 2))
        if rng.random() < 0.5:
            wrong = rng.choice([low - 1, high + 1, low + 0.5, low + 256, np.inf, -np.inf, low - 256, 1e19])
            scores[rng.integers(3), rng.integers(2)] = wrong
            with pytest.raises(ValueError, match=r"^scores: "):
                codes_of(scores, low=low, high=high)
            refused += 1
            continue
        expected = [[0 if np.isnan(one) else int(one) - low + 1 for one in row] for row in scores]
        np.testing.assert_array_equal(codes_of(scores, low=low, high=high), expected)
    assert refused > 300
