"""Worked examples of disclosure.md; tools/methods_pages.py runs them."""
# ruff: noqa: T201 - examples print what the page shows

from fractions import Fraction

import numpy as np

from analysis.disclosure import hidden_figures, shown_dissents, suppress

# %% Which groups are not shown beside the figures of all
# At least five answers a group. Three policymakers alone could be had by subtracting, so the next smallest
# group is hidden with them: what is left is one figure for twelve people.
answered = {"survivors": 30, "policymakers": 3, "researchers": 9, "providers": 12}
hidden = hidden_figures(answered, minimum=5, weights=dict.fromkeys(answered, Fraction(1)))
print(sorted(hidden.groups), "- weighted figures hidden:", hidden.weighted)

# %% Which cells of a table
# Three people in one cell. Its row and column have totals, so hiding it alone is of no use: three more go.
table = np.array([[20, 3, 11], [9, 14, 8], [15, 16, 7]])
found = suppress(table, minimum=5)
print(found.shown)
print("totals", found.row_totals, found.column_totals, found.grand_total)

# %% How many dissents are shown
# Groups of 30 and 12 people are shown with their dissents, also a single one. Three policymakers are hidden,
# and with them nine researchers, so that subtracting from everyone gives a number for twelve people.
dissents = np.array([[1], [2], [0], [4]])
people = np.array([[30], [3], [9], [12]])
dissent = shown_dissents(dissents, people, minimum=5)
print(dissent.by_group[:, 0], "everyone", dissent.everyone[0])
