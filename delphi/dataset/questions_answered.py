"""How many questions each person of a round has answered: told apart once, then only of who sent more.

A changed answer is a row more for the same question, so rows alone do not tell. To tell half a million rows
apart takes longer than a page may; rows are only added, so what it came to holds while a person's newest row
and their number of rows stay the same.
"""

from collections.abc import Collection

from flask import current_app
from sqlalchemy import Select, func, select

from delphi.extensions import db
from delphi.models import Panellist, Rating

PLACE = "questions answered"
MOST_ROUNDS = 8  # a round of 2,000 people takes half a megabyte
MOST_NAMED = 5000  # in one statement; with more people to look at, all are

Known = dict[int, tuple[tuple[int, int], int]]


def questions_answered(
    study_id: int, round_id: int, *, without: Select[int] | None = None, at_least: int = 1
) -> dict[int, int]:
    """Return by panellist how many questions they answered on time; who has none is left out.

    `without`: people who are not looked at. `at_least`: who has fewer may be left out, which is quicker.
    """
    who = [Panellist.study_id == study_id]
    if without is not None:
        who.append(Panellist.id.not_in(without))
    theirs = (Rating.round_id == round_id, Rating.panellist_id == Panellist.id, ~Rating.late)
    rows = select(func.count()).select_from(Rating).where(*theirs).correlate(Panellist).scalar_subquery()
    newest = select(func.max(Rating.id)).where(*theirs).correlate(Panellist).scalar_subquery()
    today = {
        id_: (number, last)
        for id_, number, last in db.session.execute(select(Panellist.id, rows, newest).where(*who))
        if number >= at_least and last is not None
    }
    known = _known(round_id)
    stale = [id_ for id_, stamp in today.items() if known.get(id_, (None, 0))[0] != stamp]
    if stale:
        fresh = dict(db.session.execute(_told_apart(study_id, round_id, stale)).all())
        known.update({id_: (today[id_], fresh[id_]) for id_ in stale if id_ in fresh})
    return {id_: known[id_][1] for id_ in today if id_ in known}


def _known(round_id: int) -> Known:
    rounds: dict[int, Known] = current_app.extensions.setdefault(PLACE, {})
    if round_id not in rounds and len(rounds) >= MOST_ROUNDS:
        rounds.clear()
    return rounds.setdefault(round_id, {})


def _told_apart(study_id: int, round_id: int, ids: Collection[int]) -> Select[int, int]:
    """Person by person, along the index: a fifth of the time of one grouping of all ratings."""
    questions = (
        select(Rating.outcome_id, Rating.criterion)
        .where(Rating.round_id == round_id, Rating.panellist_id == Panellist.id, ~Rating.late)
        .distinct()
        .correlate(Panellist)
        .subquery()
    )
    query = select(Panellist.id, select(func.count()).select_from(questions).scalar_subquery())
    if len(ids) <= MOST_NAMED:
        return query.where(Panellist.id.in_(ids))
    return query.where(Panellist.study_id == study_id)
