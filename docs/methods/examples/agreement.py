"""Worked examples of agreement.md; tools/methods_pages.py runs them."""
# ruff: noqa: T201 - examples print what the page shows

import numpy as np

from analysis.agreement import gwet_ac, kendall_w, krippendorff_alpha

# %% Kendall's W: the anxiety of twenty people, rated by three
# R's package irr (data `anxiety`) gives W .540, without correction for ties .502, chi-squared 30.76 and p
# .0429. The permutation p is smaller: with three raters chi-squared is too cautious.
anxiety = [
    [3, 3, 3, 4, 5, 5, 2, 3, 5, 2, 2, 6, 1, 5, 2, 2, 1, 2, 4, 3],
    [3, 6, 4, 6, 2, 4, 2, 4, 3, 3, 2, 3, 3, 3, 2, 2, 1, 3, 3, 4],
    [2, 1, 4, 4, 3, 2, 1, 6, 1, 1, 1, 2, 3, 3, 1, 1, 3, 3, 2, 2],
]
found = kendall_w(anxiety, permutations=5000, rng=np.random.default_rng(1))
print(f"W {found.w:.3f}, uncorrected {found.w_uncorrected:.3f}")
print(f"chi-squared {found.chi2:.2f}, df {found.df}, p {found.p_value:.4f}")
print(f"permutation p {found.p_permutation:.3f}")

# %% Krippendorff's alpha: four raters, twelve outcomes, some answers missing
# The textbook's example: nominal .743, ordinal .815, interval .849, ratio .797.
NA = float("nan")
ratings = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, NA, NA, NA],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NA, 3],
    [NA, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NA],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NA],
]
for metric in ("nominal", "ordinal", "interval", "ratio"):
    print(f"{metric}: {krippendorff_alpha(ratings, metric=metric).alpha:.3f}")

# %% Gwet's AC1 and AC2 of the same answers
# R's package irrCAC gives .775 (AC1) and .914 (quadratic weights).
for weights in ("identity", "quadratic"):
    found = gwet_ac(ratings, categories=range(1, 6), weights=weights)
    print(f"{weights}: {found.coefficient:.3f}, observed {found.observed:.3f}, chance {found.expected:.3f}")

# %% Consensus nearly everywhere, and hardly any alpha
# Ten people, ten outcomes. Nine outcomes have the same nine answers of ten in 7 to 9, from other people each
# time; one divides the panel. Alpha and W find little to tell outcomes apart by, AC2 stays high, and none of
# them says which outcome it is.
agreed = [9, 9, 9, 9, 8, 8, 8, 7, 7, 5]
panel = np.array([*(agreed[at:] + agreed[:at] for at in range(9)), [9, 9, 8, 7, 6, 5, 5, 4, 3, 2]]).T
print("share rating 7 to 9:", *(panel >= 7).mean(axis=0))
print(f"alpha {krippendorff_alpha(panel).alpha:.2f}, W {kendall_w(panel).w:.2f}")
print(f"AC2 {gwet_ac(panel, categories=range(1, 10), weights='quadratic').coefficient:.2f}")
