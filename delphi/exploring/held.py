"""Closed rating rounds with all that is computed of them, kept in memory while somebody looks at them.

A closed round's answers change only when somebody leaves and takes theirs along. What the report computes of
them takes longer than a page may; so it is computed once for a round, by the report's own functions.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from flask import current_app
from sqlalchemy import select

from analysis.attrition import AttritionStep, LeaverComparison, flow_of
from analysis.attrition.leavers import leavers_among
from analysis.ratings import criterion_of
from analysis.report.change_tables import Paired, changes_table, paired_of, steps_between
from analysis.report.firmness_tables import cases_table, decided_of, rules_table
from analysis.report.rating_data import RatingData, lost_since
from analysis.report.rating_tables import differences_table
from analysis.report.study_tables import hidden_leavers, leavers_table
from analysis.study.protocol import Protocol
from analysis.study.records import LineageStep, Outcome
from analysis.study.rounds import Round as RoundDefinition
from analysis.study.rounds import RoundKind
from analysis.tables import Table
from analysis.verdicts import rests_on_synthetic_answers
from delphi.dataset import lineage_of, outcomes_of, protocol_of
from delphi.dataset.matrices import how_many_left, rating_matrix, who_came
from delphi.extensions import db
from delphi.models import ListedOutcome, Round, Study
from delphi.models import Outcome as OutcomeRow

ROUNDS_KEPT = 12
KEPT = "explored_rounds"
Came = Mapping[str, Mapping[str, str]]


class _Key(NamedTuple):
    """What a closed round's numbers hang on, with the protocol and the labels, which are compared apart."""

    study_id: int
    round_id: int
    closed_at: datetime | None
    criterion: str
    left: int


@dataclass(frozen=True, eq=False)
class RatedRound:
    """A closed rating round and the one before it, with the report's tables of both, each made once.

    `lineage`: the decisions between the two.
    """

    data: RatingData
    before: RatingData | None
    lineage: tuple[LineageStep, ...]
    _differences: dict[str, Table | None] = field(default_factory=dict)

    @cached_property
    def rules(self) -> Table | None:
        """The verdicts under other rules; None where no rule decides."""
        decided = decided_of(self.data)
        return rules_table(decided) if decided else None

    @cached_property
    def cases(self) -> Table | None:
        """The verdicts had those who are missing rated it lowest, or highest; None where no rule decides."""
        decided = decided_of(self.data)
        return cases_table(self.data, decided, lost_since(self.before, self.data)) if decided else None

    @cached_property
    def paired(self) -> Paired | None:
        """What can be compared with the round before; None without one, or where nothing can."""
        return paired_of(self.before, self.data, self.lineage) if self.before else None

    @cached_property
    def changes(self) -> Table | None:
        """How the same people's ratings changed."""
        return changes_table(self.paired) if self.paired else None

    def differences(self, against: str) -> Table | None:
        """How groups differ from one; None without boxes or with one group alone."""
        if against not in self._differences:
            self._differences[against] = differences_table(self.data, against=against)
        return self._differences[against]


