"""Pages on which a round is paused, goes on, and is begun."""

from datetime import datetime

from flask import Blueprint, Response, abort, flash, redirect, url_for
from werkzeug.wrappers import Response as AnyResponse

from delphi.access import current, guard
from delphi.domain.timing import Closing, NoFit, closing_after_pause, no_fit
from delphi.models import Role
from delphi.timing.actions import begin_round, pause_round, resume_round
from delphi.timing.forms import NOW, BeginForm, PauseForm, ResumeForm
from delphi.timing.queries import RoundInView, round_in_view
from delphi.web import clock, pages
from delphi.web.moments import MomentForm

blueprint = Blueprint("timing", __name__, url_prefix="/studies/<study>/rounds/<round_code>")
RUNNING = (Role.OWNER, Role.FACILITATOR)
CLOSES_BEFORE = (
    "The round would close on {closes}, before that. Choose an earlier moment, or move the closing."
)
NO_LENGTH = "The closing can be put off only if the pause has an end. Choose a day and time above."


@blueprint.route("/pause", methods=["GET", "POST"])
@guard.study(*RUNNING)
def pause(study: str, round_code: str) -> AnyResponse:
    """Ask before a round is paused, and pause it."""
    now = clock.now()
    round_ = _round_or_404(round_code, now=now)
    if not round_.may_pause:
        return _refuse(round_, "cannot be paused: it takes no answers now.")
    form = PauseForm(has_closing=round_.closes_at is not None)
    if not form.validate_on_submit() or not form.is_to_come(now=now) or not _fits(form, round_):
        return _ask("timing/pause.html", round_, form, now=now)
    resumes_at = form.moment() if form.names_a_moment else None
    closes_at = _closing_after(form, round_, resumes_at=resumes_at, now=now)
    who = current.user().actor
    if not pause_round(round_, resumes_at=resumes_at, closes_at=closes_at, by=who, now=now):
        return _refuse(round_, "was not paused: somebody has just changed it.")
    flash(f"{round_.label} is paused. Answers that are on their way are kept and count.")
    return _to_round(round_)


@blueprint.route("/resume", methods=["GET", "POST"])
@guard.study(*RUNNING)
def resume(study: str, round_code: str) -> AnyResponse:
    """Ask when a round goes on that rests, and keep the answer."""
    now = clock.now()
    round_, form = _round_or_404(round_code, now=now), ResumeForm()
    if not round_.may_resume:
        return _refuse(round_, "cannot be resumed: it is not paused.")
    form.show(round_.timing.resumes_at)
    if not form.validate_on_submit() or not form.is_to_come(now=now) or not _before_closing(form, round_):
        return _ask("timing/resume.html", round_, form, now=now)
    at = now if form.when.data == NOW else form.moment() if form.names_a_moment else None
    if not resume_round(round_, resumes_at=at, by=current.user().actor, now=now):
        return _refuse(round_, "was not changed: somebody has just changed it.")
    flash(_goes_on(round_, at, now=now))
    return _to_round(round_)


@blueprint.route("/beginning", methods=["GET", "POST"])
@guard.study(*RUNNING)
def beginning(study: str, round_code: str) -> AnyResponse:
    """Ask when a round begins that was opened for later, and keep the answer."""
    now = clock.now()
    round_, form = _round_or_404(round_code, now=now), BeginForm()
    if not round_.may_begin:
        return _refuse(round_, "has no beginning to change: it is not opened for later.")
    form.show(round_.timing.begins_at)
    if not form.validate_on_submit() or not form.is_to_come(now=now) or not _before_closing(form, round_):
        return _ask("timing/beginning.html", round_, form, now=now)
    at = form.moment() if form.names_a_moment else now
    if not begin_round(round_, begins_at=at, by=current.user().actor, now=now):
        return _refuse(round_, "was not changed: somebody has just changed it.")
    begins = f"opens on {clock.as_date_and_time(at)}" if at > now else "has begun"
    flash(f"{round_.label} {begins}.")
    return _to_round(round_)


def _goes_on(round_: RoundInView, at: datetime | None, *, now: datetime) -> str:
    if at is None:
        return f"{round_.label} is paused until you resume it."
    if at > now:
        return f"{round_.label} goes on from {clock.as_date_and_time(at)}."
    return f"{round_.label} goes on. Panellists can answer now."


def _closing_after(
    form: PauseForm, round_: RoundInView, *, resumes_at: datetime | None, now: datetime
) -> datetime | None:
    if round_.closes_at is None:
        return None
    choice = form.choice or Closing.KEEP
    return closing_after_pause(choice, closes_at=round_.closes_at, paused_at=now, resumes_at=resumes_at)


def _fits(form: PauseForm, round_: RoundInView) -> bool:
    """Whether the pause goes with what becomes of the planned closing; else say why beside the field."""
    if round_.closes_at is None or form.choice is None:
        return True
    ends = form.moment() if form.names_a_moment else None
    reason = no_fit(form.choice, closes_at=round_.closes_at, resumes_at=ends)
    if reason is NoFit.CLOSES_BEFORE:
        form.refuse_day(_closes_before(round_))
    if reason is NoFit.NO_LENGTH:
        form.closing.errors = [NO_LENGTH]
    return reason is None


def _before_closing(form: MomentForm, round_: RoundInView) -> bool:
    if not form.names_a_moment or round_.closes_at is None or form.moment() < round_.closes_at:
        return True
    form.refuse_day(_closes_before(round_))
    return False


def _closes_before(round_: RoundInView) -> str:
    closes = clock.as_date_and_time(round_.closes_at) if round_.closes_at else ""
    return CLOSES_BEFORE.format(closes=closes)


def _ask(template: str, round_: RoundInView, form: MomentForm, *, now: datetime) -> Response:
    status = 422 if form.is_submitted() else 200
    return pages.render(template, ribbon=round_.synthetic, status=status, page=round_, form=form, now=now)


def _refuse(round_: RoundInView, words: str) -> AnyResponse:
    flash(f"{round_.label} {words} Nothing was changed.", "refused")
    return _to_round(round_)


def _to_round(round_: RoundInView) -> AnyResponse:
    return redirect(url_for("setup.round_", study=round_.study, round_code=round_.code), code=303)


def _round_or_404(round_code: str, *, now: datetime) -> RoundInView:
    page = round_in_view(current.study().study_id, round_code, now=now)
    if page is None:
        abort(404)
    return page
