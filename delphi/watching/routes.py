"""Pages of a running round: how it comes along, and when it closes."""

from datetime import datetime

from flask import Blueprint, Response, abort, flash, jsonify, redirect, url_for
from werkzeug.wrappers import Response as AnyResponse

from delphi.access import current, guard
from delphi.dataset.timing import timings_of
from delphi.domain.rounds import RoundState
from delphi.domain.timing import RoundTiming, first_moment_to_close
from delphi.models import Role
from delphi.watching.actions import plan_closing
from delphi.watching.figures import figures_of
from delphi.watching.forms import PlanForm, TakeAwayForm
from delphi.watching.pages import ProgressPage, RoundInView
from delphi.watching.queries import progress_page, round_in_view
from delphi.web import clock, pages

blueprint = Blueprint("watching", __name__, url_prefix="/studies/<study>/rounds/<round_code>")
RUNNING = (Role.OWNER, Role.FACILITATOR)


@blueprint.get("/progress")
@guard.study(*Role)
def progress(study: str, round_code: str) -> Response:
    """How many have come how far, where people stop, what they write; no result."""
    page = _progress_or_404(round_code)
    may_plan = page.round.state is RoundState.OPEN and current.study().role in RUNNING
    ribbon, timing = page.round.synthetic, _timing(page.round)
    return pages.render("watching/progress.html", ribbon=ribbon, page=page, may_plan=may_plan, timing=timing)


@blueprint.get("/progress.json")
@guard.study(*Role)
def progress_figures(study: str, round_code: str) -> Response:
    """The same figures for programs."""
    return jsonify(figures_of(_progress_or_404(round_code)))


@blueprint.route("/planned-closing", methods=["GET", "POST"])
@guard.study(*RUNNING)
def planned_closing(study: str, round_code: str) -> AnyResponse:
    """Ask when an open round closes by itself, and keep the answer."""
    round_, form = _round_or_404(round_code), PlanForm()
    if round_.state is not RoundState.OPEN:
        return _refuse(round_)
    form.show(round_.closes_at)
    if not form.validate_on_submit() or not _can_close_then(form, round_):
        status = 422 if form.is_submitted() else 200
        parts = {"page": round_, "form": form, "take_away": TakeAwayForm(), "now": clock.now()}
        return pages.render("watching/planned_closing.html", ribbon=round_.synthetic, status=status, **parts)
    at, now = form.moment(), clock.now()
    if not _plan(round_, closes_at=at, now=now):
        return _refuse(round_)
    flash(f"{round_.label} will close on {clock.as_date_and_time(at)}. Panellists can see this.")
    return _to_progress(round_)


@blueprint.post("/planned-closing/take-away")
@guard.study(*RUNNING)
def take_closing_away(study: str, round_code: str) -> AnyResponse:
    """Let the round stay open until the team closes it."""
    round_ = _round_or_404(round_code)
    if not _plan(round_, closes_at=None, now=clock.now()):
        return _refuse(round_)
    flash(f"{round_.label} stays open until you close it.")
    return _to_progress(round_)


def _plan(round_: RoundInView, *, closes_at: datetime | None, now: datetime) -> bool:
    return plan_closing(
        current.study().study_id,
        round_id=round_.round_id,
        round_code=round_.code,
        closes_at=closes_at,
        by=current.user().actor,
        now=now,
    )


def _can_close_then(form: PlanForm, round_: RoundInView) -> bool:
    now = clock.now()
    if not form.is_to_come(now=now):
        return False
    earliest = first_moment_to_close(_timing(round_))
    if earliest is None or form.moment() > earliest:
        return True
    form.refuse_day(f"Choose a moment after {clock.as_date_and_time(earliest)}, when panellists can answer.")
    return False


def _refuse(round_: RoundInView) -> AnyResponse:
    flash(f"{round_.label} is not open, so its closing cannot be planned. Nothing was changed.", "refused")
    return _to_progress(round_)


def _to_progress(round_: RoundInView) -> AnyResponse:
    return redirect(url_for("watching.progress", study=round_.study, round_code=round_.code), code=303)


def _progress_or_404(round_code: str) -> ProgressPage:
    in_view = current.study()
    page = progress_page(in_view.study_id, round_code, role=in_view.role, now=clock.now())
    if page is None:
        abort(404)
    return page


def _round_or_404(round_code: str) -> RoundInView:
    page = round_in_view(current.study().study_id, round_code)
    if page is None:
        abort(404)
    return page


def _timing(round_: RoundInView) -> RoundTiming:
    return timings_of(current.study().study_id, now=clock.now())[round_.code]
