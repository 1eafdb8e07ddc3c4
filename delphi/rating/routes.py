"""The panellist's pages: URL, then one query or one action, then a page or a redirect."""

from collections.abc import Sequence

from flask import Blueprint, Response, abort, flash, jsonify, request
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from delphi.access import current, guard
from delphi.domain.journey import ANSWERED_ONLINE, Step
from delphi.domain.sections import Section
from delphi.rating import actions, queries
from delphi.rating.forms import (
    ROUND_FIELD,
    ConsentForm,
    Given,
    consent_wording,
    read_given,
    read_whole_round_comment,
)
from delphi.rating.queries import Sheet, sheet_of
from delphi.standing import RoundFacts, Standing, page_of, see, standing_in_view
from delphi.web import clock

blueprint = Blueprint("rating", __name__, url_prefix="/rate")
PAGE_OF = {
    Step.WELCOME: "rating.welcome",
    Step.DECLINED: "rating.declined",
    Step.FINISH: "rating.finish",
    Step.DONE: "rating.done",
}
ANSWERING = frozenset({Step.SECTION, Step.FINISH, Step.DONE})
WAITING = frozenset({Step.LEFT_STUDY, Step.NOTHING_OPEN, Step.NOT_ONLINE})


@blueprint.get("")
@guard.panellist
def start() -> AnyResponse:
    """Send a panellist to where they stopped, or say that there is nothing to do."""
    standing = standing_in_view()
    step = standing.step()
    if step in WAITING:
        page = queries.waiting_page(standing, step=step)
        return page_of(standing, "rating/waiting.html", page=page)
    if step is Step.SECTION and standing.open_round:
        number = queries.section_to_open(standing, round_=standing.open_round)
        step = standing.step(anything_left=number is not None)
        if number is not None:
            return see("rating.section", number=number)
    return see(PAGE_OF[step])


@blueprint.get("/welcome")
@guard.panellist
def welcome() -> AnyResponse:
    """What this is, who asks, how long it takes, what is kept, who reads it, how to stop."""
    standing = standing_in_view()
    if standing.step() in WAITING or standing.open_round is None:
        return see("rating.start")
    page = queries.welcome_page(standing, round_=standing.open_round)
    return page_of(standing, "rating/welcome.html", page=page)


@blueprint.route("/consent", methods=["GET", "POST"])
@guard.panellist
def consent() -> AnyResponse:
    """Ask for consent, and keep the answer with the wording."""
    standing = standing_in_view()
    round_, form = standing.open_round, ConsentForm()
    if standing.step() in WAITING or round_ is None:
        return see("rating.start")
    text = standing.protocol.ethics.consent
    if not form.validate_on_submit():
        status = 422 if form.errors else 200
        return page_of(
            standing, "rating/consent.html", status=status, form=form, text=text, agreed=round_.agreed
        )
    actions.answer_consent(
        standing,
        round_=round_,
        wording=consent_wording(text),
        agreed=form.agree.data == "yes",
        by=current.panellist().actor,
        now=clock.now(),
    )
    return see("rating.start")


@blueprint.get("/declined")
@guard.panellist
def declined() -> AnyResponse:
    """Respect a no, and say that it can be changed."""
    standing = standing_in_view()
    if standing.step() is not Step.DECLINED:
        return see("rating.start")
    return page_of(standing, "rating/declined.html")


@blueprint.get("/section/<int:number>")
@guard.panellist
def section(number: int) -> AnyResponse:
    """One section of the open round."""
    standing = standing_in_view()
    round_ = standing.open_round
    if standing.step() not in ANSWERING or round_ is None:
        return see("rating.start")
    sheet = sheet_of(standing, round_)
    return _section(standing, sheet=sheet, section=_section_or_404(sheet, number))


