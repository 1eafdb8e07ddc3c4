"""Small designs whose results can be worked out exactly."""

from collections.abc import Mapping, Sequence

from analysis.simulation.design import Design
from analysis.simulation.parts import GroupAnswers, OutcomeClass, PlannedGroup, PlannedRound, RuleSet, Should
from analysis.study.rules import ConsensusDefinition, ShareRule, Verdict
from analysis.study.scale import Box, Scale
from analysis.study.weighting import UNWEIGHTED, Weighting
from tests.analysis.builders import defined, share_test

THREE_POINTS = Scale(
    "three", 1, 3, ("no", "", "yes"), "cannot say", (Box("low", 1, 1, "no"), Box("agree", 3, 3, "yes"))
)
AGREE_70 = defined(ShareRule(Verdict.IN, (share_test("agree", ">=", 70),)))
GOES_ON = defined(ShareRule(Verdict.OUT, (share_test("low", ">", 100),)))
ROUND_1 = PlannedRound("1")


def answered_alike(
    code: str, should: str, probabilities: Sequence[float], *, outcomes: int, groups: Sequence[str]
) -> OutcomeClass:
    answers = tuple(GroupAnswers(group, tuple(probabilities)) for group in groups)
    return OutcomeClass(code, Should(should), outcomes, answers)


def planned(
    sizes: Mapping[str, int],
    classes: Sequence[OutcomeClass],
    *definitions: ConsensusDefinition,
    rounds: Sequence[PlannedRound] = (ROUND_1,),
    weights: Sequence[Weighting] = (UNWEIGHTED,),
    panel_sizes: Sequence[float] = (1.0,),
    attrition: Sequence[float] = (1.0,),
) -> Design:
    """One rule set, with one definition for each round."""
    named = [
        ConsensusDefinition(f"of_{one.code}", definition.rules, definition.otherwise, definition.minimum_n)
        for one, definition in zip(rounds, definitions, strict=True)
    ]
    return Design(
        title="A small design",
        groups=tuple(PlannedGroup(code, size) for code, size in sizes.items()),
        scale=THREE_POINTS,
        rounds=tuple(rounds),
        definitions=tuple(named),
        rule_sets=(RuleSet("only", tuple(one.code for one in named)),),
        classes=tuple(classes),
        weights=tuple(weights),
        panel_sizes=tuple(panel_sizes),
        attrition=tuple(attrition),
    )


def one_group(
    size: int,
    *definitions: ConsensusDefinition,
    probabilities: Sequence[float],
    rounds: Sequence[PlannedRound],
    outcomes: int = 10,
) -> Design:
    """Outcomes that one group answers alike, and that should be kept."""
    classes = [answered_alike("all", "keep", probabilities, outcomes=outcomes, groups=["a"])]
    return planned({"a": size}, classes, *definitions, rounds=rounds)
