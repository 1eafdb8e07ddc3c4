"""Worked examples of sensitivity.md; tools/methods_pages.py runs them."""
# ruff: noqa: T201 - examples print what the page shows

from fractions import Fraction

import numpy as np

from analysis.consensus.answers import Answers
from analysis.consensus.verdict_codes import VERDICTS
from analysis.counts import ResponseCounts
from analysis.sensitivity import (
    flip_sentence,
    flip_weight,
    leave_one_group_out,
    rule_grid,
    usual_alternatives,
    verdicts_by_weight,
    worst_and_best_case,
)
from analysis.study.rules import Comparator, ConsensusDefinition, ShareRule, ShareTest, Verdict
from analysis.study.scale import Box, Scale
from analysis.study.weighting import UNWEIGHTED

# %% Two outcomes, ten survivors and five providers, at least 70 % agree
# Nine survivors and no provider agree with the first outcome: at weight k of a survivor the share is
# 9k / (10k + 5), which reaches 7/10 at k = 7/4. Eight and three agree with the second: (8k + 3) / (10k + 5)
# reaches it at k = 1/2.
boxes = {
    "low": Box("low", 1, 3, "disagree"),
    "mid": Box("mid", 4, 6, "between"),
    "top": Box("top", 7, 9, "agree"),
}
split = {
    "home": {"survivors": (9, 1), "providers": (0, 5)},
    "work": {"survivors": (8, 2), "providers": (3, 2)},
}
rows = [
    (group, outcome, score, None, number)
    for outcome, by_group in split.items()
    for group, numbers in by_group.items()
    for score, number in zip((8, 5), numbers, strict=True)
]
groups, outcomes = ("survivors", "providers"), ("home", "work")
counts = ResponseCounts.from_rows(rows, groups=groups, outcomes=outcomes, categories=range(1, 10))
rule = ShareRule(Verdict.IN, (ShareTest("top", Comparator.AT_LEAST, Fraction(70)),))
definition = ConsensusDefinition("seventy", (rule,), otherwise=Verdict.OUT)
for one in flip_weight(counts, "survivors", definition, boxes=boxes):
    ranges = "; ".join(f"{part.verdict} from {part.low} to {part.high}" for part in one.ranges)
    print(f"{one.outcome}: flips at {', '.join(map(str, one.flips))} ({ranges})")

# %% In words
# At the study's own weight, 1.
for one in flip_weight(counts, "survivors", definition, boxes=boxes):
    print(f"{one.outcome}: {flip_sentence(one, weight=Fraction(1))}")

# %% The same at a few weights
# What a slider shows; it works for rules on lists too.
answers = Answers(groups, outcomes, ratings=counts, boxes=boxes)
scan = verdicts_by_weight(answers, definition, group="survivors", weights=(0, 0.5, 1, 1.75, 2))
for weight, codes in zip(scan.weights, scan.codes, strict=True):
    print(f"{weight}:", *(f"{name} {VERDICTS[code]}" for name, code in zip(outcomes, codes, strict=True)))

# %% Other rules beside the study's own
scale = Scale("nine", 1, 9, ("no", *("",) * 7, "yes"), "cannot say", tuple(boxes.values()))
grid = rule_grid(answers, usual_alternatives(definition, UNWEIGHTED, scale=scale))
for label, codes in zip(grid.labels, grid.codes, strict=True):
    print(f"{label}:", *(f"{name} {VERDICTS[code]}" for name, code in zip(outcomes, codes, strict=True)))
print("rules with the same verdict:", *(f"{one:.2f}" for one in grid.same_verdict))

# %% Without one group
left = leave_one_group_out(answers, definition)
for group, codes in left.without.items():
    print(
        f"without {group}:", *(f"{name} {VERDICTS[code]}" for name, code in zip(outcomes, codes, strict=True))
    )

# %% Had those who are missing rated lowest, or highest
# Two survivors left. Outcome `work` has 11 of 15 and stays in at best (13 of 17); at worst it has 11 of 17.
cases = worst_and_best_case(answers, definition, absent=np.array([[2, 2], [0, 0]]))
for at, outcome in enumerate(outcomes):
    own, worst, best = (VERDICTS[codes[at]] for codes in (cases.own, cases.worst, cases.best))
    print(f"{outcome}: {own}, at worst {worst}, at best {best}, robust: {cases.is_robust[at]}")
