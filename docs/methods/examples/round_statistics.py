"""Worked examples of round-statistics.md; tools/methods_pages.py runs them."""
# ruff: noqa: T201 - examples print what the page shows

from analysis.counts import ResponseCounts
from analysis.round_statistics import round_statistics
from analysis.study.scale import Box

# %% One outcome, two groups
# 14 of 20 rated 7 to 9, which is 70 %; a survivor skipped it, and is in no n.
agree = Box("agree", 7, 9, "important")
rows = [
    ("survivors", "housing", 9, None, 6),
    ("survivors", "housing", 5, None, 4),
    ("survivors", "housing", None, "skipped", 1),
    ("providers", "housing", 8, None, 8),
    ("providers", "housing", 2, None, 2),
]
counts = ResponseCounts.from_rows(
    rows, groups=("survivors", "providers"), outcomes=("housing",), categories=range(1, 10)
)
found = round_statistics(counts, boxes=(agree,))
for row, name in enumerate(found.rows):
    n, k, share = found.n[row, 0], found.in_box[0, row, 0], found.shares[0, row, 0]
    print(f"{name or 'everyone'}: {k} of {n} = {share:.2f}, median {found.median[row, 0]}")
print(f"A of everyone {found.agreement[-1, 0]:.3f}, RAND/UCLA {found.rand_ucla.verdict[-1, 0]}")
