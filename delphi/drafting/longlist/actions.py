"""Steps of a longlist: each is a row that is added; one on lines that changed meanwhile is refused."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import func, insert, select

from delphi import audit
from delphi.dataset.sheet import MOST_ROWS, refused
from delphi.domain.longlist import Group, Step, StepKind, in_the_way, may_undo, newer_on, standing_steps
from delphi.drafting.actions import add_save
from delphi.drafting.answers import Outcomes
from delphi.drafting.longlist.queries import read_steps
from delphi.drafting.longlist.table import ReportedRow
from delphi.extensions import db
from delphi.models import LonglistStep, Part, ReportedOutcome, StudyDraft

MOST_KEPT = 4 * MOST_ROWS  # with those of tables that were taken back: nothing is deleted


class ChangedMeanwhile(Exception):
    """Later steps changed the same lines, so nothing was saved: `newer` are these."""

    def __init__(self, newer: Sequence[Step]) -> None:
        super().__init__(f"{len(newer)} newer step(s)")
        self.newer = tuple(newer)


class StudyMade(Exception):
    """The draft has become a study: its longlist stays as it was then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """Who acts, and when."""

    user_id: int
    actor: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A step as a page asks for it."""

    kind: StepKind
    groups: tuple[Group, ...] = ()
    area: str = ""
    reason: str = ""


def load_table(draft_id: int, rows: Sequence[ReportedRow], *, by: Who) -> int:
    """Add a table of reported outcomes, after those that are there; return the step's number.

    Raises SheetRefused where that would be too many.
    """
    steps = _begin(draft_id)
    stored = select(func.max(ReportedOutcome.number)).where(ReportedOutcome.draft_id == draft_id)
    last = db.session.scalar(stored) or 0
    standing = sum(len(step.rows) for step in standing_steps(steps) if step.kind is StepKind.LOAD)
    if standing + len(rows) > MOST_ROWS or last + len(rows) > MOST_KEPT:
        db.session.rollback()
        raise refused(f"With this table the list would have more than {MOST_ROWS} rows.", "Send fewer.")
    numbers = range(last + 1, last + 1 + len(rows))
    number = _add(draft_id, steps, Wanted(kind=StepKind.LOAD, groups=(Group(rows=tuple(numbers)),)), by=by)
    values = [
        {
            "draft_id": draft_id,
            "number": at,
            "load": number,
            "name": row.name,
            "sources": list(row.sources),
            "area": row.area,
        }
        for at, row in zip(numbers, rows, strict=True)
    ]
    db.session.execute(insert(ReportedOutcome), values)
    db.session.commit()
    return number


def take_step(draft_id: int, wanted: Wanted, *, seen: int, by: Who) -> int:
    """Add a step and return its number. `seen`: the newest step that its page could show.

    Raises ChangedMeanwhile where a later one touched the same: of two who work at once one wins, the other
    is told.
    """
    steps = _begin(draft_id)
    rows = {row for group in wanted.groups for row in group.rows}
    newer = newer_on(steps, rows, seen=seen)
    if newer:
        db.session.rollback()
        raise ChangedMeanwhile(newer)
    number = _add(draft_id, steps, wanted, by=by)
    db.session.commit()
    return number


def take_back(draft_id: int, number: int, *, by: Who) -> Step:
    """Take a step back by adding one; return what it was. Raises ChangedMeanwhile, LookupError."""
    steps = _begin(draft_id)
    undone = next((step for step in steps if step.number == number), None)
    if undone is None or number not in may_undo(steps):
        db.session.rollback()
        if undone is None:
            raise LookupError(number)
        raise ChangedMeanwhile(in_the_way(steps, number))
    _add(draft_id, steps, Wanted(kind=StepKind.UNDO), undoes=undone, by=by)
    db.session.commit()
    return undone


def use_list(draft_id: int, outcomes: Outcomes, *, seen: int, seen_part: int, by: Who) -> None:
    """Make the list the draft's outcomes, and keep that as a step. `seen_part`: the newest save of these.

    Raises ChangedMeanwhile where the list has changed since, SavedMeanwhile where the outcomes have.
    """
    steps = _begin(draft_id)
    newer = [step for step in steps if step.number > seen]
    if newer:
        db.session.rollback()
        raise ChangedMeanwhile(newer)
    add_save(draft_id, part=Part.OUTCOMES, answers=outcomes, seen=seen_part, by=by.actor, now=by.now)
    _add(draft_id, steps, Wanted(kind=StepKind.USE), by=by)
    db.session.commit()


def _begin(draft_id: int) -> tuple[Step, ...]:
    """Begin a write: until the commit nobody else takes a step in this draft. Raises StudyMade.

    The lock comes before the steps are read, so that two who work at once are one after the other.
    """
    connection = db.session.connection()
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    held = select(StudyDraft.created_at).where(StudyDraft.id == draft_id)
    if connection.execute(held.with_for_update(key_share=True)).scalar_one() is not None:
        db.session.rollback()
        raise StudyMade
    return read_steps(draft_id)


def _add(draft_id: int, steps: Sequence[Step], wanted: Wanted, *, by: Who, undoes: Step | None = None) -> int:
    number = steps[-1].number + 1 if steps else 1
    row = {
        "draft_id": draft_id,
        "number": number,
        "kind": wanted.kind,
        "groups": [asdict(group) for group in wanted.groups],
        "area": wanted.area,
        "reason": wanted.reason,
        "undoes": undoes.number if undoes else None,
        "user_id": by.user_id,
        "made_at": by.now,
    }
    db.session.execute(insert(LonglistStep), [row])
    about = undoes.rows if undoes else {each for group in wanted.groups for each in group.rows}
    audit.record(
        db.session,
        at=by.now,
        actor=by.actor,
        action=f"longlist: {wanted.kind.value}",
        draft=draft_id,
        number=number,
        rows=len(about),
        groups=len(wanted.groups),
        undoes=undoes.number if undoes else None,
    )
    return number
