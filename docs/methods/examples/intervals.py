"""Worked examples of intervals.md; tools/methods_pages.py runs them."""
# ruff: noqa: T201 - examples print what the page shows

from analysis.intervals import clopper_pearson, wilson

# %% 14 of 20
# R gives .481 to .855 (`prop.test` without correction) and .457 to .881 (`binom.test`). A share that just
# passes "at least 70 %" could as well have been 50 or 85.
for name, method in (("Wilson", wilson), ("Clopper-Pearson", clopper_pearson)):
    interval = method(14, 20)
    print(f"{name}: {interval.low:.3f} to {interval.high:.3f}")

# %% Nobody, everybody, and nobody asked
for k, n in ((0, 20), (20, 20)):
    interval = wilson(k, n)
    print(f"{k} of {n}: {interval.low:.3f} to {interval.high:.3f}")
print("0 of 0:", wilson(0, 0).low, wilson(0, 0).high)
