"""How often a planned design keeps what it should, and drops what it should."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import product
from math import sqrt

import numpy as np

from analysis.intervals import wilson
from analysis.simulation.design import Design, Scenario
from analysis.simulation.parts import OutcomeClass, Should
from analysis.simulation.replicates import Run, tallies_of
from analysis.simulation.spreading import spread
from analysis.simulation.tally import DROPPED, KEPT, NOT_COMPUTABLE, UNDECIDED, Tally

# Independent of the number of workers, or their number would change the result.
REPLICATES_IN_A_RUN = 100

ASSUMPTIONS = (
    "Given its class and its group, every answer is drawn on its own: nobody is lenient or strict "
    "throughout, and outcomes are independent of one another.",
    "The rounds are independent too, but for who is still there and for conformity: a person who gave 9 "
    "before is no likelier to give 9 again.",
    "Who leaves does so whatever they think, and does not come back; newcomers answer like the others.",
    "Real people repeat themselves: a second round tells less that is new than it does here, and corrects "
    "fewer verdicts that the first one gave by chance.",
    "Real people are lenient or strict. Under share rules real outcomes therefore rise and fall together, "
    "and the length of the final list varies more than here. In lists (the top so many) a person's leniency "
    "mostly cancels, and real lists are steadier than here.",
)


@dataclass(frozen=True, slots=True)
class Estimate:
    """A simulated share: `k` of `n`, with its Wilson interval; None where n = 0."""

    k: int
    n: int
    share: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class ClassResult:
    """What became of a class's outcomes, over all replicates.

    `kept`, `dropped` (one a round: by the verdict `out`) and `undecided` (`none` in the last round, so not
    kept) are of those that could be computed, and add up to them. `not_computable` is of all.
    """

    code: str
    should: Should
    outcomes: int
    kept: Estimate
    dropped: tuple[Estimate, ...]
    undecided: Estimate
    not_computable: Estimate


@dataclass(frozen=True, slots=True)
class ScenarioResult:
    """One scenario. `invited`: people by group.

    `sensitivity`: kept, of what should be kept. `specificity`: not kept, of what should be dropped. Both of
    what could be computed. `exactly_right`, `expected_size` of the final list and its standard error: over
    the replicates in which every outcome could be computed, `exactly_right.n` of them. None where there is
    nothing of the kind.
    """

    scenario: Scenario
    invited: Mapping[str, int]
    classes: tuple[ClassResult, ...]
    sensitivity: Estimate | None
    specificity: Estimate | None
    exactly_right: Estimate
    expected_size: float | None
    size_standard_error: float | None


@dataclass(frozen=True, slots=True)
class OperatingCharacteristics:
    """The results, a scenario each, in the order of `design.scenarios`."""

    design: Design
    replicates: int
    scenarios: tuple[ScenarioResult, ...]


def operating_characteristics(
    design: Design,
    *,
    replicates: int,
    rng: np.random.Generator,
    workers: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> OperatingCharacteristics:
    """Say how often a design keeps what it should and drops what it should, by simulating it.

    Parameters
    ----------
    design : the plan, with its alternatives.
    replicates : how many times each scenario is played through.
    rng : source of the seeds; the same generator in the same state gives the same result.
    workers : see `spread`; the result is the same for any number and any backend.
    progress : called with the pieces of work done and their number as each is done.

    Returns
    -------
    OperatingCharacteristics : a result for each scenario.

    Raises
    ------
    ValueError
        For `replicates` below 1, or a number of workers that there cannot be.

    Notes
    -----
    A round's counts are multinomial: of a group's people who are there, so many give each score. Outcomes
    with the verdict `out` leave the list, `none` and not computable go on; after the last round, those that
    are `in` are kept. `ASSUMPTIONS` says what that supposes, and which way real panels differ.

    Scenarios that differ in weights or rules judge the same draws, so chance does not blur their difference.
    All scenarios have the same seeds, so a row does not depend on which others there are. The intervals are
    of the simulation only (more replicates make them narrower), and take the outcomes of one replicate as
    independent. They say nothing of how well the assumed probabilities fit.

    References
    ----------
    Morris, White and Crowther (2019), Statistics in Medicine 38, 2074-2102, doi 10.1002/sim.8086.
    """
    if replicates < 1:
        raise ValueError(f"replicates: {replicates}, expected 1 or more")
    runs = _runs(design, replicates, rng)
    sums: dict[tuple[float, float], tuple[Tally, ...]] = {}
    for done, (run, tallies) in enumerate(spread(tallies_of, runs, workers=workers), start=1):
        key = (run.panel_size, run.attrition)
        sums[key] = tuple(a + b for a, b in zip(sums[key], tallies, strict=True)) if key in sums else tallies
        if progress:
            progress(done, len(runs))
    by_scenario = [tally for key in product(design.panel_sizes, design.attrition) for tally in sums[key]]
    results = map(partial(_scenario_result, design), design.scenarios, by_scenario)
    return OperatingCharacteristics(design, replicates, tuple(results))


def _runs(design: Design, replicates: int, rng: np.random.Generator) -> list[Run]:
    whole, rest = divmod(replicates, REPLICATES_IN_A_RUN)
    sizes = [REPLICATES_IN_A_RUN] * whole + [rest] * (rest > 0)
    generators = rng.spawn(len(sizes))
    combinations = product(design.panel_sizes, design.attrition)
    return [
        Run(design, panel_size, attrition, size, generator)
        for panel_size, attrition in combinations
        for size, generator in zip(sizes, generators, strict=True)
    ]


def _scenario_result(design: Design, scenario: Scenario, tally: Tally) -> ScenarioResult:
    sized = list(zip(design.classes, tally.fates, strict=True))
    invited = dict(zip(design.group_codes, design.invited(scenario.panel_size), strict=True))
    mean = tally.sizes / tally.decided if tally.decided else None
    return ScenarioResult(
        scenario=scenario,
        invited=invited,
        classes=tuple(_class_result(one, fates.tolist()) for one, fates in sized),
        sensitivity=_share_of(Should.KEEP, design, tally, kept=True),
        specificity=_share_of(Should.DROP, design, tally, kept=False),
        exactly_right=_estimate(tally.right, tally.decided),
        expected_size=mean,
        size_standard_error=_standard_error(tally),
    )


def _class_result(one: OutcomeClass, fates: list[int]) -> ClassResult:
    computable = sum(fates) - fates[NOT_COMPUTABLE]
    return ClassResult(
        code=one.code,
        should=one.should,
        outcomes=one.outcomes,
        kept=_estimate(fates[KEPT], computable),
        dropped=tuple(_estimate(number, computable) for number in fates[DROPPED:]),
        undecided=_estimate(fates[UNDECIDED], computable),
        not_computable=_estimate(fates[NOT_COMPUTABLE], sum(fates)),
    )


def _share_of(should: Should, design: Design, tally: Tally, *, kept: bool) -> Estimate | None:
    rows = [at for at, one in enumerate(design.classes) if one.should is should]
    if not rows:
        return None
    fates = tally.fates[rows].sum(axis=0)
    computable = int(fates.sum() - fates[NOT_COMPUTABLE])
    number = int(fates[KEPT])
    return _estimate(number if kept else computable - number, computable)


def _standard_error(tally: Tally) -> float | None:
    n = tally.decided
    if n < 2:
        return None
    # Whole numbers, so nothing is lost in the difference.
    return sqrt((n * tally.squared_sizes - tally.sizes**2) / (n * n * (n - 1)))


def _estimate(k: int, n: int) -> Estimate:
    interval = wilson(k, n)
    return Estimate(k, n, k / n if n else None, interval.low, interval.high)
