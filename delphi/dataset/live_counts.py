"""The answers to a few outcomes of a round that may still be open, counted with what is new in them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import func, select

from analysis.study.scale import Scale
from delphi.dataset.answers import is_counted
from delphi.extensions import db
from delphi.models import Panellist, Rating, StakeholderGroup

Asked = tuple[int, str]
NO_SCORE = np.iinfo(np.int64).min


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveAnswers:
    """The answers on time to one criterion of one outcome: a row each, of each person the newest last.

    `group` holds places in `groups`; `score` is NO_SCORE where a person gave none; `newest` marks the row of
    each person that counts.
    """

    groups: tuple[str, ...]
    id: NDArray[np.int64]
    panellist: NDArray[np.int64]
    group: NDArray[np.int64]
    score: NDArray[np.int64]
    newest: NDArray[np.bool_]

    @property
    def last_id(self) -> int:
        """The id of the newest row, 0 where there is none."""
        return int(self.id.max(initial=0))

    def counts(self, scale: Scale) -> dict[str, tuple[int, ...]]:
        """How many people of each group gave each point of the scale."""
        counts = np.zeros((len(self.groups), len(scale.points)), dtype=np.int64)
        counted = self.newest & (self.score != NO_SCORE)
        np.add.at(counts, (self.group[counted], self.score[counted] - scale.low), 1)
        return {group: tuple(row) for group, row in zip(self.groups, counts.tolist(), strict=True)}

    def fresh(self, upto: Mapping[str, int]) -> dict[str, int]:
        """How many people of each group have a score that none of their rows up to `upto` (by group) held."""
        counted = self.newest & (self.score != NO_SCORE)
        last = np.array([upto.get(group, 0) for group in self.groups], dtype=np.int64)
        held = (self.id <= last[self.group]) & (self.score == self._score_of_the_newest())
        people_who_held = np.unique(self.panellist[held])
        is_fresh = counted & ~np.isin(self.panellist, people_who_held)
        numbers = np.bincount(self.group[is_fresh], minlength=len(self.groups))
        return dict(zip(self.groups, numbers.tolist(), strict=True))

    def _score_of_the_newest(self) -> NDArray[np.int64]:
        """For each row the score that its person has now."""
        people, place = np.unique(self.panellist, return_inverse=True)
        scores = np.full(len(people), NO_SCORE, dtype=np.int64)
        scores[place[self.newest]] = self.score[self.newest]
        return scores[place]


def live_answers(
    round_id: int, outcome_ids: Collection[int], *, groups: Sequence[str]
) -> dict[Asked, LiveAnswers]:
    """Return the answers on time of those who count, by outcome and criterion, in one statement."""
    query = (
        select(
            Rating.outcome_id,
            Rating.criterion,
            Rating.id,
            Rating.panellist_id,
            StakeholderGroup.code,
            Rating.score,
        )
        .join(Panellist, Panellist.id == Rating.panellist_id)
        .join(StakeholderGroup, StakeholderGroup.id == Panellist.group_id)
        .where(Rating.round_id == round_id, Rating.outcome_id.in_(outcome_ids), ~Rating.late)
        .where(is_counted(Rating.round_id))
        .order_by(Rating.panellist_id, Rating.id)
    )
    places = {group: place for place, group in enumerate(groups)}
    rows: dict[Asked, list[tuple[int, int, int, int]]] = {}
    for outcome_id, criterion, id_, panellist_id, group, score in db.session.execute(query):
        number = NO_SCORE if score is None else score
        rows.setdefault((outcome_id, criterion), []).append((id_, panellist_id, places[group], number))
    return {asked: _answers(of_it, groups=tuple(groups)) for asked, of_it in rows.items()}


def people_since(round_id: int, outcome_ids: Collection[int], *, after: int) -> dict[Asked, int]:
    """Return how many people answered on time after the row `after`, by outcome and criterion."""
    asked = (Rating.outcome_id, Rating.criterion)
    query = (
        select(*asked, func.count(Rating.panellist_id.distinct()))
        .where(Rating.round_id == round_id, Rating.outcome_id.in_(outcome_ids), ~Rating.late)
        .where(Rating.id > after)
        .group_by(*asked)
    )
    return {(row[0], row[1]): row[2] for row in db.session.execute(query)}


def _answers(rows: Sequence[tuple[int, int, int, int]], *, groups: tuple[str, ...]) -> LiveAnswers:
    id_, panellist, group, score = np.array(rows, dtype=np.int64).T
    newest = np.append(panellist[1:] != panellist[:-1], True)
    return LiveAnswers(groups=groups, id=id_, panellist=panellist, group=group, score=score, newest=newest)
