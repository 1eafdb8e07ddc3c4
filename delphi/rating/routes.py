"""The panellist's pages: URL, then one query or one action, then a page or a redirect."""

from collections.abc import Callable, Sequence
from datetime import datetime

from flask import Blueprint, Response, abort, request
from werkzeug.exceptions import Conflict
from werkzeug.wrappers import Response as AnyResponse

from analysis.study.rounds import RoundKind
from delphi.access import current, guard
from delphi.domain.journey import Step
from delphi.domain.sections import Section
from delphi.rating import actions, queries
from delphi.rating.actions import Saved
from delphi.rating.cards import anchor_of
from delphi.rating.forms import (
    ROUND_FIELD,
    Given,
    as_sent,
    outcome_to_keep,
    read_given,
)
from delphi.rating.replies import answer_refused, reply_to_script
from delphi.rating.resting import resting_page
from delphi.rating.sheet import Sheet, sheet_of
from delphi.rating.told import Elsewhere, elsewhere_in, tell_later, to_be_told
from delphi.standing import RoundFacts, Standing, page_of, see, standing_in_view
from delphi.standing.left import left_by
from delphi.standing.told_next import refuse, tell_it_came_late, tell_it_counts
from delphi.web import clock

blueprint = Blueprint("rating", __name__, url_prefix="/rate")
PAGE_OF = {
    Step.WELCOME: "joining.welcome",
    Step.CONSENT_AGAIN: "joining.consent",
    Step.DECLINED: "joining.declined",
    Step.RANK: "ranking.order",
    Step.FINISH: "rating.finish",
    Step.DONE: "rating.done",
}
ANSWERED_HERE = frozenset({RoundKind.COMMENT, RoundKind.RATING})
ANSWERING = frozenset({Step.SECTION, Step.FINISH, Step.DONE})
BEFORE_ANSWERING = frozenset({Step.WELCOME, Step.CONSENT_AGAIN})
WAITING = frozenset({Step.NOTHING_OPEN, Step.NOT_ONLINE})


@blueprint.get("")
@guard.panellist
def start() -> AnyResponse:
    """Send a panellist to where they stopped, or say that there is nothing to do."""
    standing = standing_in_view()
    step = standing.step()
    if step in BEFORE_ANSWERING and not current.exit_is_explained():
        return see("leaving.exit_help")
    if step is Step.LEFT_STUDY:
        return page_of(standing, "leaving/left.html", left=left_by(standing.panellist_id))
    if step is Step.RESTS and standing.open_round:
        page_while = resting_page(standing, round_=standing.open_round)
        return page_of(standing, "rating/resting.html", page=page_while)
    if step in WAITING:
        page = queries.waiting_page(standing, step=step)
        return page_of(standing, "rating/waiting.html", page=page)
    if step is Step.SECTION and standing.open_round:
        number = queries.section_to_open(standing, round_=standing.open_round)
        step = standing.step(anything_left=number is not None)
        if number is not None:
            return see("rating.section", number=number)
    return see(PAGE_OF[step])


@blueprint.get("/section/<int:number>")
@guard.panellist
def section(number: int) -> AnyResponse:
    """One section of the open round."""
    standing = standing_in_view()
    round_ = standing.open_round
    if standing.step() not in ANSWERING or round_ is None:
        return see("rating.start")
    if round_.definition.kind not in ANSWERED_HERE:
        return see("ranking.order")
    sheet = sheet_of(standing, round_)
    found = _section_or_404(sheet, number)
    return _section(standing, sheet=sheet, section=found, elsewhere=to_be_told(round_))


@blueprint.post("/section/<int:number>")
@guard.panellist_handing_in
def save_section(number: int) -> AnyResponse:
    """Keep what can be read of a section; show it again where something cannot."""
    standing = standing_in_view()
    round_ = _posted_round(standing)
    if round_ is None:
        return refuse(standing)
    sheet, now = sheet_of(standing, round_), clock.now()
    found = _section_or_404(sheet, number)
    given = read_given(as_sent(request.form.to_dict()), asked=sheet.asked(found))
    saved = _save(given, standing=standing, round_=round_, now=now)
    if saved.late and saved.anything:
        tell_it_came_late(round_)
    if round_.timing.rests and saved.anything:
        tell_it_counts(round_)
    elsewhere = elsewhere_in(saved, now=now)
    if given.faults and current.writer_after_timeout() is None:
        return _section(standing, sheet=sheet, section=found, given=given, elsewhere=elsewhere, status=422)
    tell_later(elsewhere, round_=round_)
    return see("rating.start") if saved.late else _after_section(found)


