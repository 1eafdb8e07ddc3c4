"""Worked examples of stability.md; tools/methods_pages.py runs them."""
# ruff: noqa: T201 - examples print what the page shows

import numpy as np

from analysis.stability import (
    bowker,
    changes,
    icc_agreement,
    paired_table,
    paired_tables,
    percentage_change,
    rank_correlation,
    stuart_maxwell,
    weighted_kappa,
    wilcoxon,
    wilcoxon_of_tables,
)

# %% One outcome in two rounds: nine people, eight of them both times
# Begin with who changed. Three of eight went up, none down.
NA = float("nan")
before = np.array([5, 6, 7, 7, 7, 8, 8, 9, 4])
after = np.array([7, 7, 8, 7, 7, 8, 8, 9, NA])
found = changes(before[:, None], after[:, None])
print(f"n {found.n[0]}, changed {found.share_changed[0]}, up {found.share_up[0]}, down {found.share_down[0]}")
print(f"mean distance {found.mean_absolute_change[0]} points")
print(f"ICC(A,1) {icc_agreement(before, after).value:.3f}")

# %% The same answers, tested
# Signed ranks by hand: the three differences are 1, 1 and 2, so their ranks are 1.5, 1.5 and 3, all of them
# upwards. With the zeros ranked too (Pratt), they are 6.5, 6.5 and 8.
for zeros in ("wilcox", "pratt"):
    found = wilcoxon(before, after, zeros=zeros)
    print(f"{zeros}: statistic {found.statistic}, p {found.p_value:.3f}, {found.n_changed} changed")

# %% A table of before by after
table = paired_table(before, after, categories=range(4, 10))
print(table)
print("people in both rounds:", table.sum())
print(
    "the same for many outcomes:",
    paired_tables(before[:, None], after[:, None], categories=range(4, 10)).shape,
)

# %% Signed ranks of the table
# The same p as from the ratings.
print(f"p {wilcoxon_of_tables(table).p_value:.3f}")

# %% Tests and kappa of a large square table
# Unaided vision of 7,477 women, right eye by left (Stuart 1953; R's packages irr and coin). R: Bowker 19.107
# with 6 degrees, p .0040; Stuart-Maxwell 11.957; kappa .595, .652 and .702.
vision = [[1520, 266, 124, 66], [234, 1512, 432, 78], [117, 362, 1772, 205], [36, 82, 179, 492]]
for test in (bowker, stuart_maxwell):
    found = test(vision)
    print(f"{test.__name__}: {found.statistic:.3f}, df {found.df}, p {found.p_value:.4f}")
for weights in ("unweighted", "linear", "quadratic"):
    print(f"kappa, {weights}: {weighted_kappa(vision, weights=weights).value:.3f}")

# %% How much of a distribution moved
# Three of twenty would have to move: exactly .15, which is not under .15.
print(percentage_change([2, 8, 10], [2, 5, 13]))

# %% Whether the outcomes keep their order
# Medians of five outcomes; the third and fourth change places.
print(f"{rank_correlation([9, 8, 7, 6, 4], [9, 8, 6, 7, 4]):.1f}")
