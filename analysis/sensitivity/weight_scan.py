"""The verdicts at each of several weights of one group: what a slider shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from analysis.consensus.answers import Answers
from analysis.consensus.verdict_codes import VerdictCodes, answer_sets, codes_of_sums
from analysis.exactness import exact_fraction
from analysis.study.rules import ConsensusDefinition
from analysis.study.weighting import Weighting, WeightScheme


@dataclass(frozen=True, slots=True, eq=False)
class WeightScan:
    """`codes` (weights, outcomes): places in `analysis.consensus.verdict_codes.VERDICTS`."""

    group: str
    weights: tuple[Fraction, ...]
    outcomes: tuple[str, ...]
    codes: VerdictCodes


def verdicts_by_weight(
    answers: Answers, definition: ConsensusDefinition, *, group: str, weights: Sequence[float | Fraction]
) -> WeightScan:
    """Return every outcome's verdict for each weight of one group, everyone else counting once.

    Parameters
    ----------
    answers : of a rating round or a workshop.
    definition : of any rules; on lists too, where no closed form exists.
    group : whose people count `weights` times.
    weights : 0 or more each; a float is read as the decimal that it prints as.

    Returns
    -------
    WeightScan

    Raises
    ------
    ValueError
        For an unknown group or a negative weight.

    Notes
    -----
    Exact at each weight; nothing is said of weights between. For share rules `flip_weight` knows them all.
    """
    if group not in answers.groups:
        raise ValueError(f"group: {group!r} is not one of {', '.join(answers.groups)}")
    exact = tuple(exact_fraction(weight) for weight in weights)
    if any(weight < 0 for weight in exact):
        raise ValueError("weights: a negative weight")
    sums = answer_sets(answers, definition)
    schemes = (Weighting("scan", WeightScheme.MULTIPLIER, {group: weight}) for weight in exact)
    codes = [codes_of_sums(definition, sums, weighting=scheme) for scheme in schemes]
    empty = np.zeros((0, len(answers.outcomes)), dtype=np.int8)
    return WeightScan(group, exact, answers.outcomes, np.stack(codes) if codes else empty)
