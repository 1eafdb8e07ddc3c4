"""Closed forms and scans agree with evaluating the definition again and again."""

from fractions import Fraction

import numpy as np
import pytest

from analysis.consensus.answers import Answers
from analysis.consensus.evaluate import evaluate
from analysis.consensus.verdict_codes import VERDICTS
from analysis.counts import ResponseCounts
from analysis.sensitivity import (
    flip_weight,
    leave_one_group_out,
    verdicts_by_weight,
    worst_and_best_case,
)
from analysis.study.rules import ConsensusDefinition, Verdict
from analysis.study.weighting import Weighting, WeightScheme
from tests.analysis.builders import BOXES, WORDS
from tests.properties.random_answers import GROUPS, POINTS, random_counts, random_rule, random_share_rule

SETS = 1000


def answers_of(counts: np.ndarray, groups: tuple[str, ...] = GROUPS) -> Answers:
    outcomes = tuple(f"o{at}" for at in range(counts.shape[1]))
    missing = np.zeros((*counts.shape[:2], 3), dtype=np.int64)
    ratings = ResponseCounts(groups, outcomes, POINTS, counts, missing)
    return Answers(groups, outcomes, ratings=ratings, boxes=BOXES)


def exact_verdicts(
    definition: ConsensusDefinition, answers: Answers, weight: Fraction, group: str = "survivors"
) -> list[Verdict]:
    weighting = Weighting("tried", WeightScheme.MULTIPLIER, {group: weight})
    found = evaluate(definition, answers, weighting=weighting, words=WORDS)
    return [one.verdict for one in found.verdicts]


def with_absent(counts: np.ndarray, absent: np.ndarray, outcome: int, ends: tuple[int, int]) -> Answers:
    """Add the absent at the first of `ends` for `outcome`, at the other for the rest."""
    full = counts.copy()
    for at in range(counts.shape[1]):
        full[:, at, ends[at != outcome]] += absent[:, at]
    return answers_of(full)


def random_share_definition(rng: np.random.Generator) -> ConsensusDefinition:
    verdicts = (Verdict.IN, Verdict.OUT)
    rules = tuple(
        random_share_rule(rng, verdicts[rng.integers(2)], GROUPS[rng.integers(3)])
        for _ in range(rng.integers(1, 3))
    )
    return ConsensusDefinition("made", rules, minimum_n=int(rng.integers(1, 5)))


def test_flip_weights_agree_with_brute_force() -> None:
    rng = np.random.default_rng(20222)
    for _ in range(SETS):
        answers = answers_of(random_counts(rng, 2))
        definition = random_share_definition(rng)
        assert answers.ratings is not None
        found = flip_weight(answers.ratings, "survivors", definition, boxes=BOXES)
        near = {flip + step for one in found for flip in one.flips for step in (0, Fraction(1, 10**6))}
        tried = near | {max(flip - Fraction(1, 10**6), Fraction(0)) for one in found for flip in one.flips}
        for weight in sorted(tried | {Fraction(0), Fraction(1), Fraction(1, 3), Fraction(40)}):
            expected = exact_verdicts(definition, answers, weight)
            assert [one.at(weight).verdict for one in found] == expected


def test_between_two_flips_no_weight_changes_the_verdict() -> None:
    rng = np.random.default_rng(20223)
    for _ in range(200):
        answers = answers_of(random_counts(rng, 2))
        definition = random_share_definition(rng)
        assert answers.ratings is not None
        found = flip_weight(answers.ratings, "survivors", definition, boxes=BOXES)
        for weight in (Fraction(int(numerator), 20) for numerator in range(0, 100, 3)):
            assert [one.at(weight).verdict for one in found] == exact_verdicts(definition, answers, weight)


@pytest.mark.parametrize("group", GROUPS)
def test_a_scan_gives_the_verdicts_of_each_weight(group: str) -> None:
    rng = np.random.default_rng(20224)
    weights = [Fraction(0), Fraction(1, 2), Fraction(1), Fraction(2), Fraction(7, 3)]
    for _ in range(SETS // 5):
        answers = answers_of(random_counts(rng, int(rng.integers(1, 6))))
        definition = ConsensusDefinition("made", (random_rule(rng),), minimum_n=int(rng.integers(1, 5)))
        scan = verdicts_by_weight(answers, definition, group=group, weights=weights)
        for weight, codes in zip(scan.weights, scan.codes, strict=True):
            assert [VERDICTS[code] for code in codes] == exact_verdicts(definition, answers, weight, group)


def test_leaving_out_a_group_is_evaluating_the_others() -> None:
    rng = np.random.default_rng(20225)
    for _ in range(SETS):
        counts = random_counts(rng, 4)
        definition = ConsensusDefinition("made", (random_rule(rng),))
        found = leave_one_group_out(answers_of(counts), definition)
        at = int(rng.integers(3))
        others = tuple(group for group in GROUPS if group != GROUPS[at])
        if GROUPS[at] in found.named:
            counts[at], others = 0, GROUPS
        else:
            counts = np.delete(counts, at, axis=0)
        weighting = Weighting("none", WeightScheme.NONE)
        exact = evaluate(definition, answers_of(counts, others), weighting=weighting, words=WORDS)
        assert [VERDICTS[code] for code in found.without[GROUPS[at]]] == [
            one.verdict for one in exact.verdicts
        ]


def test_worst_and_best_case_are_the_verdicts_with_the_absent_added() -> None:
    rng = np.random.default_rng(20226)
    for _ in range(SETS // 2):
        counts = random_counts(rng, 3)
        absent = rng.integers(0, 4, size=counts.shape[:2])
        definition = ConsensusDefinition("made", (random_rule(rng),))
        found = worst_and_best_case(answers_of(counts), definition, absent=absent)
        for outcome in range(3):
            worst, best = (with_absent(counts, absent, outcome, ends) for ends in ((0, 8), (8, 0)))
            assert VERDICTS[found.worst[outcome]] is exact_verdicts(definition, worst, Fraction(1))[outcome]
            assert VERDICTS[found.best[outcome]] is exact_verdicts(definition, best, Fraction(1))[outcome]


def test_a_verdict_that_nobody_absent_can_move_is_robust() -> None:
    counts = np.zeros((3, 1, 9), dtype=np.int64)
    counts[:, 0, 8] = 10
    rng = np.random.default_rng(1)
    definition = ConsensusDefinition("made", (random_share_rule(rng, Verdict.IN, "survivors"),))
    nobody = worst_and_best_case(answers_of(counts), definition, absent=np.zeros((3, 1)))
    assert nobody.is_robust.all()
