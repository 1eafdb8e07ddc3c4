"""How many answers the team entered for panellists, in SQL."""

from collections import Counter
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import InstrumentedAttribute

from delphi.extensions import db
from delphi.models import Comment, EntryMode, Ranking, Rating, Round

Answer = type[Rating] | type[Comment] | type[Ranking]


def entered_for_panellists(study_id: int, *, panellists: Collection[int]) -> Mapping[int, int]:
    """Return by panellist how many answers were entered for them; a changed answer counts once.

    Who has none is left out.
    """
    numbers: Counter[int] = Counter()
    rounds = db.session.scalars(select(Round.id).where(Round.study_id == study_id)).all()
    for query in (
        _entered(Rating, rounds, panellists, Rating.outcome_id, Rating.criterion),
        _entered(Comment, rounds, panellists, Comment.outcome_id, Comment.kind),
        _entered(Ranking, rounds, panellists),
    ):
        numbers.update(dict(db.session.execute(query).all()))
    return numbers


def _entered(
    answer: Answer, rounds: Collection[int], panellists: Collection[int], *key: InstrumentedAttribute[Any]
) -> Select[int, int]:
    questions = (
        select(answer.panellist_id, answer.round_id, *key)
        .where(
            answer.round_id.in_(rounds),
            answer.panellist_id.in_(panellists),
            answer.entered != EntryMode.SELF,
        )
        .distinct()
        .subquery()
    )
    return select(questions.c.panellist_id, func.count()).group_by(questions.c.panellist_id)
