"""The verdicts without one group."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from analysis.consensus.answers import Answers
from analysis.consensus.verdict_codes import AnswerSets, Sums, VerdictCodes, answer_sets, codes_of_sums
from analysis.study.rules import ConsensusDefinition, Measure
from analysis.study.weighting import UNWEIGHTED, Weighting


@dataclass(frozen=True, slots=True, eq=False)
class LeftOut:
    """`own` (O,): verdict codes with everyone. `without`: group to the codes when it had not answered.

    `named`: groups that the definition names; without one, its own list is empty, and a rule on it is not
    computable.
    """

    outcomes: tuple[str, ...]
    own: VerdictCodes
    without: Mapping[str, VerdictCodes]
    named: frozenset[str]


def leave_one_group_out(
    answers: Answers, definition: ConsensusDefinition, *, weighting: Weighting = UNWEIGHTED
) -> LeftOut:
    """Return what the verdicts would be had one group not been asked, for each group in turn.

    Parameters
    ----------
    answers : of a rating round or a workshop.
    definition, weighting : as in the study.

    Returns
    -------
    LeftOut

    Raises
    ------
    ValueError
        Where a rule needs answers that are not there.

    Notes
    -----
    A group that no rule names is taken off the panel, so that rules over every group look at the others. A
    group that a rule names stays as one without answers. A target share of the group left out falls to the
    others.
    """
    sums = answer_sets(answers, definition)
    named = frozenset(rule.group for rule in definition.rules if rule.group is not None)
    without = {
        group: codes_of_sums(definition, _without(sums, at, group in named), weighting=weighting)
        for at, group in enumerate(answers.groups)
    }
    return LeftOut(answers.outcomes, codes_of_sums(definition, sums, weighting=weighting), without, named)


def _without(sums: AnswerSets, at: int, keeps_place: bool) -> AnswerSets:
    there = np.arange(len(sums.groups)) != at
    left: dict[Measure | str, Sums] = {}
    for key, one in sums.sums_of.items():
        if keeps_place:
            left[key] = Sums(one.k * there[:, None], one.n * there[:, None])
        else:
            left[key] = Sums(one.k[there], one.n[there])
    return AnswerSets(sums.groups if keeps_place else sums.groups[:at] + sums.groups[at + 1 :], left)
