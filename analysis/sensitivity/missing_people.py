"""The verdicts had those who gave no score given the worst one, or the best."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.consensus.answers import Answers
from analysis.consensus.verdict_codes import VerdictCodes, answer_sets, codes_of_sums, verdict_codes
from analysis.study.rules import ConsensusDefinition, ShareRule
from analysis.study.weighting import UNWEIGHTED, Weighting


@dataclass(frozen=True, slots=True, eq=False)
class CaseVerdicts:
    """Verdict codes (O,): as answered, in each outcome's worst case, in its best."""

    outcomes: tuple[str, ...]
    own: VerdictCodes
    worst: VerdictCodes
    best: VerdictCodes

    @property
    def is_robust(self) -> NDArray[np.bool_]:
        """Where neither case has another verdict."""
        same: NDArray[np.bool_] = (self.worst == self.own) & (self.best == self.own)
        return same


def worst_and_best_case(
    answers: Answers,
    definition: ConsensusDefinition,
    *,
    absent: ArrayLike,
    weighting: Weighting = UNWEIGHTED,
) -> CaseVerdicts:
    """Return what the verdict on each outcome would be had all who are absent rated it lowest, or highest.

    Parameters
    ----------
    answers : of a rating round.
    definition, weighting : as in the study.
    absent : (G, O) whole numbers: who could have rated and did not, such as those lost since the round
        before.

    Returns
    -------
    CaseVerdicts

    Raises
    ------
    ValueError
        For a workshop, a shape that does not fit, or a negative number.

    Notes
    -----
    In an outcome's worst case the absent rate it lowest and every other outcome highest, in its best the
    other way round; for share rules the others do not matter. A verdict that is the same in both cannot be
    due to who left.
    """
    ratings = answers.ratings
    if ratings is None:
        raise ValueError("answers: a workshop has no ratings that could be missing")
    missing = np.asarray(absent)
    if missing.shape != ratings.n.shape or np.any(missing < 0) or np.any(missing % 1 != 0):
        raise ValueError(f"absent: shape {missing.shape}, expected whole numbers of shape {ratings.n.shape}")
    # A share rule looks at one outcome alone, so that one set of answers is every outcome's own case.
    alone = all(isinstance(rule, ShareRule) for rule in definition.rules)
    outcomes = 1 if alone else len(answers.outcomes)
    mine = np.ones((1, 1, 1), dtype=bool) if alone else np.eye(outcomes, dtype=bool)[:, None, :]
    cases = []
    for lowest_for_mine in (True, False):
        sets = np.repeat(ratings.counts[None], outcomes, axis=0)
        sets[..., 0] += np.where(mine == lowest_for_mine, missing, 0).astype(np.int64)
        sets[..., -1] += np.where(mine == lowest_for_mine, 0, missing).astype(np.int64)
        codes = verdict_codes(
            definition,
            sets,
            categories=ratings.categories,
            boxes=answers.boxes,
            groups=answers.groups,
            weighting=weighting,
        )
        cases.append(codes[0] if alone else np.diagonal(codes).copy())
    own = codes_of_sums(definition, answer_sets(answers, definition), weighting=weighting)
    return CaseVerdicts(answers.outcomes, own, cases[0], cases[1])
