"""The ratings of one round as a matrix of panellists and outcomes."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from analysis.study.records import Missing
from analysis.study.rounds import Round
from analysis.study.study import Study

NOT_MISSING = -1
_KINDS = {kind: at for at, kind in enumerate(Missing)}


@dataclass(frozen=True, slots=True, eq=False)
class RatingMatrix:
    """Scores of P panellists for O outcomes, on time.

    `groups` names each panellist's group. `scores` is (P, O) with NaN where there is no score;
    `missing` is (P, O): the place of the kind in `Missing`, -1 where there is a score or no answer
    at all. Raises ValueError where shapes differ or a cell has both a score and a kind of missing.
    """

    panellists: tuple[str, ...]
    groups: tuple[str, ...]
    outcomes: tuple[str, ...]
    scores: NDArray[np.float64]
    missing: NDArray[np.int8]

    def __post_init__(self) -> None:
        if len(self.groups) != len(self.panellists):
            raise ValueError(
                f"groups: {len(self.groups)}, expected one for each of {len(self.panellists)} panellists"
            )
        shape = len(self.panellists), len(self.outcomes)
        for name, kind in (("scores", np.float64), ("missing", np.int8)):
            array = np.asarray(getattr(self, name), dtype=kind).copy()
            if array.shape != shape:
                raise ValueError(f"{name}: shape {array.shape}, expected {shape}")
            array.flags.writeable = False
            object.__setattr__(self, name, array)
        if np.any(~np.isnan(self.scores) & (self.missing != NOT_MISSING)):
            raise ValueError("missing: a cell that has a score as well")

    @classmethod
    def of(cls, study: Study, round_code: str, criterion: str | None = None) -> Self:
        """Return the answers to `criterion` (default: the round's first) in a rating round.

        Rows: panellists with an answer, in the panel's order. Columns: outcomes with an answer, in the
        study's order. Late answers are left out. Raises KeyError for an unknown round, ValueError for a
        round without that criterion.
        """
        asked = criterion_of(study.protocol.round(round_code), criterion)
        answers = [
            rating
            for rating in study.ratings
            if rating.round == round_code and rating.criterion == asked and not rating.late
        ]
        rated, raters = {answer.outcome for answer in answers}, {answer.panellist for answer in answers}
        people = [person for person in study.panel if person.code in raters]
        outcomes = tuple(outcome.code for outcome in study.outcomes if outcome.code in rated)
        rows = {person.code: at for at, person in enumerate(people)}
        columns = {code: at for at, code in enumerate(outcomes)}
        scores = np.full((len(rows), len(columns)), np.nan)
        missing = np.full(scores.shape, NOT_MISSING, dtype=np.int8)
        for answer in answers:
            cell = rows[answer.panellist], columns[answer.outcome]
            if answer.score is not None:
                scores[cell] = answer.score
            elif answer.missing is not None:
                missing[cell] = _KINDS[answer.missing]
        return cls(tuple(rows), tuple(person.group for person in people), outcomes, scores, missing)


def criterion_of(round_: Round, criterion: str | None = None) -> str:
    """Return `criterion`, or the round's first; ValueError if the round does not ask it."""
    asked = [one.code for one in round_.criteria]
    if not asked:
        raise ValueError(f"round {round_.code}: it asks for no ratings")
    if criterion is not None and criterion not in asked:
        raise ValueError(f"criterion: {criterion!r} is not one of {', '.join(asked)}")
    return asked[0] if criterion is None else criterion