@blueprint.post("/section/<int:number>")
@guard.panellist
def save_section(number: int) -> AnyResponse:
    """Keep what can be read of a section; show it again where something cannot."""
    standing = standing_in_view()
    round_ = _posted_round(standing)
    if round_ is None:
        return see("rating.start")
    sheet = sheet_of(standing, round_)
    found = _section_or_404(sheet, number)
    given = _given(standing, sheet=sheet, section=found)
    saved = actions.save_answers(
        given, standing=standing, round_=round_, by=current.panellist().actor, now=clock.now()
    )
    if saved.late and (saved.answers or saved.comments):
        flash(_kept_late(round_))
    if given.faults:
        return _section(standing, sheet=sheet, section=found, given=given, status=422)
    if saved.late:
        return see("rating.start")
    if request.form.get("next") == "list" or found.number == found.of:
        return see("rating.finish")
    return see("rating.section", number=number + 1)


@blueprint.post("/answer")
@guard.panellist
def save_answer() -> AnyResponse:
    """Keep one answer or a few, for the page's script; says in words what became of them."""
    standing = standing_in_view()
    round_ = _posted_round(standing)
    if round_ is None:
        return _told(gettext("This round is not open for you."), status=409)
    now = clock.now()
    given = _given(standing, sheet=sheet_of(standing, round_))
    saved = actions.save_answers(
        given, standing=standing, round_=round_, by=current.panellist().actor, now=now
    )
    if given.faults:
        fields = [fault.field for fault in given.faults]
        return _told(given.faults[0].message, fields=fields, status=422)
    if saved.late:
        return _told(gettext("The round has closed. Your answer is kept, marked as late."))
    return _told(gettext("Saved %(time)s", time=clock.as_time(now)))


@blueprint.get("/finish")
@guard.panellist
def finish() -> AnyResponse:
    """What is left, section by section."""
    standing = standing_in_view()
    if standing.step() not in ANSWERING or standing.open_round is None:
        return see("rating.start")
    page = queries.finish_page(standing, round_=standing.open_round)
    return page_of(standing, "rating/finish.html", page=page)


@blueprint.post("/finish")
@guard.panellist
def say_finished() -> AnyResponse:
    """Keep that the panellist has finished; anything may be left unanswered."""
    standing = standing_in_view()
    round_ = _posted_round(standing)
    if round_ is None:
        return see("rating.start")
    given = read_whole_round_comment(request.form)
    if given.faults:
        page = queries.finish_page(standing, round_=round_, given=given)
        return page_of(standing, "rating/finish.html", status=422, page=page)
    act = actions.save_answers if request.form.get("next") == "save" else actions.finish_round
    saved = act(given, standing=standing, round_=round_, by=current.panellist().actor, now=clock.now())
    return see("rating.finish" if act is actions.save_answers and not saved.late else "rating.start")


@blueprint.get("/done")
@guard.panellist
def done() -> AnyResponse:
    """Thanks, and what happens next."""
    standing = standing_in_view()
    if standing.step() is not Step.DONE:
        return see("rating.start")
    return page_of(standing, "rating/done.html", thanks=standing.protocol.ethics.thanks)


def _kept_late(round_: RoundFacts) -> str:
    return gettext(
        "%(round)s had closed before this came. Your answers are kept, marked as late, and not in its results.",
        round=round_.definition.label,
    )


def _posted_round(standing: Standing) -> RoundFacts | None:
    """The round that a form was made for, closed or not, if the panellist may send answers to it."""
    round_ = standing.opened(request.form.get(ROUND_FIELD, ""))
    if round_ is None or standing.withdrawn or not round_.agreed:
        return None
    return round_ if round_.definition.kind in ANSWERED_ONLINE else None


def _given(standing: Standing, *, sheet: Sheet, section: Section | None = None) -> Given:
    definition = sheet.round.definition
    return read_given(
        request.form,
        outcomes=sheet.outcomes_of(section) if section else sheet.listed,
        criteria=sheet.criteria,
        scale=standing.protocol.scale_of(definition) if definition.scale else None,
    )


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
    status: int = 200,
) -> Response:
    page = queries.section_page(standing, sheet=sheet, section=section, given=given)
    return page_of(standing, "rating/section.html", status=status, page=page)


def _told(words: str, *, fields: Sequence[str] = (), status: int = 200) -> Response:
    """An answer to the page's script; `fields` could not be kept."""
    answer = jsonify(status=words, fields=fields)
    answer.status_code = status
    return answer
