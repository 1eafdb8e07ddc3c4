"""Worked examples of simulation.md; tools/methods_pages.py runs them."""
# ruff: noqa: T201 - examples print what the page shows

from fractions import Fraction

import numpy as np

from analysis.simulation.characteristics import ASSUMPTIONS, operating_characteristics
from analysis.simulation.design import Design
from analysis.simulation.parts import GroupAnswers, OutcomeClass, PlannedGroup, PlannedRound, RuleSet, Should
from analysis.simulation.spreading import spread
from analysis.study.rules import Comparator, ConsensusDefinition, ShareRule, ShareTest, Verdict
from analysis.study.scale import Box, Scale

# %% One round, one rule, panels of ten and forty
# Of an outcome that should be kept each person agrees with probability .8, of one that should be dropped with
# .5. The rule is at least 70 %. With ten people the first is kept with probability .879 (7 or more of 10), so
# the simulation should find about that; in a panel four times as large fewer verdicts are wrong.
scale = Scale("three", 1, 3, ("no", "", "yes"), "cannot say", (Box("agree", 3, 3, "yes"),))
rule = ShareRule(Verdict.IN, (ShareTest("agree", Comparator.AT_LEAST, Fraction(70)),))
classes = (
    OutcomeClass("important", Should.KEEP, 10, (GroupAnswers("all", (0.1, 0.1, 0.8)),)),
    OutcomeClass("unimportant", Should.DROP, 10, (GroupAnswers("all", (0.25, 0.25, 0.5)),)),
)
design = Design(
    title="One round",
    groups=(PlannedGroup("all", 10),),
    scale=scale,
    rounds=(PlannedRound("1"),),
    definitions=(ConsensusDefinition("seventy", (rule,)),),
    rule_sets=(RuleSet("only", ("seventy",)),),
    classes=classes,
    panel_sizes=(1.0, 4.0),
)
found = operating_characteristics(design, replicates=500, rng=np.random.default_rng(1))
for result in found.scenarios:
    kept, dropped = result.sensitivity, result.specificity
    print(
        f"{result.invited['all']} people: keeps {kept.share:.3f} ({kept.low:.3f} to {kept.high:.3f}) of what "
        f"it should, drops {dropped.share:.3f}; list of {result.expected_size:.1f}"
    )

# %% What it assumes
# Print these beside every result.
for assumption in ASSUMPTIONS:
    print("-", assumption)

# %% Work in pieces
# With more than one worker the pieces come back in no fixed order.
print(list(spread(abs, [-2, 1], workers=1)))
