"""Verdicts over many sets at once are those of the exact evaluation, one set at a time."""

from fractions import Fraction

import numpy as np
import pytest

from analysis.consensus.answers import Answers
from analysis.consensus.evaluate import evaluate
from analysis.consensus.verdict_codes import VERDICTS, verdict_codes
from analysis.counts import ResponseCounts
from analysis.study.rules import (
    ConsensusDefinition,
    ShareMeasure,
    TopRule,
    TwoListRule,
    Verdict,
)
from analysis.study.weighting import Weighting, WeightScheme
from tests.analysis.builders import BOXES, WORDS
from tests.properties.random_answers import GROUPS, POINTS, random_counts, random_rule

SCHEMES = (
    Weighting("none", WeightScheme.NONE),
    Weighting("double", WeightScheme.MULTIPLIER, {"survivors": Fraction(5, 2)}),
    Weighting("nobody", WeightScheme.MULTIPLIER, {"survivors": Fraction(0), "providers": Fraction(0)}),
    Weighting("equal", WeightScheme.EQUAL_GROUPS),
    Weighting("half", WeightScheme.TARGET_SHARE, {"survivors": Fraction(1, 2)}),
    Weighting("all", WeightScheme.TARGET_SHARE, {"survivors": Fraction(3, 5), "policy": Fraction(2, 5)}),
)


@pytest.mark.parametrize("weighting", SCHEMES, ids=lambda scheme: str(scheme.code))
def test_the_bare_verdicts_are_those_of_the_exact_evaluation(weighting: Weighting) -> None:
    rng = np.random.default_rng(20221)
    for _ in range(400):
        outcomes = tuple(f"o{at}" for at in range(rng.integers(1, 7)))
        counts = random_counts(rng, len(outcomes))
        definition = ConsensusDefinition(
            "made",
            tuple(random_rule(rng) for _ in range(rng.integers(1, 4))),
            otherwise=(Verdict.NONE, Verdict.OUT)[rng.integers(2)],
            minimum_n=int(rng.integers(1, 6)),
        )
        missing = np.zeros((*counts.shape[:2], 3), dtype=np.int64)
        ratings = ResponseCounts(GROUPS, outcomes, POINTS, counts, missing)
        exact = evaluate(
            definition,
            Answers(GROUPS, outcomes, ratings=ratings, boxes=BOXES),
            weighting=weighting,
            words=WORDS,
        )
        codes = verdict_codes(
            definition, counts, categories=POINTS, boxes=BOXES, groups=GROUPS, weighting=weighting
        )
        assert [VERDICTS[code] for code in codes] == [one.verdict for one in exact.verdicts]


def test_several_sets_at_once_are_the_same_as_one_by_one() -> None:
    rng = np.random.default_rng(7)
    sets = np.stack([random_counts(rng, 5) for _ in range(50)])
    definition = ConsensusDefinition(
        "made", (TwoListRule(Verdict.IN, 2, "survivors", ShareMeasure("agree")),)
    )
    axes = {"categories": POINTS, "boxes": BOXES, "groups": GROUPS}
    together = verdict_codes(definition, sets, **axes)
    assert together.tolist() == [verdict_codes(definition, one, **axes).tolist() for one in sets]


def test_what_is_not_listed_gets_no_verdict_and_takes_no_place() -> None:
    counts = np.zeros((3, 3, 9), dtype=np.int64)
    counts[0, :, 8] = [9, 8, 7]
    counts[0, :, 0] = [1, 2, 3]
    definition = ConsensusDefinition("made", (TopRule(Verdict.IN, 1, ShareMeasure("agree")),))
    codes = verdict_codes(
        definition,
        counts,
        categories=POINTS,
        boxes=BOXES,
        groups=GROUPS,
        listed=np.array([False, True, True]),
    )
    assert codes.tolist() == [-1, 0, 2]
