"""Whether a panellist can take out their answers today: told before they answer, asked when they leave."""

from datetime import date

from sqlalchemy import select

from delphi.dataset.answers import who_answered
from delphi.domain.leaving import Removal, removal_of_answers
from delphi.extensions import db
from delphi.standing.facts import Standing


def removal_of(standing: Standing, *, today: date) -> Removal:
    """Whether the panellist can take out their answers today."""
    rounds = {each.round_id: each.state for each in standing.rounds}
    answered = who_answered(list(rounds)).subquery()
    theirs = select(answered.c.round_id).where(answered.c.panellist_id == standing.panellist_id)
    counted = db.session.scalars(theirs).all() if standing.is_confirmed else ()
    return removal_of_answers(
        last_day=standing.protocol.leaving.last_day_to_remove,
        today=today,
        answered=[rounds[round_id] for round_id in counted],
    )
