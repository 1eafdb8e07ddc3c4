"""Worked examples of dispersion.md; tools/methods_pages.py runs them."""
# ruff: noqa: T201 - examples print what the page shows

from analysis.dispersion import is_bimodal, polarisation, spread_of_counts, tastle_wierman, van_der_eijk_a

# %% van der Eijk's A on seven points
# The example of van der Eijk (2001); a second implementation gives .6113.
counts = [30, 40, 210, 130, 530, 50, 10]
print(f"A {van_der_eijk_a(counts):.4f}, polarisation {polarisation(counts):.4f}")
print("one category", van_der_eijk_a([0, 0, 9, 0, 0]))
print("even        ", van_der_eijk_a([2, 2, 2, 2, 2]))
print("two camps   ", van_der_eijk_a([5, 0, 0, 0, 5]))

# %% Cns on five points, and why it stays on its scale
# Even answers are no consensus on any scale, and yet give another value on each.
print(f"19 16 26 29 10: {tastle_wierman([19, 16, 26, 29, 10], range(1, 6)):.3f}")
for points in (3, 5, 9):
    print(f"even on {points} points: {tastle_wierman([1] * points, range(1, points + 1)):.3f}")

# %% The coefficient of variation moves with the numbers on the scale
# One answer each on three neighbouring points, called 1, 2, 3 or 7, 8, 9: the spread is the same.
for points in ((1, 2, 3), (7, 8, 9)):
    found = spread_of_counts([1, 1, 1], points)
    print(points, f"sd {found.sd}, iqr {found.iqr}, mad {found.mad}, cv {found.cv}")

# %% Two camps
# Ten people on nine points: five at each end; all at 8 and 9; a third at each end and the rest between.
outcomes = [[5, 0, 0, 0, 0, 0, 0, 0, 5], [0, 0, 0, 0, 0, 0, 0, 5, 5], [0, 4, 0, 1, 1, 0, 0, 4, 0]]
print(is_bimodal(outcomes))
