"""Made-up answers: who is there in a round, and how many of them give which score."""

import numpy as np
from numpy.typing import NDArray
from scipy import special

from analysis.simulation.design import Design, nearest
from analysis.simulation.parts import GroupAnswers, PlannedRound
from analysis.study.scale import Scale

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]


def score_probabilities(answers: GroupAnswers, scale: Scale) -> Floats:
    """Return the probability of each point of `scale`, (C,), among those who give a score."""
    if answers.mean is None or answers.spread is None:
        total = sum(answers.probabilities)
        return np.array([share / total for share in answers.probabilities])
    between = np.array(scale.points[:-1], dtype=np.float64) + 0.5
    below = special.ndtr((between - answers.mean) / answers.spread)
    points: Floats = np.diff(below, prepend=0.0, append=1.0)
    return points


def probabilities_of(design: Design) -> tuple[Floats, Floats]:
    """Return the points' probabilities, (G, O, C), and the share without a score, (G, O).

    Outcomes stand in the order of their classes.
    """
    points, missing = [], []
    for group in design.group_codes:
        of_group = [
            (answers, one.outcomes)
            for one in design.classes
            for answers in one.answers
            if answers.group == group
        ]
        points.append(
            [score_probabilities(answers, design.scale) for answers, n in of_group for _ in range(n)]
        )
        missing.append([answers.missing for answers, n in of_group for _ in range(n)])
    return np.array(points, dtype=np.float64), np.array(missing, dtype=np.float64)


def people_in(
    planned: PlannedRound,
    before: Counts,
    *,
    design: Design,
    panel_size: float,
    attrition: float,
    rng: np.random.Generator,
) -> Counts:
    """Return how many of each group answer in a round, (R, G), of those who were there `before`.

    Each person leaves on their own, with the group's share times `attrition`; newcomers join as planned.
    """
    groups = design.group_codes
    leaves = np.minimum([planned.leaves.get(group, 0.0) * attrition for group in groups], 1.0)
    joins = [
        nearest(planned.joins.get(group, 0.0) * invited)
        for group, invited in zip(groups, design.invited(panel_size), strict=True)
    ]
    stayed: Counts = rng.binomial(before, 1 - leaves)
    return stayed + np.array(joins, dtype=np.int64)


def counts_of(people: Counts, points: Floats, missing: Floats, rng: np.random.Generator) -> Counts:
    """Return how many give each score, (R, G, O, C), where `people` (R, G) answer about every outcome.

    `points` is (G, O, C), or (R, G, O, C) where it differs between replicates; `missing` is (G, O).
    """
    scored = points * (1 - missing)[..., None]
    silent = np.broadcast_to(missing[..., None], (*scored.shape[:-1], 1))
    # The first place is for those without a score: what rounding leaves over goes to the last.
    drawn: Counts = rng.multinomial(people[:, :, None], np.concatenate((silent, scored), axis=-1))
    return drawn[..., 1:]


def pulled(points: Floats, earlier: Counts, *, conformity: float) -> Floats:
    """Return `points` (G, O, C) with the share `conformity` moved to each group's earlier median.

    `earlier` is (R, G, O, C), the counts of the round before; the result has its shape. Where an even number
    answered and the two in the middle differ, each of their scores gets half. Where nobody answered, nothing
    is moved.
    """
    upto = earlier.cumsum(axis=-1)
    n = upto[..., -1:]
    at_median = np.zeros(earlier.shape, dtype=np.float64)
    for middle in ((n + 1) // 2, n // 2 + 1):
        at_median += 0.5 * ((upto >= middle) & (upto - earlier < middle))
    moved = conformity * (n > 0)
    result: Floats = (1 - moved) * points + moved * at_median
    return result
