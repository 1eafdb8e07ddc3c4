"""What a panellist has given in a ranking round so far."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select

from delphi.domain.ranking import Order
from delphi.extensions import db
from delphi.models import Comment, Ranking, RankingPlace, TextKind


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldOrder:
    """An order that was given; nothing yet has the id 0."""

    id: int = 0
    order: Order = ()
    saved_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldComment:
    """A comment on the round that was given; nothing yet has the id 0."""

    id: int = 0
    text: str = ""
    saved_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """The newest order and comment of one panellist in one round, and those that a page had seen."""

    newest: HeldOrder
    seen: HeldOrder
    comment: HeldComment
    seen_comment: HeldComment

    @property
    def saved_at(self) -> datetime | None:
        """When anything was saved last."""
        moments = (self.newest.saved_at, self.comment.saved_at)
        return max((moment for moment in moments if moment is not None), default=None)


def held_in(round_id: int, *, panellist_id: int, seen_order: int = 0, seen_comment: int = 0) -> Held:
    """What a panellist has given, late answers included, in two statements; what is not theirs is nothing."""
    orders = _orders(round_id, panellist_id=panellist_id, seen=seen_order)
    comments = _comments(round_id, panellist_id=panellist_id, seen=seen_comment)
    return Held(
        newest=orders[max(orders)],
        seen=orders.get(seen_order, HeldOrder()),
        comment=comments[max(comments)],
        seen_comment=comments.get(seen_comment, HeldComment()),
    )


def _orders(round_id: int, *, panellist_id: int, seen: int) -> dict[int, HeldOrder]:
    """The newest order and the seen one by id; under 0 the empty one that everybody begins with."""
    mine = (Ranking.round_id == round_id, Ranking.panellist_id == panellist_id)
    query = (
        select(Ranking.id, Ranking.answered_at, RankingPlace.outcome_id)
        .outerjoin(RankingPlace, RankingPlace.ranking_id == Ranking.id)
        .where(*mine, _newest_or(seen, Ranking.id, *mine))
        .order_by(Ranking.id, RankingPlace.position)
    )
    found = {0: HeldOrder()}
    for id_, answered_at, outcome_id in db.session.execute(query):
        before = found.get(id_, HeldOrder()).order
        placed = () if outcome_id is None else (outcome_id,)
        found[id_] = HeldOrder(id=id_, order=(*before, *placed), saved_at=answered_at)
    return found


def _comments(round_id: int, *, panellist_id: int, seen: int) -> dict[int, HeldComment]:
    mine = (
        Comment.round_id == round_id,
        Comment.panellist_id == panellist_id,
        Comment.outcome_id.is_(None),
        Comment.kind == TextKind.COMMENT,
    )
    query = select(Comment.id, Comment.text, Comment.written_at).where(
        *mine, _newest_or(seen, Comment.id, *mine)
    )
    found = (
        HeldComment(id=row.id, text=row.text, saved_at=row.written_at) for row in db.session.execute(query)
    )
    return {0: HeldComment()} | {one.id: one for one in found}


def _newest_or(seen: int, id_: Any, *mine: ColumnElement[bool]) -> ColumnElement[bool]:  # noqa: ANN401  # a column of either table
    newest = select(func.max(id_)).where(*mine).scalar_subquery()
    return or_(id_ == newest, id_ == seen)
