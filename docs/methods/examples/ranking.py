"""Worked examples of ranking.md; tools/methods_pages.py runs them."""
# ruff: noqa: T201 - examples print what the page shows

from fractions import Fraction

from analysis.ranking import (
    best_worst,
    borda,
    condorcet,
    kemeny,
    kemeny_of_matrix,
    pairwise_matrix,
    schulze,
    top_k,
    two_list,
)

# %% Where to put the capital of Tennessee
# The textbook example: 42, 26, 15 and 17 % of the voters live near each of four cities and rank by distance.
# Nashville wins Borda with 194 points, beats each other city, and leads Kemeny's order with 393 agreements.
cities = ("Memphis", "Nashville", "Chattanooga", "Knoxville")
ballots = [[1, 2, 3, 4], [4, 1, 2, 3], [4, 3, 1, 2], [4, 3, 2, 1]]
voters = [42, 26, 15, 17]
points = borda(ballots, weights=voters)
print("Borda:", *(f"{city} {score:.0f}" for city, score in zip(cities, points.scores, strict=True)))
print("Condorcet winner:", cities[condorcet(ballots, weights=voters).winner])
best = kemeny(ballots, weights=voters)
print(
    "Kemeny:",
    *(cities[at] for at in best.orders[0]),
    "- agreement",
    best.agreement,
    "- unique:",
    best.is_unique,
)
print("Schulze:", *(cities[at] for tied in schulze(ballots, weights=voters).order for at in tied))
print("first choices:", top_k(ballots, 1, weights=voters).tallies)

# %% Three ways to read a short ballot
# Five voters, three of whom name only their favourite, the first outcome: it wins, ties with the second, or
# has no points. Say in the protocol which way is meant.
NA = float("nan")
short = [[1, NA, NA, NA]] * 3 + [[NA, 1, 2, 3]] * 2
for unranked in ("zero", "average", "ranked"):
    print(f"{unranked}:", borda(short, unranked=unranked).scores)

# %% A circle of majorities is stated, not broken
# Each of three beats the next by two to one. Kemeny finds three orders equally good.
circle = [[1, 2, 3], [3, 1, 2], [2, 3, 1]]
found = condorcet(circle)
print("winner:", found.winner, "- cycles:", found.cycles)
matrix = pairwise_matrix(circle)
print(matrix.before.tolist())
print("best orders:", kemeny_of_matrix(matrix).orders)

# %% Best less worst
# Three voters name one best and one worst of three outcomes.
top = [[1, NA, NA], [1, NA, NA], [NA, 1, NA]]
bottom = [[NA, NA, 1], [NA, 1, NA], [NA, NA, 1]]
print("scores:", best_worst(top, bottom).scores.round(3))

# %% The two-list rule
# Shares of five outcomes, overall and among survivors; the list has two places. The fourth goes on by the
# survivors' list alone.
overall = [Fraction(18, 20), Fraction(14, 20), Fraction(12, 20), Fraction(10, 20), Fraction(6, 20)]
survivors = [Fraction(8, 10), Fraction(4, 10), Fraction(6, 10), Fraction(9, 10), Fraction(5, 10)]
found = two_list(overall, survivors, 2)
print("goes on:", found.selected, "- cuts:", found.cut_overall, "and", found.cut_group)
