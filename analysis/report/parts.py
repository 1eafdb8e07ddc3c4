"""A part of the report, and what every part needs."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from matplotlib.figure import Figure

from analysis.path import Stage, StudyPath
from analysis.ratings import RatingMatrix
from analysis.report.rating_data import RatingData, listed_matrix
from analysis.study.rounds import Round
from analysis.study.study import Study
from analysis.tables import Table
from analysis.verdicts import rests_on_synthetic_answers

Draw = Callable[[], Figure]


@dataclass(frozen=True, slots=True)
class Section:
    """One part: `done` and `not_done` say in words what was computed and what could not be, and why.

    `figures`: a code and how to draw it, since drawing takes longer than all else.
    """

    code: str
    title: str
    done: tuple[str, ...] = ()
    not_done: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    figures: tuple[tuple[str, Draw], ...] = ()


@dataclass(frozen=True, slots=True)
class Reporting:
    """A study, its path and how to compute: what every part needs. `seed`: of the resampling."""

    study: Study
    path: StudyPath
    replicates: int
    seed: int

    @property
    def labels(self) -> dict[str, str]:
        """Outcome to its name."""
        return {outcome.code: outcome.label for outcome in self.study.outcomes}

    def rng(self, round_code: str) -> np.random.Generator:
        """Return the chance of one round, so that rounds do not depend on one another."""
        return np.random.default_rng([self.seed, self.study.protocol.position(round_code)])

    def synthetic(self, round_: Round) -> str:
        """Return the study's note where the answers of a round are generated."""
        generated = rests_on_synthetic_answers(self.study.protocol, round_)
        return self.study.protocol.study.note if generated else ""


def rating_data(reporting: Reporting, stage: Stage, criterion: str) -> RatingData:
    """Return the answers to one criterion of a rating round that was held."""
    study, round_ = reporting.study, reporting.study.protocol.round(stage.code)
    return RatingData(
        protocol=study.protocol,
        round=round_,
        criterion=criterion,
        listed=stage.listed_in,
        labels=reporting.labels,
        matrix=listed_matrix(RatingMatrix.of(study, round_.code, criterion), stage.listed_in),
        synthetic=reporting.synthetic(round_),
    )
