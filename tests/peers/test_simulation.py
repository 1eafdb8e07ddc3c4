"""The simulation against exact enumeration of small designs, and its parts against direct computation."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product
from math import factorial, prod, sqrt

import numpy as np
import pytest
from scipy import stats

from analysis.consensus.answers import Answers
from analysis.consensus.evaluate import evaluate
from analysis.counts import ResponseCounts
from analysis.sentences import Words
from analysis.simulation.answers import pulled, score_probabilities
from analysis.simulation.characteristics import ScenarioResult, operating_characteristics
from analysis.simulation.design import Design
from analysis.simulation.parts import GroupAnswers, OutcomeClass, PlannedRound, Should
from analysis.study.rules import (
    ConsensusDefinition,
    MeanMeasure,
    Of,
    ShareMeasure,
    ShareRule,
    TopRule,
    TwoListRule,
    Verdict,
)
from analysis.study.scale import Scale
from analysis.study.weighting import Weighting
from tests.analysis.builders import EQUAL_GROUPS, UNWEIGHTED, defined, multiplier, share_test
from tests.analysis.designs import ROUND_1, THREE_POINTS, planned

GROUPS, OUTCOMES = {"a": 2, "b": 2}, ("x", "y")
BOXES = {box.code: box for box in THREE_POINTS.boxes}
WORDS = Words(groups={"a": "A", "b": "B"}, boxes=BOXES, ballots={})
LIKED = OutcomeClass(
    "liked", Should.KEEP, 1, (GroupAnswers("a", (0.2, 0.2, 0.6)), GroupAnswers("b", (0.1, 0.4, 0.5)))
)
POOR = OutcomeClass(
    "poor", Should.DROP, 1, (GroupAnswers("a", (0.5, 0.3, 0.2)), GroupAnswers("b", (0.3, 0.3, 0.4)))
)
Cells = tuple[tuple[int, int, int], ...]


def cells_of(people: int) -> Iterator[tuple[int, int, int]]:
    return ((one, two, people - one - two) for one in range(people + 1) for two in range(people + 1 - one))


def multinomial(cell: tuple[int, ...], probabilities: tuple[float, ...]) -> float:
    ways = factorial(sum(cell)) // prod(map(factorial, cell))
    return ways * prod(p**k for p, k in zip(probabilities, cell, strict=True))


@cache
def ways_to_answer() -> list[tuple[Cells, float]]:
    """Every way in which both groups can answer about both outcomes, with its probability."""
    of = [(group, one) for one in (LIKED, POOR) for group in GROUPS]
    found = []
    for cells in product(*(list(cells_of(GROUPS[group])) for group, _ in of)):
        chance = prod(
            multinomial(cell, next(a.probabilities for a in one.answers if a.group == group))
            for cell, (group, one) in zip(cells, of, strict=True)
        )
        found.append((cells, chance))
    return found


def verdicts(
    definition: ConsensusDefinition, cells: Cells, listed: tuple[str, ...], weighting: Weighting
) -> Mapping[str, Verdict]:
    """The verdicts of the listed outcomes, in exact arithmetic."""
    counts = np.array(cells).reshape(2, 2, 3).transpose(1, 0, 2)
    all_counts = ResponseCounts(tuple(GROUPS), OUTCOMES, (1, 2, 3), counts, np.zeros((2, 2, 3), dtype=int))
    answers = Answers(tuple(GROUPS), listed, ratings=all_counts.of_outcomes(listed), boxes=BOXES)
    found = evaluate(definition, answers, weighting=weighting, words=WORDS)
    return {one.outcome: one.verdict for one in found.verdicts}


@dataclass(frozen=True)
class Exact:
    """The chance of each final list, and of each list after the first round."""

    final: Mapping[frozenset[str], float]
    after_first: Mapping[frozenset[str], float]


def exact(first: ConsensusDefinition, last: ConsensusDefinition, weighting: Weighting) -> Exact:
    after_first: dict[frozenset[str], float] = {}
    for cells, chance in ways_to_answer():
        found = verdicts(first, cells, OUTCOMES, weighting)
        still = frozenset(code for code in OUTCOMES if found[code] is not Verdict.OUT)
        after_first[still] = after_first.get(still, 0) + chance
    final: dict[frozenset[str], float] = {}
    for still, share in after_first.items():
        listed = tuple(code for code in OUTCOMES if code in still)
        for cells, chance in ways_to_answer():
            found = verdicts(last, cells, listed, weighting)
            kept = frozenset(code for code in listed if found[code] is Verdict.IN)
            final[kept] = final.get(kept, 0) + share * chance
    return Exact(final, after_first)


def simulated(design: Design) -> ScenarioResult:
    rng = np.random.default_rng(11)
    (result,) = operating_characteristics(design, replicates=20_000, rng=rng).scenarios
    return result


DROPS_LOW = defined(ShareRule(Verdict.OUT, (share_test("low", ">=", 50),)))
DEFINITIONS = {
    "pooled share": defined(ShareRule(Verdict.IN, (share_test("agree", ">=", 50),))),
    "every group": defined(ShareRule(Verdict.IN, (share_test("agree", ">=", 50),), of=Of.EVERY)),
    "top of all by mean": defined(TopRule(Verdict.IN, 1, MeanMeasure())),
    "two lists": defined(TwoListRule(Verdict.IN, 1, "b", ShareMeasure("agree"))),
}


@pytest.mark.parametrize("weighting", [UNWEIGHTED, multiplier(a="3/2"), EQUAL_GROUPS], ids=lambda w: w.code)
@pytest.mark.parametrize("rule", DEFINITIONS)
def test_two_rounds_agree_with_every_way_to_answer_enumerated(rule: str, weighting: Weighting) -> None:
    rounds = [ROUND_1, PlannedRound("2")]
    last = DEFINITIONS[rule]
    result = simulated(planned(GROUPS, [LIKED, POOR], DROPS_LOW, last, rounds=rounds, weights=[weighting]))
    expected = exact(DROPS_LOW, last, weighting)
    assert sum(expected.final.values()) == pytest.approx(1)
    pairs = [
        (result.sensitivity, sum(p for kept, p in expected.final.items() if "x" in kept)),
        (result.specificity, sum(p for kept, p in expected.final.items() if "y" not in kept)),
        (result.exactly_right, expected.final[frozenset({"x"})]),
        (
            result.classes[1].dropped[0],
            sum(p for still, p in expected.after_first.items() if "y" not in still),
        ),
    ]
    for estimate, share in pairs:
        assert estimate is not None
        assert estimate.share is not None
        assert abs(estimate.share - share) < 4 * sqrt(share * (1 - share) / estimate.n)


def test_conformity_finds_the_medians_that_numpy_finds() -> None:
    rng = np.random.default_rng(5)
    points = rng.dirichlet(np.ones(5), size=(1, 1))
    for n in rng.integers(1, 12, size=1_500):
        scores = np.sort(rng.integers(0, 5, size=n))
        earlier = np.bincount(scores, minlength=5).reshape(1, 1, 1, 5)
        moved = pulled(points, earlier, conformity=1.0)[0, 0, 0]
        low, high = np.quantile(scores, 0.5, method="lower"), np.quantile(scores, 0.5, method="higher")
        assert moved @ np.arange(5) == pytest.approx(np.median(scores))
        assert set(np.flatnonzero(moved)) == {low, high}


def test_latent_normals_agree_with_the_distribution_of_scipy() -> None:
    rng = np.random.default_rng(6)
    for mean, spread, high in zip(
        rng.uniform(-2, 12, 1_000), rng.uniform(0.05, 5, 1_000), rng.integers(2, 12, 1_000), strict=True
    ):
        scale = Scale("some", 1, int(high), ("no", *[""] * (int(high) - 2), "yes"), "")
        found = score_probabilities(GroupAnswers("a", mean=float(mean), spread=float(spread)), scale)
        ends = np.array([-np.inf, *np.arange(1, high) + 0.5, np.inf])
        expected = np.diff(stats.norm(mean, spread).cdf(ends))
        np.testing.assert_allclose(found, expected, atol=1e-9)
