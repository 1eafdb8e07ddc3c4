"""Share rules: thresholds, whose answers, exact arithmetic."""

from fractions import Fraction

import pytest

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


def verdict_on(
    definition: ConsensusDefinition, *, weighting: Weighting = UNWEIGHTED, **by_group: Numbers
) -> OutcomeVerdict:
    consensus = evaluate(definition, answers_of_split({"x": by_group}), weighting=weighting, words=WORDS)
    return consensus.verdicts[0]


@pytest.mark.parametrize(
    ("agree", "between", "disagree", "expected"),
    [
        # COMET 70/15: doi 10.1186/s13063-015-1011-8, table 1. Counts of 20 worked by hand.
        (14, 4, 2, Verdict.IN),  # 70 % exactly passes; 2 of 20 = 10 % disagree
        (14, 3, 3, Verdict.NONE),  # 3 of 20 = 15 % is not under 15 %
        (13, 7, 0, Verdict.NONE),  # 65 %
        (2, 4, 14, Verdict.OUT),
        (3, 3, 14, Verdict.NONE),
        (10, 0, 10, Verdict.NONE),
    ],
)
def test_comet_70_15_at_its_boundaries(agree: int, between: int, disagree: int, expected: Verdict) -> None:
    assert verdict_on(COMET_70_15, survivors=(agree, between, disagree)).verdict is expected


@pytest.mark.parametrize(("comparator", "passes"), [(">=", True), (">", False), ("<", False), ("<=", True)])
def test_each_comparator_at_a_share_that_equals_the_threshold(comparator: str, passes: bool) -> None:
    rule = ShareRule(Verdict.IN, (share_test("agree", comparator, 70),))
    assert (verdict_on(defined(rule), survivors=(7, 3, 0)).verdict is Verdict.IN) is passes


def test_two_of_five_and_fourteen_of_fourteen_is_seventy_percent_with_equal_groups() -> None:
    # (2/5 + 14/14) / 2 = 7/10; the same sum in floats is 0.69999999999999984 (R 4.2.2).
    verdict = verdict_on(
        defined(ShareRule(Verdict.IN, SEVENTY)),
        weighting=EQUAL_GROUPS,
        survivors=(2, 3, 0),
        providers=(14, 0, 0),
    )
    assert (verdict.k, verdict.n) == (Fraction(7, 10), 1)
    assert verdict.verdict is Verdict.IN
    assert verdict.weights == {"survivors": Fraction(1, 10), "providers": Fraction(1, 28)}


def test_weights_can_change_a_verdict() -> None:
    # Unweighted 9 of 15 = 60 %; survivors twice: (2 * 9 + 0) / (2 * 10 + 5) = 18/25 = 72 %.
    definition = defined(ShareRule(Verdict.IN, SEVENTY))
    split = {"survivors": (9, 1, 0), "providers": (0, 5, 0)}
    assert verdict_on(definition, **split).verdict is Verdict.NONE
    doubled = verdict_on(definition, weighting=multiplier(survivors=2), **split)
    assert (doubled.verdict, doubled.k, doubled.n) == (Verdict.IN, 18, 25)


# Survivors 80 % of 5, service providers 50 % of 4, NGO staff as given.
@pytest.mark.parametrize(
    ("of", "more", "policy", "expected"),
    [
        (Of.EVERY, {}, (3, 1, 0), Verdict.NONE),
        (Of.ANY, {}, (1, 3, 0), Verdict.IN),
        (Of.AT_LEAST, {"groups_needed": 2}, (3, 1, 0), Verdict.IN),
        (Of.AT_LEAST, {"groups_needed": 2}, (1, 3, 0), Verdict.NONE),
        (Of.GROUP, {"group": "survivors"}, (0, 4, 0), Verdict.IN),
        (Of.GROUP, {"group": "providers"}, (4, 0, 0), Verdict.NONE),
    ],
)
def test_whose_answers_a_rule_looks_at(of: Of, more: dict, policy: Numbers, expected: Verdict) -> None:
    rule = ShareRule(Verdict.IN, SEVENTY, of=of, **more)
    split = {"survivors": (4, 1, 0), "providers": (2, 2, 0), "policy": policy}
    assert verdict_on(defined(rule), **split).verdict is expected


