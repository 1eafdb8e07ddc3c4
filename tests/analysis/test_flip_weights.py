"""Weights at which a verdict changes, in closed form and in words."""

from fractions import Fraction

import pytest

from analysis.sensitivity import FlipWeight, WeightRange, flip_sentence, flip_weight
from analysis.study.rules import ConsensusDefinition, Of, Rule, ShareRule, TopRule, Verdict
from analysis.study.rules import ShareMeasure as Share
from tests.analysis.builders import BOXES, COMET_70_15, counts_of, defined, share_test

IN_70 = ShareRule(Verdict.IN, (share_test("agree", ">=", 70),))
Split = tuple[int, int, int]


def flips_of(
    survivors: Split, others: Split, rule: ConsensusDefinition | ShareRule = IN_70, group: str = "survivors"
) -> FlipWeight:
    counts = counts_of({"o": {"survivors": survivors, "providers": others}})
    return flip_weight(counts, group, rule, boxes=BOXES)[0]


def ranges_of(found: FlipWeight) -> list[tuple]:
    return [(one.low, one.high, str(one.verdict), one.holds_low, one.holds_high) for one in found.ranges]


def test_the_flip_weight_of_forty_survivors_by_hand() -> None:
    # (35 k + 21) / (40 k + 36) >= .7 where 7 k >= 4.2: from k = (.7 * 36 - 21) / (35 - .7 * 40) = .6 up.
    found = flips_of((35, 5, 0), (21, 15, 0))
    assert found.flips == (Fraction(3, 5),)
    assert ranges_of(found) == [
        (0, Fraction(3, 5), "none", True, False),
        (Fraction(3, 5), None, "in", True, False),
    ]
    assert flip_sentence(found, weight=Fraction(1)) == "Stays in for any weight from 0.6 up."
    assert flip_sentence(found, weight=Fraction(0)) == "Stays without consensus for any weight below 0.6."


def test_a_threshold_that_must_be_passed_is_not_passed_at_the_flip_weight() -> None:
    above_70 = ShareRule(Verdict.IN, (share_test("agree", ">", 70),))
    found = flips_of((35, 5, 0), (21, 15, 0), above_70)
    assert found.at(Fraction(3, 5)).verdict is Verdict.NONE
    assert flip_sentence(found, weight=Fraction(1)) == "Stays in for any weight above 0.6."
    assert flip_sentence(found, weight=Fraction(0)) == "Stays without consensus for any weight up to 0.6."


def test_a_group_below_the_threshold_pulls_an_outcome_out() -> None:
    # (6 k + 13) / (10 k + 15) >= .7 where k <= (13 - .7 * 15) / (.7 * 10 - 6) = 2.5.
    found = flips_of((6, 4, 0), (13, 2, 0))
    assert flip_sentence(found, weight=Fraction(1)) == "Stays in for any weight up to 2.5."
    assert flip_sentence(found, weight=Fraction(3)) == "Stays without consensus for any weight above 2.5."


@pytest.mark.parametrize(
    ("comparator", "sentence"), [("<=", "from 0.6 to 2.5"), ("<", "from 0.6 to below 2.5")]
)
def test_two_thresholds_can_hold_a_verdict_between_two_weights(comparator: str, sentence: str) -> None:
    # Agree: (16 k + 10) / (20 k + 16) >= .7 where 2 k >= 1.2. Low: (4 k + 1) / (20 k + 16) against 1/6 where
    # 24 k + 6 = 20 k + 16: k = 2.5.
    tests = (share_test("agree", ">=", 70), share_test("low", comparator, "50/3"))
    found = flips_of((16, 0, 4), (10, 5, 1), ShareRule(Verdict.IN, tests))
    assert found.flips == (Fraction(3, 5), Fraction(5, 2))
    assert flip_sentence(found, weight=Fraction(1)) == f"Stays in for any weight {sentence}."


@pytest.mark.parametrize(
    ("survivors", "others", "verdict", "sentence"),
    [
        ((9, 1, 0), (8, 2, 0), Verdict.IN, "Stays in whatever the weight."),
        ((7, 3, 0), (14, 6, 0), Verdict.IN, "Stays in whatever the weight."),  # 70 % of both
        ((0, 0, 9), (0, 1, 8), Verdict.OUT, "Stays out whatever the weight."),
        ((5, 5, 0), (5, 5, 0), Verdict.NONE, "Stays without consensus whatever the weight."),
        ((0, 0, 0), (0, 0, 0), Verdict.NOT_COMPUTABLE, "Is not computable whatever the weight."),
        ((0, 0, 0), (8, 2, 0), Verdict.IN, "Stays in whatever the weight."),  # no survivor answered
    ],
)
def test_what_no_weight_can_change_stays(
    survivors: Split, others: Split, verdict: Verdict, sentence: str
) -> None:
    found = flips_of(survivors, others, COMET_70_15)
    assert ranges_of(found) == [(0, None, str(verdict), True, False)]
    assert found.flips == ()
    assert flip_sentence(found, weight=Fraction(1)) == sentence


def test_at_weight_0_a_group_that_answered_alone_has_no_answers_that_count() -> None:
    found = flips_of((9, 1, 0), (0, 0, 0))
    assert [one.verdict for one in found.ranges] == [Verdict.NOT_COMPUTABLE, Verdict.IN]
    assert flip_sentence(found, weight=Fraction(0)) == "Is not computable at the weight 0 only."
    assert flip_sentence(found, weight=Fraction(1)) == "Stays in for any weight above 0."


