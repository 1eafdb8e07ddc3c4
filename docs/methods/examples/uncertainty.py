"""Worked examples of uncertainty.md; tools/methods_pages.py runs them."""
# ruff: noqa: T201 - examples print what the page shows

from fractions import Fraction

import numpy as np

from analysis.counts import ResponseCounts
from analysis.study.rules import Comparator, ConsensusDefinition, ShareRule, ShareTest, Verdict
from analysis.study.scale import Box
from analysis.uncertainty import bootstrap_shares, verdict_stability
from analysis.uncertainty.resampling import resampled, strata_of

# %% Three outcomes, rated by twenty people
# 14 of 20 agree with the first, 18 with the second, all with the third. Where all agree drawing again cannot
# move, and the interval is Wilson's.
agree = Box("agree", 7, 9, "important")
rows = [("survivors", "home", 8, None, 14), ("survivors", "home", 5, None, 6)]
rows += [("survivors", "care", 8, None, 18), ("survivors", "care", 5, None, 2)]
rows += [("survivors", "safety", 9, None, 20)]
counts = ResponseCounts.from_rows(
    rows, groups=("survivors",), outcomes=("home", "care", "safety"), categories=range(1, 10)
)
found = bootstrap_shares(counts, agree, rng=np.random.default_rng(1))
for at, outcome in enumerate(counts.outcomes):
    ends = f"{found.low[at]:.2f} to {found.high[at]:.2f}"
    print(f"{outcome}: {found.share[at]:.2f}, {ends}{', Wilson' if found.is_wilson[at] else ''}")

# %% Does the verdict stay?
# The rule: at least 70 % agree. The first outcome is in by a hair: a good third of other panels of the same
# kind of people would have said otherwise.
rule = ShareRule(Verdict.IN, (ShareTest("agree", Comparator.AT_LEAST, Fraction(70)),))
definition = ConsensusDefinition("seventy", (rule,))
found = verdict_stability(counts, definition, boxes={"agree": agree}, rng=np.random.default_rng(1))
for outcome, verdict, stays in zip(found.outcomes, found.verdicts, found.stays, strict=True):
    print(f"{outcome}: {verdict} in {100 * stays:.0f} % of panels")

# %% Which groups are drawn from together
# 30, 3, 8 and 12 people: the two small ones together are 11. Alone, 3 and 5 are too few.
print(strata_of([30, 3, 8, 12]))
print(strata_of([3, 5]))

# %% Panels drawn again
# The number of people stays; who of them agrees does not.
panels = resampled(np.array([[[14, 6]]]), strata_of([20]), replicates=5, rng=np.random.default_rng(1))
print(panels[:, 0, 0].tolist())
