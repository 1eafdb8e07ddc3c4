"""Each person's mean score and the comparison of those who left, against pandas."""

import numpy as np
import pandas as pd
import pytest

from analysis.attrition import compare_leavers


def test_means_and_medians_by_group_are_those_of_pandas() -> None:
    rng = np.random.default_rng(41)
    for _ in range(300):
        people = int(rng.integers(0, 12))
        scores = rng.integers(1, 10, size=(people, 4)).astype(float)
        scores[rng.random(scores.shape) < rng.choice([0, 0.5])] = np.nan
        groups, stayed = list(rng.choice(["s", "r"], size=people)), rng.random(people) < 0.6
        mean = pd.DataFrame(scores, columns=list("abcd"), dtype=float).mean(axis=1)
        table = pd.DataFrame({"mean": mean, "group": groups, "stayed": stayed})
        for found in compare_leavers(scores, groups=groups, retained=stayed):
            mine = table if found.group is None else table[table["group"] == found.group]
            for some, means, median in (
                (mine[mine["stayed"]], found.means_stayed, found.median_stayed),
                (mine[~mine["stayed"]], found.means_left, found.median_left),
            ):
                expected = some["mean"].dropna().sort_values()
                assert means == pytest.approx(tuple(expected), abs=1e-9)
                assert (median is None) == expected.empty
                assert median is None or median == pytest.approx(expected.median(), abs=1e-9)
