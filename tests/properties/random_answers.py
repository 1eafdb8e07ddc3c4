"""Random answers and rules for the properties of consensus definitions."""

from fractions import Fraction

import numpy as np

from analysis.study.rules import (
    Comparator,
    EmptyGroups,
    MeanMeasure,
    Of,
    Rule,
    ShareMeasure,
    ShareRule,
    ShareTest,
    TopRule,
    TwoListRule,
    Verdict,
)

GROUPS = ("survivors", "providers", "policy")
POINTS = tuple(range(1, 10))


def random_counts(rng: np.random.Generator, outcomes: int) -> np.ndarray:
    """Small groups, among them empty ones, with few different shares: thresholds and cuts are met exactly."""
    sizes = rng.integers(0, 8, size=(len(GROUPS), outcomes)) * (rng.random((len(GROUPS), outcomes)) < 0.85)
    shares = rng.choice([[0.3, 0, 0.7], [0.15, 0.15, 0.7], [0.5, 0.2, 0.3], [0, 0, 1]], size=outcomes)
    points = np.repeat(shares / 3, 3, axis=-1)
    return rng.multinomial(sizes, np.broadcast_to(points, (len(GROUPS), outcomes, 9)))


def random_rule(rng: np.random.Generator) -> Rule:
    """A rule of any kind."""
    verdict = (Verdict.IN, Verdict.OUT, Verdict.NONE)[rng.integers(3)]
    measure = (ShareMeasure("agree"), ShareMeasure("low"), MeanMeasure())[rng.integers(3)]
    group = GROUPS[rng.integers(3)]
    match rng.integers(4):
        case 0:
            return TwoListRule(verdict, int(rng.integers(1, 6)), group, measure)
        case 1:
            of = (Of.POOLED, Of.GROUP)[rng.integers(2)]
            return TopRule(verdict, int(rng.integers(1, 6)), measure, of, group if of is Of.GROUP else None)
        case _:
            return random_share_rule(rng, verdict, group)


def random_share_rule(rng: np.random.Generator, verdict: Verdict, group: str) -> ShareRule:
    """A rule with one or two thresholds that small groups often meet exactly."""
    tests = tuple(
        ShareTest(
            ("agree", "low", "neither")[rng.integers(3)],
            tuple(Comparator)[rng.integers(4)],
            Fraction(int(rng.choice([15, 20, 25, 50, 60, 70, 75, 100]))),
        )
        for _ in range(rng.integers(1, 3))
    )
    of = tuple(Of)[rng.integers(5)]
    return ShareRule(
        verdict,
        tests,
        of,
        group if of is Of.GROUP else None,
        int(rng.integers(1, 4)) if of is Of.AT_LEAST else None,
        tuple(EmptyGroups)[rng.integers(2)],
    )
