"""A run of replicates: the same made-up answers under every alternative of weights and rules."""

from copy import deepcopy
from dataclasses import dataclass
from itertools import product

import numpy as np

from analysis.simulation.answers import Counts, counts_of, people_in, probabilities_of, pulled
from analysis.simulation.design import Design
from analysis.simulation.tally import Tally, fates_of, tally_of


@dataclass(frozen=True, slots=True)
class Run:
    """So many `replicates` of one panel size and attrition; runs of other ones start from the same `rng`."""

    design: Design
    panel_size: float
    attrition: float
    replicates: int
    rng: np.random.Generator


def tallies_of(run: Run) -> tuple[Run, tuple[Tally, ...]]:
    """Return the run with a tally for each alternative, in the order of the scenarios: rules change first."""
    design, answers = run.design, _answers(run)
    alternatives = product(design.weights, map(design.definitions_of, design.rule_sets))
    tallies = tuple(
        tally_of(fates_of(answers, definitions, design=design, weighting=weighting), design=design)
        for weighting, definitions in alternatives
    )
    return run, tallies


def _answers(run: Run) -> list[Counts]:
    """Draw the counts of every round, (R, G, O, C), of all outcomes, listed by the rules or not."""
    rng, design = deepcopy(run.rng), run.design
    points, missing = probabilities_of(design)
    people = np.tile(np.array(design.invited(run.panel_size), dtype=np.int64), (run.replicates, 1))
    rounds: list[Counts] = []
    for planned in design.rounds:
        people = people_in(
            planned,
            people,
            design=design,
            panel_size=run.panel_size,
            attrition=run.attrition,
            rng=rng,
        )
        conform = planned.conformity > 0
        asked = pulled(points, rounds[-1], conformity=planned.conformity) if conform else points
        rounds.append(counts_of(people, asked, missing, rng))
    return rounds
