"""Worked examples of apmo.md; tools/methods_pages.py runs them."""
# ruff: noqa: T201 - examples print what the page shows

from analysis.apmo import average_percent_of_majority_opinions

# %% Three outcomes with ten opinions each
# 8 agree with the first: a majority. 5 and 5 on the second: none. 7 disagree with the third: a majority. So
# 15 of 30 opinions are with a majority, and the cut-off of this round is 50 %.
print(average_percent_of_majority_opinions([8, 5, 1], disagree=[1, 5, 7], opinions=[10, 10, 10]))