@dataclass(frozen=True, eq=False, kw_only=True)
class Explored:
    """A study's closed rounds, as they are asked for. `closed`: id and closing by code, in order."""

    study_id: int
    protocol: Protocol
    outcomes: Mapping[str, Outcome]
    closed: Mapping[str, tuple[int, datetime | None]]
    left: int

    @property
    def synthetic(self) -> str:
        """The note that runs along the top, "" where nothing is synthetic."""
        return self.protocol.study.note if self.protocol.study.synthetic else ""

    @property
    def rated(self) -> tuple[RoundDefinition, ...]:
        """The closed rating rounds, in order."""
        return tuple(
            one for one in self.protocol.rounds if one.code in self.closed and one.kind is RoundKind.RATING
        )

    def round_(self, code: str, criterion: str | None = None) -> RatedRound | None:
        """Return a closed rating round; None where there is none with that question, or nobody answered."""
        places = [at for at, one in enumerate(self.rated) if one.code == code]
        if not places:
            return None
        definition = self.rated[places[0]]
        asked = {one.code for one in definition.criteria}
        if criterion is not None and criterion not in asked:
            return None
        found = self._held(places[0], criterion_of(definition, criterion))
        return found if found.data.matrix.panellists else None

    def _held(self, place: int, criterion: str) -> RatedRound:
        definition = self.rated[place]
        round_id, closed_at = self.closed[definition.code]
        key = _Key(self.study_id, round_id, closed_at, criterion, self.left)
        kept: dict[_Key, RatedRound] = current_app.extensions.setdefault(KEPT, {})
        found = kept.get(key)
        if found is None or found.data.protocol != self.protocol or found.data.labels != self._labels:
            found = self._made(place, criterion)
            if len(kept) >= ROUNDS_KEPT:
                kept.clear()
            kept[key] = found
        return found

    @cached_property
    def _labels(self) -> dict[str, str]:
        return {code: outcome.label for code, outcome in self.outcomes.items()}

    def _made(self, place: int, criterion: str) -> RatedRound:
        """Read and join with the rating round before that asked the same."""
        definition = self.rated[place]
        round_id, _ = self.closed[definition.code]
        listed = _listed(round_id)
        data = RatingData(
            protocol=self.protocol,
            round=definition,
            criterion=criterion,
            listed=listed,
            labels=self._labels,
            matrix=rating_matrix(round_id, criterion=criterion, listed=listed),
            synthetic=self.synthetic if rests_on_synthetic_answers(self.protocol, definition) else "",
        )
        earlier = [at for at in range(place) if criterion in {one.code for one in self.rated[at].criteria}]
        if not earlier:
            return RatedRound(data, None, ())
        before = self._held(earlier[-1], criterion).data
        steps = steps_between(before, data, lineage_of(self.study_id))
        return RatedRound(data, before, tuple(steps))

    @cached_property
    def came(self) -> Came:
        """Who answered each closed round in any way: code to group, by round."""
        kept: dict[object, Came] = current_app.extensions.setdefault(KEPT + "_people", {})
        key = (self.study_id, tuple(self.closed.values()), self.left)
        if key not in kept:
            if len(kept) >= ROUNDS_KEPT:
                kept.clear()
            kept[key] = who_came({round_id: code for code, (round_id, _) in self.closed.items()})
        return kept[key]

    @property
    def steps(self) -> tuple[AttritionStep, ...]:
        """Who came, stayed, left and came back, closed round by closed round."""
        group_of = {code: group for came in self.came.values() for code, group in came.items()}
        rounds = {code: frozenset(came) for code, came in self.came.items()}
        return flow_of(rounds, group_of=group_of, groups=self.protocol.group_codes)

    def leavers(self, rated: RatedRound) -> tuple[tuple[LeaverComparison, ...], frozenset[str | None], Table]:
        """Return who left before a round, by their earlier scores: compared, whose are hidden, as a table."""
        before = rated.before
        if before is None:
            raise ValueError(f"rated: no rating round came before {rated.data.round.code}")
        found = leavers_among(
            before.matrix,
            group_of=self.came[before.round.code],
            stayed=frozenset(self.came[rated.data.round.code]),
            groups=self.protocol.group_codes,
        )
        table = leavers_table(before, rated.data.round.label, found)
        return found, hidden_leavers(before, found), table


def explored(study_id: int) -> Explored:
    """Return a study with its closed rounds; nothing of an open one."""
    query = (
        select(Round.code, Round.id, Round.closed_at)
        .where(Round.study_id == study_id, Round.closed_at.is_not(None))
        .order_by(Round.position)
    )
    return Explored(
        study_id=study_id,
        protocol=protocol_of(db.session.get_one(Study, study_id)),
        outcomes={outcome.code: outcome for outcome in outcomes_of(study_id)},
        closed={code: (round_id, closed_at) for code, round_id, closed_at in db.session.execute(query)},
        left=how_many_left(study_id),
    )


def _listed(round_id: int) -> tuple[str, ...]:
    query = (
        select(OutcomeRow.code)
        .join(ListedOutcome, ListedOutcome.outcome_id == OutcomeRow.id)
        .where(ListedOutcome.round_id == round_id)
        .order_by(ListedOutcome.position)
    )
    return tuple(db.session.scalars(query))
