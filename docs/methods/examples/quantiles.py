"""Worked examples of quantiles.md; tools/methods_pages.py runs them."""
# ruff: noqa: T201 - examples print what the page shows

from itertools import combinations_with_replacement

import numpy as np

from analysis.quantiles import quantile, quantile_of_counts, weighted_quantile_of_counts

# %% Quartiles of nine answers, one of which counts four times
# Types 1 and 2 weigh. Type 7 of twelve rows, the last repeated, is another number: its first quartile lies a
# quarter of the way from one score to the next.
scores, weights = range(1, 10), [1, 1, 1, 1, 1, 1, 1, 1, 4]
repeated = [*scores, 9, 9, 9]
for definition in (2, 1):
    found = [quantile(scores, p, weights=weights, definition=definition) for p in (0.25, 0.5, 0.75)]
    print(f"type {definition}, weighted:", *found)
print("type 7, repeated:", *(quantile(repeated, p) for p in (0.25, 0.5, 0.75)))

# %% The same from counts
counts = [1, 1, 1, 1, 1, 1, 1, 1, 4]
print(quantile_of_counts(counts, (0.25, 0.5, 0.75), values=range(1, 10)))
print(weighted_quantile_of_counts(counts, 0.25, values=range(1, 10)))

# %% What the type decides: a rule on the interquartile range
# "At most 1" for ten people on five points: of all 1,001 sets of ratings that there can be, so many pass.
sets = combinations_with_replacement(range(5), 10)
every = np.array([np.bincount(one, minlength=5) for one in sets])
for definition in (7, 2, 6):
    quartiles = quantile_of_counts(every, (0.25, 0.75), values=range(1, 6), definition=definition)
    passed = quartiles[:, 1] - quartiles[:, 0] <= 1
    print(f"type {definition}: {passed.sum()} of {len(every)}")
