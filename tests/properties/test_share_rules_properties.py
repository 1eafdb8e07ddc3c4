"""Share rules, whatever the answers."""

from hypothesis import given
from hypothesis import strategies as st

from analysis.consensus.evaluate import evaluate
from analysis.consensus.outcome_verdict import OutcomeVerdict
from analysis.study.rules import ConsensusDefinition, EmptyGroups, Of, ShareRule, Verdict
from analysis.study.weighting import Weighting
from tests.analysis.builders import (
    COMET_70_15,
    EQUAL_GROUPS,
    UNWEIGHTED,
    WORDS,
    answers_of_split,
    defined,
    multiplier,
    share_test,
)

Numbers = tuple[int, int, int]
SEVENTY = (share_test("agree", ">=", 70),)
NUMBERS = st.tuples(*[st.integers(0, 30)] * 3)


def verdict_on(
    definition: ConsensusDefinition, *, weighting: Weighting = UNWEIGHTED, **by_group: Numbers
) -> OutcomeVerdict:
    consensus = evaluate(definition, answers_of_split({"x": by_group}), weighting=weighting, words=WORDS)
    return consensus.verdicts[0]


@given(NUMBERS, NUMBERS, st.integers(1, 5))
def test_an_integer_weight_equals_repeating_the_people(
    survivors: Numbers, others: Numbers, times: int
) -> None:
    # The replication law, exact for shares.
    repeated = tuple(times * number for number in survivors)
    weighted = verdict_on(
        COMET_70_15, weighting=multiplier(survivors=times), survivors=survivors, providers=others
    )
    plain = verdict_on(COMET_70_15, survivors=repeated, providers=others)
    assert (weighted.verdict, weighted.k, weighted.n) == (plain.verdict, plain.k, plain.n)


@given(st.lists(NUMBERS, min_size=3, max_size=3), st.permutations([0, 1, 2]))
def test_the_order_of_the_groups_does_not_matter(split: list[Numbers], order: list[int]) -> None:
    names = ("survivors", "providers", "policy")
    rule = ShareRule(Verdict.IN, SEVENTY, of=Of.AT_LEAST, groups_needed=2, empty_groups=EmptyGroups.IGNORE)
    for definition in (COMET_70_15, defined(rule)):
        found = [
            verdict_on(definition, weighting=EQUAL_GROUPS, **{names[at]: split[at] for at in places}).verdict
            for places in ([0, 1, 2], order)
        ]
        assert found[0] is found[1]
