"""Dissents kept on record in a round, counted: one `GROUP BY`, no person and no text in memory."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import func, select

from delphi.dataset.answers import is_counted, newest_on_time_comments
from delphi.extensions import db
from delphi.models import Comment, Outcome, Panellist, StakeholderGroup, TextKind


def dissents_of(round_id: int, *, groups: Sequence[str], outcomes: Sequence[str]) -> NDArray[np.int64]:
    """Count the people who keep a dissent on record, by group and outcome, (G, O)."""
    newest = newest_on_time_comments([round_id]).where(Comment.kind == TextKind.DISSENT)
    query = (
        select(StakeholderGroup.code, Outcome.code, func.count())
        .select_from(Comment)
        .join(Outcome, Outcome.id == Comment.outcome_id)
        .join(Panellist, Panellist.id == Comment.panellist_id)
        .join(StakeholderGroup, StakeholderGroup.id == Panellist.group_id)
        .where(Comment.id.in_(newest), Comment.text != "", is_counted(Comment.round_id))
        .group_by(StakeholderGroup.code, Outcome.code)
    )
    rows, columns = _places(groups), _places(outcomes)
    found = np.zeros((len(groups), len(outcomes)), dtype=np.int64)
    for group, outcome, number in db.session.execute(query):
        if outcome in columns:
            found[rows[group], columns[outcome]] = number
    return found


def _places(names: Sequence[str]) -> Mapping[str, int]:
    return {name: place for place, name in enumerate(names)}
