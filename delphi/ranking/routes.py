"""The ranking page: URL, then one query or one action, then a page or a redirect."""

from datetime import datetime

from flask import Blueprint, Response, jsonify, request
from flask_babel import gettext
from werkzeug.exceptions import Conflict
from werkzeug.wrappers import Response as AnyResponse

from analysis.study.rounds import RoundKind
from delphi.access import current, guard
from delphi.domain.journey import Step
from delphi.domain.ranking import places_of
from delphi.ranking import actions, queries
from delphi.ranking.actions import Saved
from delphi.ranking.forms import ROUND_FIELD, Given, read_given
from delphi.standing import RoundFacts, Standing, list_of, page_of, see, standing_in_view
from delphi.standing.left import not_kept_words
from delphi.standing.told_next import (
    counts_words,
    refuse,
    replaced_words,
    tell_it_came_late,
    tell_it_counts,
    tell_what_was_replaced,
)
from delphi.web import clock

blueprint = Blueprint("ranking", __name__, url_prefix="/rate/order")
FINISHES = "finish"


@blueprint.get("")
@guard.panellist
def order() -> AnyResponse:
    """The order so far, with a button for each way to change it."""
    standing = standing_in_view()
    round_ = standing.open_round
    if round_ is None or standing.step() not in (Step.RANK, Step.DONE) or not _ranks(round_):
        return see("rating.start")
    page = queries.order_page(standing, round_=round_, moved=request.args.get("moved", ""))
    return page_of(standing, "ranking/order.html", page=page)


@blueprint.post("")
@guard.panellist_handing_in
def save() -> AnyResponse:
    """Keep the order as a button changed it, and the comment; perhaps that the panellist has finished."""
    standing = standing_in_view()
    round_ = _posted_round(standing)
    if round_ is None:
        return refuse(standing)
    given = _given(standing, round_=round_)
    finishes = request.form.get("next") == FINISHES and not given.faults
    saved = _act(given, standing=standing, round_=round_, finishes=finishes, now=clock.now())
    if saved.replaced_at:
        tell_what_was_replaced(saved.replaced_at)
    if saved.late and (saved.orders or saved.comments):
        tell_it_came_late(round_)
    if round_.timing.rests:
        tell_it_counts(round_)
    if given.faults:
        page = queries.order_page(standing, round_=round_, given=given)
        return page_of(standing, "ranking/order.html", status=422, page=page)
    if saved.late or finishes or round_.timing.rests:
        return see("rating.start")
    # what has to be told stands at the top of the page, so the browser must not go further down
    return see("ranking.order") if saved.replaced_at else _back_to_moved(given)


@blueprint.post("/answer")
@guard.panellist_handing_in
def save_by_script() -> AnyResponse:
    """Keep the order or the comment, for the page's script; says in words what became of it."""
    standing = standing_in_view()
    round_ = _posted_round(standing)
    if round_ is None:
        return _refused(standing, has_left=standing.withdrawn)
    given, now = _given(standing, round_=round_), clock.now()
    try:
        saved = _act(given, standing=standing, round_=round_, finishes=False, now=now)
    except Conflict:  # they left the study meanwhile
        return _refused(standing, has_left=True)
    if given.faults:
        return _told(given.faults[0].message, saved=saved, status=422)
    if saved.late:
        return _told(gettext("The round has closed. Your answer is kept, marked as late."), saved=saved)
    saved_words = gettext("Saved %(time)s", time=clock.as_time(now))
    words = counts_words(now) if round_.timing.rests else saved_words
    return _told(replaced_words(saved.replaced_at) if saved.replaced_at else words, saved=saved)


def _ranks(round_: RoundFacts) -> bool:
    return round_.definition.kind is RoundKind.RANKING


def _posted_round(standing: Standing) -> RoundFacts | None:
    """The round that a form was made for, closed or not, if the panellist may send an order to it."""
    round_ = standing.opened(request.form.get(ROUND_FIELD, ""))
    if round_ is None or standing.withdrawn or not round_.agreed_once:
        return None
    return round_ if _ranks(round_) else None


def _given(standing: Standing, *, round_: RoundFacts) -> Given:
    listed = [outcome.outcome_id for outcome in list_of(standing, round_)]
    return read_given(request.form, listed=listed, places=places_of(len(listed), round_.definition.places))


def _act(given: Given, *, standing: Standing, round_: RoundFacts, finishes: bool, now: datetime) -> Saved:
    person = current.panellist()
    act = actions.finish_round if finishes else actions.save_order
    saved = act(given, standing=standing, round_=round_, by=person.actor, entered=person.entered, now=now)
    if not given.faults:
        current.note_answers_kept()
    return saved


def _back_to_moved(given: Given) -> AnyResponse:
    if given.pressed is None:
        return see("ranking.order")
    return see("ranking.order", moved=given.pressed, _anchor=given.goes_on_at)


def _refused(standing: Standing, *, has_left: bool) -> Response:
    if has_left:
        return _told(not_kept_words(standing.panellist_id), status=409)
    words = gettext(
        "This could not be saved, because you do not take part in this round now. "
        "Copy what you wrote if you want to keep it. Then open this page again to see why."
    )
    return _told(words, status=409)


def _told(words: str, *, saved: Saved | None = None, status: int = 200) -> Response:
    """An answer to the page's script, with what is newest now."""
    newest = (saved.newest_order, saved.newest_comment) if saved else (0, 0)
    answer = jsonify(status=words, seen=newest[0], seen_comment=newest[1])
    answer.status_code = status
    return answer
