"""How far each panellist is with a round, in three statements."""

from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from delphi.dataset.answers import is_confirmed, who_answered_without_rating
from delphi.dataset.questions_answered import questions_answered
from delphi.domain.response import Response, may_answer, response_of
from delphi.extensions import db
from delphi.models import EntryMode, Finish, ListedOutcome, Panellist, Round, StakeholderGroup


@dataclass(frozen=True, slots=True, kw_only=True)
class PanellistResponse:
    """One panellist in a round: `answered` of `of` answers (0 where the round does not ask for ratings).

    `finish_entered`: somebody entered for them that they have finished. `is_confirmed`: the team has
    confirmed their group.
    """

    panellist_id: int
    code: str
    group: str
    may_answer: bool
    withdrew: bool
    answered: int
    of: int
    response: Response
    finish_entered: bool
    is_confirmed: bool


def responses(study_id: int, round_id: int, *, criteria: int) -> tuple[PanellistResponse, ...]:
    """Return every panellist of the study with where they stand in a round, in the panel's order.

    `criteria`: how many questions the round asks about each outcome; 0 for a round without ratings.
    Answers that came late count for nothing.
    """
    position = db.session.execute(select(Round.position).where(Round.id == round_id)).scalar_one()
    listed = select(func.count()).select_from(ListedOutcome).where(ListedOutcome.round_id == round_id)
    of = criteria * (db.session.scalar(listed) or 0)
    number = questions_answered(study_id, round_id)
    return tuple(
        PanellistResponse(
            panellist_id=id_,
            code=code,
            group=group,
            may_answer=may_answer(position, joined=joined, withdrew=withdrew),
            withdrew=withdrew is not None,
            answered=number.get(id_, 0),
            of=of,
            response=response_of(
                began=began or id_ in number,
                answered=number.get(id_, 0),
                of=of,
                said_finished=said is not None,
            ),
            finish_entered=said not in (None, EntryMode.SELF),
            is_confirmed=bool(confirmed),
        )
        for id_, code, group, joined, withdrew, began, said, confirmed in db.session.execute(
            _everyone(study_id, round_id)
        )
    )


def _everyone(study_id: int, round_id: int) -> Select[int, str, str, int, int, bool, EntryMode | None, bool]:
    """Id, code, group, round joined, round left, whether any but ratings, who said finished, confirmed."""
    joined, withdrew = aliased(Round), aliased(Round)
    began = who_answered_without_rating([round_id]).subquery()
    return (
        select(
            Panellist.id,
            Panellist.code,
            StakeholderGroup.code,
            joined.position,
            withdrew.position,
            began.c.panellist_id.is_not(None),
            Finish.entered,
            is_confirmed(),
        )
        .join(StakeholderGroup, StakeholderGroup.id == Panellist.group_id)
        .join(joined, joined.id == Panellist.joined_round_id)
        .outerjoin(withdrew, withdrew.id == Panellist.withdrew_round_id)
        .outerjoin(began, began.c.panellist_id == Panellist.id)
        .outerjoin(Finish, (Finish.panellist_id == Panellist.id) & (Finish.round_id == round_id))
        .where(Panellist.study_id == study_id)
        .order_by(Panellist.position, Panellist.id)
    )
