"""The table of dissents that people keep on record in a rating round."""

import numpy as np
from numpy.typing import NDArray

from analysis.disclosure import shown_dissents
from analysis.report.rating_data import RatingData
from analysis.report.rating_tables import OUTCOME
from analysis.study.records import CommentKind
from analysis.study.study import Study
from analysis.tables import HIDDEN, Cell, Column, Kind, Table, table


def dissents_in(study: Study, data: RatingData) -> NDArray[np.int64]:
    """Count the people who keep a dissent on record, by group and outcome of the round's list, (G, O)."""
    group_of = {person.code: person.group for person in study.panel}
    groups = {group: place for place, group in enumerate(data.counts.groups)}
    outcomes = {outcome: place for place, outcome in enumerate(data.listed)}
    found = np.zeros((len(groups), len(outcomes)), dtype=np.int64)
    for comment in study.comments:
        is_dissent = comment.kind is CommentKind.DISSENT and comment.round == data.round.code
        if is_dissent and comment.outcome in outcomes:
            found[groups[group_of[comment.panellist]], outcomes[comment.outcome]] += 1
    return found


def dissents_table(data: RatingData, dissents: NDArray[np.int64]) -> Table:
    """Return how many people of each group keep a dissent on record, outcome by outcome."""
    shown = shown_dissents(dissents, data.counts.n, minimum=data.minimum)
    hides = bool(np.isnan(shown.by_group).any())
    labels = [data.group_label(group) for group in data.counts.groups]
    rows: list[list[Cell]] = [
        [code, data.label(code), *map(_number, shown.by_group[:, place]), _number(shown.everyone[place])]
        for place, code in enumerate(data.listed)
    ]
    return table(
        "dissents",
        "Dissents kept on record",
        (
            *OUTCOME,
            *(
                Column(code, label, Kind.COUNT)
                for code, label in zip(data.counts.groups, labels, strict=True)
            ),
            Column("everyone", "Everyone", Kind.COUNT),
        ),
        rows,
        "People who saw how the groups had answered and keep on record that they see it differently.",
        f"Hidden: groups of fewer than {data.minimum}, and what would give them back." if hides else "",
    )


def _number(value: float) -> Cell:
    return HIDDEN if np.isnan(value) else int(value)