@blueprint.post("/answer")
@guard.panellist_handing_in
def save_answer() -> AnyResponse:
    """Keep one answer or a few, for the page's script; says in words what became of them."""
    standing = standing_in_view()
    round_ = _posted_round(standing)
    if round_ is None:
        return answer_refused(standing, has_left=standing.withdrawn)
    sheet, now = sheet_of(standing, round_), clock.now()
    given = read_given(request.form.to_dict(), asked=sheet.asked())
    try:
        saved = _save(given, standing=standing, round_=round_, now=now)
    except Conflict:  # they left the study meanwhile
        return answer_refused(standing, has_left=True)
    return reply_to_script(saved, given=given, standing=standing, sheet=sheet, now=now)


@blueprint.get("/finish")
@guard.panellist
def finish() -> AnyResponse:
    """What is left, section by section."""
    standing = standing_in_view()
    round_ = standing.open_round
    if standing.step() not in ANSWERING or round_ is None:
        return see("rating.start")
    if round_.definition.kind not in ANSWERED_HERE:
        return see("ranking.order")
    page = queries.finish_page(standing, round_=round_, elsewhere=to_be_told(round_))
    return page_of(standing, "rating/finish.html", page=page)


@blueprint.post("/finish")
@guard.panellist_handing_in
def say_finished() -> AnyResponse:
    """Keep that the panellist has finished; anything may be left unanswered."""
    standing = standing_in_view()
    round_ = _posted_round(standing)
    if round_ is None:
        return refuse(standing)
    asked = sheet_of(standing, round_).asked_at_the_end()
    given, now = read_given(request.form.to_dict(), asked=asked), clock.now()
    goes_on = bool(given.faults) or request.form.get("next") == "save"
    act = actions.save_answers if goes_on else actions.finish_round
    saved = _save(given, standing=standing, round_=round_, now=now, act=act)
    elsewhere = elsewhere_in(saved, now=now)
    if given.faults:
        page = queries.finish_page(standing, round_=round_, given=given, elsewhere=elsewhere)
        return page_of(standing, "rating/finish.html", status=422, page=page)
    tell_later(elsewhere, round_=round_)
    if saved.late:
        return see("rating.start")
    return see("rating.finish" if goes_on else "rating.done")


@blueprint.get("/done")
@guard.panellist
def done() -> AnyResponse:
    """Thanks, and what happens next."""
    standing = standing_in_view()
    if standing.step() is not Step.DONE:
        return see("rating.start")
    told = queries.told_at_the_end(standing, elsewhere=to_be_told(standing.open_round))
    return page_of(standing, "rating/done.html", thanks=standing.protocol.ethics.thanks, told=told)


def _posted_round(standing: Standing) -> RoundFacts | None:
    """The round that a form was made for, closed or not, if the panellist may send answers to it."""
    round_ = standing.opened(request.form.get(ROUND_FIELD, ""))
    if round_ is None or standing.withdrawn or not round_.agreed_once:
        return None
    return round_ if round_.definition.kind in ANSWERED_HERE else None


def _save(
    given: Given,
    *,
    standing: Standing,
    round_: RoundFacts,
    now: datetime,
    act: Callable[..., Saved] = actions.save_answers,
) -> Saved:
    person = current.panellist()
    saved = act(given, standing=standing, round_=round_, by=person.actor, entered=person.entered, now=now)
    if not given.faults:
        current.note_answers_kept()
    return saved


def _section_or_404(sheet: Sheet, number: int) -> Section:
    found = sheet.section(number)
    if found is None:
        abort(404)
    return found


def _section(
    standing: Standing,
    *,
    sheet: Sheet,
    section: Section,
    given: Given = queries.NOTHING_GIVEN,
    elsewhere: Sequence[Elsewhere] = (),
    status: int = 200,
) -> Response:
    page = queries.section_page(
        standing, sheet=sheet, section=section, now=clock.now(), given=given, elsewhere=elsewhere
    )
    return page_of(standing, "rating/section.html", status=status, page=page)


def _after_section(section: Section) -> AnyResponse:
    """Back to the outcome whose answer was kept by its button; else on to the next section, or the end."""
    kept = outcome_to_keep(request.form)
    if kept is not None:
        return see("rating.section", number=section.number, _anchor=anchor_of(kept))
    if request.form.get("next") == "list" or section.number == section.of:
        return see("rating.finish")
    return see("rating.section", number=section.number + 1)