@pytest.mark.parametrize("of", [Of.EVERY, Of.ANY, Of.AT_LEAST])
@pytest.mark.parametrize("too_few", [(0, 0, 0), (2, 0, 0)])
def test_a_group_that_is_empty_or_too_small_blocks_or_is_ignored(of: Of, too_few: Numbers) -> None:
    split = {"survivors": (4, 1, 0), "providers": (4, 0, 0), "policy": too_few}
    needed = 2 if of is Of.AT_LEAST else None
    for empty, expected in ((EmptyGroups.BLOCK, Verdict.NONE), (EmptyGroups.IGNORE, Verdict.IN)):
        rule = ShareRule(Verdict.IN, SEVENTY, of=of, groups_needed=needed, empty_groups=empty)
        assert verdict_on(defined(rule, minimum_n=3), **split).verdict is expected


def test_a_rule_that_is_left_with_no_group_does_not_hold() -> None:
    rule = ShareRule(Verdict.IN, SEVENTY, of=Of.EVERY, empty_groups=EmptyGroups.IGNORE)
    assert (
        verdict_on(defined(rule, minimum_n=3), survivors=(2, 0, 0), providers=(2, 0, 0)).verdict
        is Verdict.NONE
    )


def test_all_tests_must_hold_in_the_same_group() -> None:
    # Survivors agree but 20 % disagree; service providers hardly disagree but only half agree.
    rule = ShareRule(Verdict.IN, (*SEVENTY, share_test("low", "<", 15)), of=Of.ANY)
    assert verdict_on(defined(rule), survivors=(8, 0, 2), providers=(5, 5, 0)).verdict is Verdict.NONE


def test_no_answer_is_not_computable_and_never_no_consensus() -> None:
    verdict = verdict_on(COMET_70_15, survivors=(0, 0, 0))
    assert (verdict.verdict, verdict.n, verdict.rule) == (Verdict.NOT_COMPUTABLE, 0, None)


@pytest.mark.parametrize("too_few", [(0, 0, 0), (2, 0, 0)])
def test_a_rule_on_one_group_is_not_computable_where_too_few_of_it_answered(too_few: Numbers) -> None:
    rule = ShareRule(Verdict.IN, SEVENTY, of=Of.GROUP, group="survivors")
    definition = defined(rule, otherwise=Verdict.OUT, minimum_n=3)
    assert verdict_on(definition, survivors=too_few, providers=(9, 0, 0)).verdict is Verdict.NOT_COMPUTABLE


def test_a_group_that_a_rule_names_is_asked_even_if_nobody_weighs_anything() -> None:
    rule = ShareRule(Verdict.IN, SEVENTY, of=Of.GROUP, group="survivors")
    weightless = multiplier(survivors=0)
    assert verdict_on(defined(rule), weighting=weightless, survivors=(9, 0, 0)).verdict is Verdict.IN


def test_fewer_answers_than_the_minimum_are_not_computable() -> None:
    definition = defined(ShareRule(Verdict.IN, SEVENTY), minimum_n=5)
    assert verdict_on(definition, survivors=(3, 0, 0), providers=(1, 0, 0)).verdict is Verdict.NOT_COMPUTABLE
    assert verdict_on(definition, survivors=(3, 0, 0), providers=(2, 0, 0)).verdict is Verdict.IN


def test_answers_that_all_weigh_nothing_are_not_computable() -> None:
    definition = defined(ShareRule(Verdict.IN, SEVENTY))
    weightless = multiplier(survivors=0)
    assert verdict_on(definition, weighting=weightless, survivors=(9, 0, 0)).verdict is Verdict.NOT_COMPUTABLE


def test_the_first_rule_that_matches_wins() -> None:
    rules = ShareRule(Verdict.OUT, SEVENTY), ShareRule(Verdict.IN, SEVENTY)
    verdict = verdict_on(defined(*rules), survivors=(9, 1, 0))
    assert (verdict.verdict, verdict.rule) == (Verdict.OUT, 0)


def test_a_verdict_carries_what_each_test_saw() -> None:
    first, second = verdict_on(COMET_70_15, survivors=(14, 3, 3)).findings[0].checks
    assert (first.box, first.k, first.n, first.holds) == ("agree", 14, 20, True)
    assert (second.box, second.k, second.n, second.holds) == ("low", 3, 20, False)
