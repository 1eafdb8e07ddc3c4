"""Worked examples of comparison.md; tools/methods_pages.py runs them."""
# ruff: noqa: T201 - examples print what the page shows

import numpy as np

from analysis.comparison import (
    differences_from,
    kruskal_wallis,
    kruskal_wallis_counts,
    mann_whitney,
    mann_whitney_counts,
)
from analysis.hodges_lehmann import hodges_lehmann

# %% A difference of two shares
# 56 of 70 against 48 of 80; Newcombe (1998), table II, method 10: .0524 to .3339. There are two categories,
# of which the second is the box.
counts = np.array([[[32, 48]], [[14, 56]]])
found = differences_from(counts, reference=0, box=[False, True])
print(f"{found.share_difference[1, 0]:.3f}, {found.low[1, 0]:.4f} to {found.high[1, 0]:.4f}")

# %% Two groups by the order of their scores
# By hand: of the twelve pairs x is higher in eleven and ties in one, so U is 11.5, and a survivor drawn at
# random rates higher than a provider with probability 11.5/12.
survivors, providers = [7, 8, 9, 9], [3, 5, 7]
found = mann_whitney(survivors, providers)
print(f"U {found.statistic}, superiority {found.probability_of_superiority:.3f}, p {found.p_value:.3f}")
same = mann_whitney_counts([0, 0, 0, 0, 0, 0, 1, 1, 2], [0, 0, 1, 0, 1, 0, 1, 0, 0])
print(f"from counts: U {same.statistic}")

# %% By how many points
# The middle of the twelve differences, from 0 to 6.
found = hodges_lehmann(survivors, providers, confidence=0.9)
print(f"{found.estimate} points, {found.low} to {found.high} ({found.method})")

# %% Three groups
# By hand, nine scores without ties: mean ranks 8, 5 and 2, so H = 12/90 · (3·9 + 3·0 + 3·9) = 7.2, and
# epsilon squared = 7.2/8.
found = kruskal_wallis([[7, 8, 9], [4, 5, 6], [1, 2, 3]])
print(f"H {found.statistic:.2f}, df {found.df}, p {found.p_value:.4f}, effect {found.epsilon_squared:.2f}")
places = np.eye(9, dtype=np.int64)
by_group = np.stack([places[6:].sum(axis=0), places[3:6].sum(axis=0), places[:3].sum(axis=0)])
print(f"from counts: H {kruskal_wallis_counts(by_group).statistic:.2f}")
