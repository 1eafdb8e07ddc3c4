"""A closed round as every page about its comments needs it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute

from analysis.study.protocol import Protocol
from delphi.dataset import protocol_of
from delphi.dataset.answers import is_counted, newest_on_time_comments
from delphi.domain.feedback_groups import Part, parts_of
from delphi.extensions import db
from delphi.models import (
    Comment,
    ListedOutcome,
    Outcome,
    Panellist,
    Round,
    StakeholderGroup,
    Study,
    TextKind,
    Theme,
)

# As for digests and decisions: dissents are kept for the final report, private messages go to the team alone.
READ = (TextKind.COMMENT, TextKind.PROPOSAL, TextKind.REASON)
KIND_WORDS = {
    TextKind.COMMENT: "Comment",
    TextKind.PROPOSAL: "Proposal",
    TextKind.REASON: "Why an answer changed",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """A round. `outcomes`: labels by id, in their order; `themes`: names by id, in the alphabet's order."""

    study_id: int
    protocol: Protocol
    round_id: int
    round_code: str
    is_closed: bool
    outcomes: Mapping[int, str]
    themes: Mapping[int, str]
    parts: tuple[Part, ...]

    @property
    def study(self) -> str:
        """The study's code."""
        return self.protocol.study.code

    @property
    def study_title(self) -> str:
        """The study's title."""
        return self.protocol.study.title

    @property
    def round_label(self) -> str:
        """The round's name."""
        return self.protocol.round(self.round_code).label

    @property
    def synthetic(self) -> str:
        """The note on synthetic data, "" where nothing is."""
        return self.protocol.study.note if self.protocol.study.synthetic else ""

    @property
    def smallest_group(self) -> int:
        """The protocol's minimum."""
        return self.protocol.feedback.minimum_group_size

    @property
    def part_labels(self) -> tuple[str, ...]:
        """The groups that are named, those that are counted together as one."""
        return tuple(" and ".join(self.protocol.group(code).label for code in part) for part in self.parts)

    @property
    def numbered_parts(self) -> tuple[tuple[int, str], ...]:
        """The same, each with its place."""
        return tuple(enumerate(self.part_labels))

    def part_of(self, group: str) -> int | None:
        """Return the place of a group's part; None: too few of its people wrote."""
        return next((at for at, part in enumerate(self.parts) if group in part), None)


def ground_of(study_id: int, round_code: str) -> Ground | None:
    """Return a round, None if the study has none with that code."""
    query = select(Round.id, Round.closed_at).where(Round.study_id == study_id, Round.code == round_code)
    row = db.session.execute(query).one_or_none()
    if row is None:
        return None
    protocol = protocol_of(db.session.get_one(Study, study_id))
    return Ground(
        study_id=study_id,
        protocol=protocol,
        round_id=row.id,
        round_code=round_code,
        is_closed=row.closed_at is not None,
        outcomes=_outcomes(row.id),
        themes=themes_in_use(study_id),
        parts=_parts(row.id, protocol),
    )


def comments_of(
    round_id: int,
    *columns: ColumnElement[Any] | InstrumentedAttribute[Any],
    where: Iterable[ColumnElement[bool]] = (),
) -> Select[*tuple[Any, ...]]:
    """Select columns of the comments that can be read, each with its author's group and its outcome."""
    return (
        select(*columns)
        .select_from(Comment)
        .join(Panellist, Panellist.id == Comment.panellist_id)
        .join(StakeholderGroup, StakeholderGroup.id == Panellist.group_id)
        .outerjoin(Outcome, Outcome.id == Comment.outcome_id)
        .where(
            Comment.id.in_(newest_on_time_comments([round_id])),
            Comment.kind.in_(READ),
            Comment.text != "",
            is_counted(Comment.round_id),
            *where,
        )
    )


def themes_in_use(study_id: int) -> dict[int, str]:
    """Return the study's themes that were not merged into another, by name."""
    query = select(Theme.id, Theme.name).where(Theme.study_id == study_id, Theme.merged_at.is_(None))
    named = db.session.execute(query).all()
    return {row.id: row.name for row in sorted(named, key=lambda row: (row.name.casefold(), row.id))}


def _outcomes(round_id: int) -> dict[int, str]:
    query = (
        select(Outcome.id, Outcome.label)
        .join(ListedOutcome, ListedOutcome.outcome_id == Outcome.id)
        .where(ListedOutcome.round_id == round_id)
        .order_by(ListedOutcome.position)
    )
    return dict(db.session.execute(query).all())


def _parts(round_id: int, protocol: Protocol) -> tuple[Part, ...]:
    """The groups of which enough people wrote, small ones together, as in feedback."""
    people = func.count(func.distinct(Comment.panellist_id))
    query = comments_of(round_id, StakeholderGroup.code, people).group_by(StakeholderGroup.code)
    found = dict(db.session.execute(query).all())
    return parts_of(
        {group.code: found.get(group.code, 0) for group in protocol.groups},
        minimum=protocol.feedback.minimum_group_size,
    )
