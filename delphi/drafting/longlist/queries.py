"""The longlist of a draft as it is held: what was reported, the steps, and the list that they lead to."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select

from delphi.domain.longlist import Counts, Entry, Group, Reported, Step, counts_of, entries_of
from delphi.drafting.queries import HeldDraft
from delphi.extensions import db
from delphi.models import LonglistStep, ReportedOutcome, User


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeBy:
    """Who made a step, and when."""

    who: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Longlist:
    """Everything of one draft's longlist; `seen` is the number of the newest step, 0 before the first."""

    draft_id: int
    title: str
    is_made: bool
    reported: tuple[Reported, ...]
    steps: tuple[Step, ...]
    made_by: dict[int, MadeBy]
    entries: tuple[Entry, ...]
    counts: Counts = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "counts", counts_of(self.entries))

    @property
    def seen(self) -> int:
        """The newest step."""
        return self.steps[-1].number if self.steps else 0

    @property
    def areas(self) -> tuple[str, ...]:
        """The areas that the list uses."""
        used = {entry.area for entry in self.entries if entry.area and entry.dropped is None}
        return tuple(sorted(used, key=str.casefold))

    def step(self, number: int) -> Step | None:
        """One step."""
        return next((step for step in self.steps if step.number == number), None)

    def as_seen(self, seen: int) -> dict[int, Entry]:
        """The lines by number, as they were after step `seen`: what a page that is older had shown."""
        if seen >= self.seen:
            return {entry.number: entry for entry in self.entries}
        former = entries_of(self.reported, [step for step in self.steps if step.number <= seen])
        return {entry.number: entry for entry in former}


def longlist_of(held: HeldDraft) -> Longlist:
    """Return the longlist of a draft, empty where it has none."""
    reported, steps = read_reported(held.draft_id), read_steps(held.draft_id)
    return Longlist(
        draft_id=held.draft_id,
        title=held.title,
        is_made=held.study_code is not None,
        reported=reported,
        steps=steps,
        made_by=_made_by(held.draft_id),
        entries=entries_of(reported, steps),
    )


def read_reported(draft_id: int) -> tuple[Reported, ...]:
    """Everything that was ever sent, in its order."""
    table = ReportedOutcome
    query = (
        select(table.number, table.load, table.name, table.sources, table.area)
        .where(table.draft_id == draft_id)
        .order_by(table.number)
    )
    return tuple(
        Reported(number=row.number, load=row.load, name=row.name, sources=tuple(row.sources), area=row.area)
        for row in db.session.execute(query)
    )


def read_steps(draft_id: int) -> tuple[Step, ...]:
    """All steps, in their order."""
    table = LonglistStep
    query = (
        select(table.number, table.kind, table.groups, table.area, table.reason, table.undoes)
        .where(table.draft_id == draft_id)
        .order_by(table.number)
    )
    return tuple(
        Step(
            number=row.number,
            kind=row.kind,
            groups=tuple(Group(rows=tuple(group["rows"]), name=group["name"]) for group in row.groups),
            area=row.area,
            reason=row.reason,
            undoes=row.undoes,
        )
        for row in db.session.execute(query)
    )


def _made_by(draft_id: int) -> dict[int, MadeBy]:
    query = (
        select(LonglistStep.number, LonglistStep.made_at, User.name)
        .outerjoin(User, User.id == LonglistStep.user_id)
        .where(LonglistStep.draft_id == draft_id)
    )
    return {
        row.number: MadeBy(who=row.name or "Somebody who has left", at=row.made_at)
        for row in db.session.execute(query)
    }
