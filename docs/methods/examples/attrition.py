"""Worked examples of attrition.md; tools/methods_pages.py runs them."""
# ruff: noqa: T201 - examples print what the page shows

import numpy as np

from analysis.attrition import compare_leavers, flow_of

# %% Who came, stayed and came back
# responded = retained + returned + joined, in each row.
rounds = {"1": {"s1", "s2", "p1", "p2"}, "2": {"s1", "p1", "p3"}, "3": {"s1", "s2", "p3"}}
group_of = {"s1": "survivors", "s2": "survivors", "p1": "providers", "p2": "providers", "p3": "providers"}
for step in flow_of(rounds, group_of=group_of, groups=("survivors", "providers")):
    print(
        f"round {step.round}, {step.group or 'everyone'}: {step.responded} = {step.retained} retained "
        f"+ {step.returned} returned + {step.joined} joined; {step.lost} lost"
    )

# %% Had those who left rated differently?
# Scores of the earlier round. Four stayed and three left; those who left had rated 1.5 points lower, and the
# test cannot tell: with three people that is silence, not reassurance.
scores = np.array([[9, 8], [8, 8], [7, 8], [7, 6], [7, 7], [6, 6], [6, 5]])
groups = ["survivors"] * 7
retained = np.array([True, True, True, True, False, False, False])
everyone, _ = compare_leavers(scores, groups=groups, retained=retained, confidence=0.9)
print("means of those who stayed", *everyone.means_stayed, "and left", *everyone.means_left)
shift = everyone.difference
print(f"difference {shift.estimate}, {shift.low} to {shift.high}; p {everyone.test.p_value:.3f}")
