"""Steps of a longlist on SQLite and on PostgreSQL: of two on the same lines one wins; a study freezes it."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import update

from delphi.access.staff import add_user
from delphi.domain.longlist import Group, StepKind
from delphi.drafting.actions import delete_draft, start_draft
from delphi.drafting.longlist.actions import (
    ChangedMeanwhile,
    StudyMade,
    Wanted,
    Who,
    load_table,
    take_back,
    take_step,
)
from delphi.drafting.longlist.queries import longlist_of, read_reported
from delphi.drafting.longlist.table import ReportedRow
from delphi.drafting.queries import held_draft
from delphi.extensions import db
from delphi.models import StudyDraft

NOW = datetime(2025, 3, 1, 12, tzinfo=UTC)
DROP = Wanted(kind=StepKind.DROP, groups=(Group(rows=(1,)),), reason="no")


def begun() -> tuple[int, Who]:
    """A draft with two reported outcomes, and its owner."""
    owner = add_user("r@r.example", name="Rae", password=None, by="command line", now=NOW)
    draft, who = start_draft(owner_id=owner, by="user:1", now=NOW), Who(user_id=owner, actor="u", now=NOW)
    load_table(draft, [ReportedRow(name="Fear", sources=("A",)), ReportedRow(name="Hope")], by=who)
    return draft, who


def mark_made(at: datetime | None) -> None:
    db.session.execute(update(StudyDraft).values(created_at=at))
    db.session.commit()


def test_of_two_steps_on_the_same_lines_the_first_stays_and_is_taken_back(each_app: Flask) -> None:
    with each_app.app_context():
        draft, who = begun()
        assert take_step(draft, DROP, seen=1, by=who) == 2
        with pytest.raises(ChangedMeanwhile) as refused:
            take_step(draft, DROP, seen=1, by=who)
        assert [step.number for step in refused.value.newer] == [2]
        take_back(draft, 2, by=who)
        longlist = longlist_of(held_draft(draft, owner_id=who.user_id))
        assert [(each.name, each.dropped) for each in longlist.entries] == [("Fear", None), ("Hope", None)]
        assert longlist.made_by[3].who == "Rae"


def test_a_longlist_stays_as_it_was_once_a_study_is_made_and_goes_with_its_draft(each_app: Flask) -> None:
    with each_app.app_context():
        draft, who = begun()
        mark_made(NOW)
        with pytest.raises(StudyMade):
            take_step(draft, DROP, seen=1, by=who)
        mark_made(None)
        assert delete_draft(draft, by="user:1", now=NOW)
        assert read_reported(draft) == ()
