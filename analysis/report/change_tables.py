"""What changed between two rating rounds, for the same people asked in the same words."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.report.rating_data import RatingData
from analysis.report.rating_tables import OUTCOME
from analysis.stability import (
    bowker,
    changes,
    icc_agreement,
    paired_tables,
    percentage_change,
    rank_correlation,
    stuart_maxwell,
    weighted_kappa,
    wilcoxon,
)
from analysis.study.records import LineageAction, LineageStep
from analysis.tables import HIDDEN, Cell, Column, Kind, Table, plain_number, table


@dataclass(frozen=True, slots=True)
class Paired:
    """Two rounds' scores of the same people for the same outcomes, both (people, outcomes).

    `groups`: each person's. `outcomes`: those that stand in both lists with the same wording.
    """

    earlier: RatingData
    later: RatingData
    outcomes: tuple[str, ...]
    groups: tuple[str, ...]
    before: NDArray[np.float64]
    after: NDArray[np.float64]


def paired_of(earlier: RatingData, later: RatingData, lineage: Sequence[LineageStep]) -> Paired | None:
    """Return what can be compared between two rounds; None where scales differ or nothing is in both."""
    if earlier.scale.points != later.scale.points or earlier.criterion != later.criterion:
        return None
    reworded = {code for step in lineage if step.action is LineageAction.REWORDED for code in step.results}
    outcomes = tuple(code for code in later.listed if code in earlier.listed and code not in reworded)
    place = {person: at for at, person in enumerate(earlier.matrix.panellists)}
    both = [(place[person], at) for at, person in enumerate(later.matrix.panellists) if person in place]
    if not outcomes or not both:
        return None
    first, second = (list(column) for column in zip(*both, strict=True))
    return Paired(
        earlier,
        later,
        outcomes,
        tuple(later.matrix.groups[at] for at in second),
        earlier.matrix.scores[np.ix_(first, [earlier.listed.index(code) for code in outcomes])],
        later.matrix.scores[np.ix_(second, [later.listed.index(code) for code in outcomes])],
    )


def steps_between(before: RatingData, data: RatingData, lineage: Sequence[LineageStep]) -> list[LineageStep]:
    """Return the steps of the lineage from the round before up to this one."""
    first, last = (data.protocol.position(one.round.code) for one in (before, data))
    return [step for step in lineage if first <= data.protocol.position(step.after) < last]


def changes_table(paired: Paired) -> Table:
    """Return how ratings changed, outcome by outcome."""
    before, after = paired.before, paired.after
    moved, ranks = changes(before, after), wilcoxon(before, after)
    squares = paired_tables(before, after, categories=paired.later.scale.points)
    shifted = percentage_change(squares.sum(axis=2), squares.sum(axis=1))
    rows: list[list[Cell]] = []
    for at, outcome in enumerate(paired.outcomes):
        square = squares[at]
        cells: list[Cell] = [
            plain_number(one[at])
            for one in (
                moved.share_changed,
                moved.share_up,
                moved.share_down,
                moved.mean_absolute_change,
                np.asarray(shifted),
                ranks.rank_biserial,
                ranks.p_value,
            )
        ]
        cells += [bowker(square).p_value, stuart_maxwell(square).p_value]
        cells += [weighted_kappa(square, weights="quadratic").value]
        cells += [icc_agreement(before[:, at], after[:, at]).value]
        few = int(moved.n[at]) < paired.later.minimum
        shown = [HIDDEN] * len(cells) if few else cells
        rows.append([outcome, paired.later.label(outcome), plain_number(moved.n[at]), *shown])
    return table(
        "changes",
        f"What changed since {paired.earlier.round.label}",
        (
            *OUTCOME,
            Column("n", "Same people", Kind.COUNT),
            Column("share_changed", "Changed", Kind.SHARE),
            Column("share_up", "Up", Kind.SHARE),
            Column("share_down", "Down", Kind.SHARE),
            Column("mean_absolute_change", "Points moved"),
            Column("percentage_change", "Distribution moved", Kind.SHARE),
            Column("rank_biserial", "Direction"),
            Column("wilcoxon_p", "p, signed rank", Kind.P_VALUE),
            Column("bowker_p", "p, Bowker", Kind.P_VALUE),
            Column("stuart_maxwell_p", "p, Stuart-Maxwell", Kind.P_VALUE),
            Column("kappa_quadratic", "Kappa, quadratic"),
            Column("icc_agreement", "ICC(A,1)"),
        ),
        rows,
        _order_sentence(paired),
        "Distribution moved: half the summed differences between the points' shares; under 15 % is called "
        "stable. Direction: -1 all down, 1 all up. A large p-value is no proof of stability.",
        "Bowker's p is too large where few people stand in a large table; Stuart-Maxwell's is not computable "
        "where they leave gaps.",
        _not_compared(paired),
    )


def _order_sentence(paired: Paired) -> str:
    first, second = (
        np.array([data.listed.index(code) for code in paired.outcomes])
        for data in (paired.earlier, paired.later)
    )
    found = rank_correlation(
        paired.earlier.statistics.mean[-1, first], paired.later.statistics.mean[-1, second]
    )
    if found is None:
        return ""
    return f"The order of the outcomes by mean score correlates {found:.2f} (Spearman) between the rounds."


def _not_compared(paired: Paired) -> str:
    new = len(paired.later.listed) - len(paired.outcomes)
    if not new:
        return ""
    return f"Not compared: {new} outcomes that are new, merged or reworded since, and so are other questions."
