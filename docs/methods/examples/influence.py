"""Worked examples of influence.md; tools/methods_pages.py runs them."""
# ruff: noqa: T201 - examples print what the page shows

from fractions import Fraction

from analysis.influence import influence
from analysis.study.weighting import Weighting, WeightScheme

# %% Ten survivors who count twice, forty others
# 20 of 60 votes are theirs. (20 + 40)² / (10 · 4 + 40) = 45: the weights cost as much as losing five people.
twice = Weighting("twice", WeightScheme.MULTIPLIER, {"survivors": Fraction(2)})
found = influence(twice, {"survivors": 10, "others": 40})
print("survivors together", found.of_group["survivors"], "- one survivor", found.of_one_person["survivors"])
print("effective people", found.effective_n)

# %% A group of one
# With equal groups one policymaker outweighs twenty providers.
equal = Weighting("equal", WeightScheme.EQUAL_GROUPS)
found = influence(equal, {"policymakers": 1, "providers": 20})
print("one policymaker", found.largest, "- one provider", found.of_one_person["providers"])
print(f"effective people {float(found.effective_n):.2f}")
