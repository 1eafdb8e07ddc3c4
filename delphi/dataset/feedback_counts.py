"""How many people of each group gave a score in a round."""

from sqlalchemy import func, select

from delphi.dataset.answers import is_counted, newest_on_time_ratings
from delphi.extensions import db
from delphi.models import Panellist, Rating, StakeholderGroup


def people_who_scored(round_id: int) -> dict[str, int]:
    """Return how many people of each group count with at least one score; groups without any are left out."""
    query = (
        select(StakeholderGroup.code, func.count(Rating.panellist_id.distinct()))
        .join(Panellist, Panellist.group_id == StakeholderGroup.id)
        .join(Rating, Rating.panellist_id == Panellist.id)
        .where(Rating.id.in_(newest_on_time_ratings([round_id])), Rating.score.is_not(None))
        .where(is_counted(Rating.round_id))
        .group_by(StakeholderGroup.code)
    )
    return dict(db.session.execute(query).all())
