"""What a panellist does in a ranking round: give an order, comment, finish. One audit row, one commit."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from sqlalchemy import insert

from delphi import audit
from delphi.domain.ranking import Order
from delphi.extensions import db
from delphi.models import Comment, EntryMode, Finish, Ranking, RankingPlace
from delphi.ranking.forms import Given
from delphi.ranking.held import Held, held_in
from delphi.standing import RoundFacts, Standing
from delphi.standing.writing import begin_writing


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What is on disk now. `newest_order` and `newest_comment`: ids, 0 for none.

    `replaced_at`: when the panellist had saved an order or comment, on another page, that this one stands for
    now. `late`: the round had closed before.
    """

    orders: int
    comments: int
    newest_order: int
    newest_comment: int
    replaced_at: datetime | None
    late: bool


class Whose(TypedDict):
    """What every row that comes from one form has in common."""

    round_id: int
    panellist_id: int
    late: bool
    entered: EntryMode


def save_order(
    given: Given, *, standing: Standing, round_: RoundFacts, by: str, entered: EntryMode, now: datetime
) -> Saved:
    """Add the order and the comment if they changed; nothing is overwritten.

    When it returns, they are on disk. After closing they are marked late.
    """
    whose = _begin(standing, round_, entered=entered, now=now)
    saved = _add_changes(given, whose=whose, now=now)
    if saved.orders or saved.comments:
        _record("order saved", saved, given=given, standing=standing, round_=round_, by=by, now=now)
    db.session.commit()
    return saved


def finish_round(
    given: Given, *, standing: Standing, round_: RoundFacts, by: str, entered: EntryMode, now: datetime
) -> Saved:
    """The same, and keep that the panellist has finished, unless the round had closed.

    Who finishes twice has finished the first time.
    """
    whose = _begin(standing, round_, entered=entered, now=now)
    saved = _add_changes(given, whose=whose, now=now)
    key = {"round_id": round_.round_id, "panellist_id": standing.panellist_id}
    if not saved.late and db.session.get(Finish, key) is None:
        db.session.add(Finish(**key, finished_at=now, entered=entered))
    _record("round finished", saved, given=given, standing=standing, round_=round_, by=by, now=now)
    db.session.commit()
    return saved


def _begin(standing: Standing, round_: RoundFacts, *, entered: EntryMode, now: datetime) -> Whose:
    closed_at = begin_writing(round_id=round_.round_id, panellist_id=standing.panellist_id, now=now)
    return Whose(
        round_id=round_.round_id,
        panellist_id=standing.panellist_id,
        late=closed_at is not None,
        entered=entered,
    )


def _add_changes(given: Given, *, whose: Whose, now: datetime) -> Saved:
    """Add what differs both from what the page had seen and from what is newest.

    What is as the page showed it was not touched: another page's newer one stays.
    """
    held = held_in(
        whose["round_id"],
        panellist_id=whose["panellist_id"],
        seen_order=given.seen_order,
        seen_comment=given.seen_comment,
    )
    order = None if given.order in (None, held.seen.order, held.newest.order) else given.order
    comment = None if given.comment in (None, held.seen_comment.text, held.comment.text) else given.comment
    return Saved(
        orders=int(order is not None),
        comments=int(comment is not None),
        newest_order=held.newest.id if order is None else _add_order(order, whose=whose, now=now),
        newest_comment=held.comment.id if comment is None else _add_comment(comment, whose=whose, now=now),
        replaced_at=_replaced_at(held, order=order is not None, comment=comment is not None),
        late=whose["late"],
    )


def _add_order(order: Order, *, whose: Whose, now: datetime) -> int:
    ranking = Ranking(**whose, answered_at=now)
    db.session.add(ranking)
    db.session.flush()
    if order:
        places = [
            {"ranking_id": ranking.id, "position": position, "outcome_id": outcome_id}
            for position, outcome_id in enumerate(order, start=1)
        ]
        db.session.execute(insert(RankingPlace), places)
    return ranking.id


def _add_comment(text: str, *, whose: Whose, now: datetime) -> int:
    comment = Comment(**whose, outcome_id=None, text=text, written_at=now)
    db.session.add(comment)
    db.session.flush()
    return comment.id


def _replaced_at(held: Held, *, order: bool, comment: bool) -> datetime | None:
    """When the newest was saved that the page had not seen and that something new stands for now."""
    unseen = [held.newest.saved_at] if order and held.newest.id != held.seen.id else []
    unseen += [held.comment.saved_at] if comment and held.comment.id != held.seen_comment.id else []
    return max((moment for moment in unseen if moment is not None), default=None)


def _record(
    action: str,
    saved: Saved,
    *,
    given: Given,
    standing: Standing,
    round_: RoundFacts,
    by: str,
    now: datetime,
) -> None:
    audit.record(
        db.session,
        at=now,
        actor=by,
        action=action,
        study_id=standing.study_id,
        round=round_.definition.code,
        orders=saved.orders,
        places=len(given.order or ()) if saved.orders else 0,
        comments=saved.comments,
        late=saved.late,
    )