def test_rules_on_groups_do_not_move_with_a_weight() -> None:
    every = ShareRule(Verdict.IN, (share_test("agree", ">=", 70),), Of.EVERY)
    assert flips_of((9, 1, 0), (14, 6, 0), every).flips == ()
    alone = ShareRule(Verdict.IN, (share_test("agree", ">=", 70),), Of.GROUP, "providers")
    assert flips_of((9, 1, 0), (2, 8, 0), alone).ranges[0].verdict is Verdict.NONE


def test_too_few_people_are_too_few_at_any_weight() -> None:
    found = flips_of((9, 0, 0), (0, 0, 0), defined(IN_70, minimum_n=10))
    assert [one.verdict for one in found.ranges] == [Verdict.NOT_COMPUTABLE]


def test_each_outcome_has_its_own_flip_weight() -> None:
    split = {
        "o1": {"survivors": (10, 0, 0), "providers": (1, 3, 0)},  # (.7 * 4 - 1) / (10 - 7)
        "o2": {"survivors": (8, 2, 0), "providers": (6, 4, 0)},  # (7 - 6) / (8 - 7)
    }
    found = flip_weight(counts_of(split), "survivors", IN_70, boxes=BOXES)
    assert [(one.outcome, one.flips) for one in found] == [("o1", (Fraction(3, 5),)), ("o2", (1,))]
    by_providers = flip_weight(counts_of(split), "providers", IN_70, boxes=BOXES)
    assert [one.flips for one in by_providers] == [(Fraction(5, 3),), (1,)]


def kept(
    low: str, high: str | None, *, holds_low: bool = True, holds_high: bool = True, weight: str = "1"
) -> str:
    """The sentence of an outcome that is in between `low` and `high`, and nowhere else."""
    first, last = Fraction(low), None if high is None else Fraction(high)
    ranges = [WeightRange(first, last, Verdict.IN, holds_low, holds_high)]
    if first > 0 or not holds_low:
        ranges.insert(0, WeightRange(Fraction(0), first, Verdict.NONE, True, not holds_low))
    if last is not None:
        ranges.append(WeightRange(last, None, Verdict.NONE, not holds_high, False))
    return flip_sentence(FlipWeight("o", tuple(ranges)), weight=Fraction(weight))


@pytest.mark.parametrize(
    ("low", "high", "sentence"),
    [
        ("1/3", None, "Stays in for any weight from 0.34 up."),
        ("0", "8/3", "Stays in for any weight up to 2.66."),
        ("1/3", "8/3", "Stays in for any weight from 0.34 to 2.66."),
        ("1/7", "10", "Stays in for any weight from 0.15 to 10."),
        ("1/20", "100", "Stays in for any weight from 0.05 to 100."),
        ("999/1000", None, "Stays in for any weight from 1 up."),
        ("999/1000", "1001/1000", "Stays in for any weight from 0.999 to 1.001."),  # nothing between
        ("2/3", "4/3", "Stays in for any weight from 0.67 to 1.33."),
        ("1", "1", "Stays in at the weight 1 only."),
    ],
)
def test_decimals_are_rounded_towards_the_weights_that_keep_it(
    low: str, high: str | None, sentence: str
) -> None:
    assert kept(low, high) == sentence


@pytest.mark.parametrize(
    ("low", "high", "sentence"),
    [
        ("1/2", None, "Stays in for any weight above 0.5."),
        ("1/2", "3/2", "Stays in for any weight above 0.5 and below 1.5."),
        ("0", "3/2", "Stays in for any weight above 0 and below 1.5."),
        # An end that is rounded inwards lies inside and is included: "above 1" would not name 1 itself.
        ("999/1000", None, "Stays in for any weight from 1 up."),
        ("2/3", "4/3", "Stays in for any weight from 0.67 to 1.33."),
    ],
)
def test_an_end_that_is_not_included_is_named_as_such(low: str, high: str | None, sentence: str) -> None:
    assert kept(low, high, holds_low=False, holds_high=False) == sentence


def test_an_end_can_be_included_alone() -> None:
    assert kept("1/2", "3/2", holds_low=False) == "Stays in for any weight above 0.5 and up to 1.5."
    assert kept("1/2", "3/2", holds_high=False) == "Stays in for any weight from 0.5 to below 1.5."


def test_the_sentence_tells_of_the_range_around_the_weight() -> None:
    found = flips_of((35, 5, 0), (21, 15, 0))
    assert flip_sentence(found, weight=Fraction(1, 2)) != flip_sentence(found, weight=Fraction(3, 5))
    with pytest.raises(ValueError, match=r"^weight: -1"):
        flip_sentence(found, weight=Fraction(-1))
    with pytest.raises(ValueError, match=r"^weight: -1"):
        found.at(Fraction(-1))


@pytest.mark.parametrize(
    ("group", "rule", "name"),
    [
        ("policy", IN_70, "group: 'policy'"),
        ("survivors", defined(TopRule(Verdict.IN, 3, Share("agree"))), "rule: a list"),
        ("survivors", ShareRule(Verdict.IN, (share_test("best", ">=", 70),)), "box: 'best'"),
    ],
)
def test_what_has_no_flip_weight_is_named(group: str, rule: ConsensusDefinition | Rule, name: str) -> None:
    with pytest.raises(ValueError, match=f"^{name}"):
        flips_of((1, 0, 0), (1, 0, 0), rule, group)  # type: ignore[arg-type]
