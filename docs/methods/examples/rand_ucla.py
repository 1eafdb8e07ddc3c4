"""Worked examples of rand-ucla.md; tools/methods_pages.py runs them."""
# ruff: noqa: T201 - examples print what the page shows

from itertools import combinations_with_replacement

import numpy as np

from analysis.rand_ucla import appropriateness, appropriateness_of_counts

# %% Three panels of nine, by two types of quantile
# The last panel is appropriate by type 7 and uncertain by type 2, with the same answers.
panels = ([7, 7, 7, 8, 8, 8, 9, 9, 9], [1, 1, 1, 5, 5, 5, 9, 9, 9], [1, 2, 3, 7, 7, 8, 8, 9, 9])
for scores in panels:
    print(*scores)
    for definition in (7, 2):
        found = appropriateness(scores, definition=definition)
        numbers = f"IPR {found.ipr:.1f}, IPRAS {found.ipras:.2f}, index {found.disagreement_index:.3f}"
        print(f"  type {definition}: median {found.median:.0f}, {numbers}, {found.verdict}")

# %% How many verdicts the type decides
# All 24,310 sets of ratings that nine people can give on nine points.
sets = combinations_with_replacement(range(9), 9)
every = np.array([np.bincount(one, minlength=9) for one in sets])
apart = {kind: appropriateness_of_counts(every, definition=kind).disagreement for kind in (7, 1, 2, 6)}
for kind, disagreement in apart.items():
    print(f"type {kind}: {disagreement.sum()} with disagreement")
print(f"types 7 and 2 part in {(apart[7] != apart[2]).sum()} of {len(every)}")

# %% The classic count of extremes
# Nine raters: three in 1 to 3 and three in 7 to 9 are disagreement.
print(appropriateness([1, 2, 3, 7, 7, 8, 8, 9, 9], method="classic").disagreement)
print(appropriateness([1, 2, 4, 7, 7, 8, 8, 9, 9], method="classic").disagreement)
