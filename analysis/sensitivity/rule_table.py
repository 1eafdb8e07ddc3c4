"""The verdicts under other rules and weights, side by side with the study's own."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.consensus.answers import Answers
from analysis.consensus.verdict_codes import VERDICTS, VerdictCodes, answer_sets, codes_of_sums
from analysis.sensitivity.alternatives import Alternative
from analysis.study.rules import Verdict


@dataclass(frozen=True, slots=True, eq=False)
class RuleGrid:
    """`codes` (rules, outcomes): places in `VERDICTS`; the others are held against the first rule.

    `differs` marks other verdicts than the first rule's; `kept` counts `in` by rule; `same_verdict` is, by
    outcome, the share of the other rules that give the first rule's verdict (NaN without others).
    """

    labels: tuple[str, ...]
    outcomes: tuple[str, ...]
    codes: VerdictCodes
    differs: NDArray[np.bool_]
    kept: NDArray[np.int64]
    same_verdict: NDArray[np.float64]


def rule_grid(answers: Answers, alternatives: Sequence[Alternative]) -> RuleGrid:
    """Return every outcome's verdict under each of several rules.

    Parameters
    ----------
    answers : of a rating round or a workshop.
    alternatives : definitions with weights and a label each, the study's own first: see `usual_alternatives`.

    Returns
    -------
    RuleGrid

    Raises
    ------
    ValueError
        For no rule at all, or one that needs answers which are not there.

    Notes
    -----
    Rules in use give widely different lists. This shows by how much; it is no reason to choose another rule
    now.
    """
    if not alternatives:
        raise ValueError("alternatives: expected at least the study's own rule")
    codes = np.stack(
        [
            codes_of_sums(one.definition, answer_sets(answers, one.definition), weighting=one.weighting)
            for one in alternatives
        ]
    )
    differs = codes != codes[0]
    others = len(alternatives) - 1
    same = 1 - differs[1:].mean(axis=0) if others else np.full(codes.shape[1], np.nan)
    return RuleGrid(
        labels=tuple(one.label for one in alternatives),
        outcomes=answers.outcomes,
        codes=codes,
        differs=differs,
        kept=(codes == VERDICTS.index(Verdict.IN)).sum(axis=1),
        same_verdict=same,
    )
