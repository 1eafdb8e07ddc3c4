"""Answers that stayed out of a round's results because the team confirmed the group after it had closed."""

from sqlalchemy import func, select

from delphi.dataset.answers import is_confirmed_later, newest_on_time_ratings
from delphi.extensions import db
from delphi.models import Panellist, Rating


def confirmed_later(round_id: int) -> tuple[int, int]:
    """Return how many ratings that is, of how many people."""
    query = (
        select(func.count(Rating.id), func.count(Rating.panellist_id.distinct()))
        .join(Panellist, Panellist.id == Rating.panellist_id)
        .where(Rating.id.in_(newest_on_time_ratings([round_id])), is_confirmed_later(Rating.round_id))
    )
    answers, people = db.session.execute(query).one()
    return answers, people
