"""Leaving at once, the time-out, how to be reached, leaving the study, help."""

from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlsplit

from flask import Blueprint, Response, abort, flash, jsonify, render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from analysis.study.taking_part import NEUTRAL_SITE
from delphi.access import current, guard
from delphi.access.endings import end_session
from delphi.domain.sessions import AwayTime
from delphi.extensions import csrf
from delphi.leaving import actions, every_page, queries
from delphi.leaving.forms import ConfirmForm, DeviceForm, LeaveForm, WishForm
from delphi.leaving.lines import help_for_anybody
from delphi.models import AnswersAfterLeaving, EntryMode
from delphi.standing import Standing, page_of, see, standing_in_view
from delphi.standing.removal import removal_of
from delphi.web import clock, pages, ways_out

blueprint = Blueprint("leaving", __name__)
every_page.offer_to_templates(blueprint)


@blueprint.post("/exit")
@csrf.exempt  # type: ignore[untyped-decorator]  # Flask-WTF has no types
@guard.public
def exit_page() -> Response:
    """End the session and go to a neutral site.

    No CSRF token is asked for: leaving must never fail, and a forged request could only sign somebody out.
    The answer to the POST is the way there: our content security policy would stop a redirect to another
    site, and one to a page of ours would take as long again. In the browser's history, the blank page gives
    its place to the other site.
    """
    panellist_id = current.panellist_in_cookie()
    end_session(now=clock.now())
    to = NEUTRAL_SITE if panellist_id is None else queries.exit_address(panellist_id)
    return Response(render_template("leaving/gone.html", to=to))


@blueprint.get("/signed-out")
@guard.public
def signed_out() -> Response:
    """For who was away too long: what they wrote is kept, and how to come back."""
    kept = request.args.get("kept") == "yes"
    return pages.render("leaving/signed_out.html", kept=kept)


@blueprint.get("/help")
@guard.public
def help_and_support() -> Response:
    """Where there is help: for a signed-in panellist what their study names, for others what any does."""
    if isinstance(current.visitor(), current.SignedInPanellist):
        return page_of(standing_in_view(), "leaving/help.html", countries=every_page.help_lines())
    return pages.render("leaving/help.html", countries=help_for_anybody())


@blueprint.get("/rate/exit-help")
@guard.panellist
def exit_help() -> Response:
    """What "Exit this page" does and does not do; shown once in a session, before a round's first page."""
    standing = standing_in_view()
    current.note_exit_explained()
    return page_of(standing, "leaving/exit_help.html", site=urlsplit(ways_out.exit_to()).hostname)


@blueprint.post("/rate/stay")
@guard.panellist
def stay() -> Response:
    """For the page's script: put the time-out off by what the panellist did, and tell how long is left."""
    now, idle = clock.now(), request.form.get("idle", type=int) or 0
    current.note_seen(at=now - timedelta(seconds=max(idle, 0)))
    return jsonify(left=int(current.time_left(now=now).total_seconds()))


@blueprint.route("/rate/settings", methods=["GET", "POST"])
@guard.panellist
def settings() -> AnyResponse:
    """How to be reached, reminders, and this device: not for who enters answers for somebody."""
    standing = standing_in_view()
    if standing.withdrawn or current.panellist().entered is not EntryMode.SELF:
        return see("rating.start")
    wish_form = _wish_form(standing)
    if wish_form.validate_on_submit():
        _keep_wish(standing, wish_form)
        return _saved()
    return _settings(standing, wish_form, DeviceForm(current.away_time()))


@blueprint.post("/rate/settings/device")
@guard.panellist
def settings_of_device() -> AnyResponse:
    """How long one may be away from this device."""
    standing, form = standing_in_view(), DeviceForm(current.away_time())
    if not form.validate_on_submit():
        return _settings(standing, _wish_form(standing, filled=False), form)
    current.choose_away_time(AwayTime(form.away.data))
    return _saved()


@blueprint.route("/rate/reach", methods=["GET", "POST"])
@guard.panellist
def reach() -> AnyResponse:
    """Ask once a round how to be reached; who changes nothing has said that it stays.

    Who enters answers for somebody is not asked: the panellist is, or nobody. Nor is whom nobody can reach.
    """
    standing = standing_in_view()
    for_another = current.panellist().entered is not EntryMode.SELF
    if for_another or standing.withdrawn or not queries.is_to_be_asked(standing):
        return see("changes.start")
    form = _wish_form(standing)
    if form.validate_on_submit():
        _keep_wish(standing, form)
        return see("changes.start")
    return page_of(standing, "leaving/reach.html", status=422 if form.errors else 200, form=form)


@blueprint.route("/rate/leave", methods=["GET", "POST"])
@guard.panellist
def leave() -> AnyResponse:
    """The ways to leave the study, and what can and cannot be undone."""
    standing = standing_in_view()
    if standing.withdrawn:
        return see("rating.start")
    possible = removal_of(standing, today=clock.local(clock.now()).date())
    form = LeaveForm(may_remove=possible.is_possible)
    if form.validate_on_submit():
        return see("leaving.confirm", way=form.way.data)
    status = 422 if form.errors else 200
    return page_of(standing, "leaving/leave.html", status=status, form=form, removal=possible)


@blueprint.route("/rate/leave/<any(kept, removed):way>", methods=["GET", "POST"])
@guard.panellist
def confirm(way: str) -> AnyResponse:
    """Ask once more, then do it."""
    standing, now, answers = standing_in_view(), clock.now(), AnswersAfterLeaving(way)
    form = ConfirmForm(answers)
    possible = removal_of(standing, today=clock.local(now).date())
    if standing.withdrawn or (answers is AnswersAfterLeaving.REMOVED and not possible.is_possible):
        return see("leaving.leave")
    if not form.validate_on_submit():
        return page_of(standing, "leaving/confirm.html", form=form, removes=answers.value == "removed")
    try:
        round_id = queries.round_of_leaving(standing)
        person = current.panellist()
        actions.withdraw(
            answers, standing=standing, round_id=round_id, by=person.actor, entered=person.entered, now=now
        )
    except actions.AlreadyLeft:
        return see("leaving.leave")
    current.choose_away_time(AwayTime.TEN_MINUTES)
    return see("leaving.receipt")


@blueprint.get("/rate/receipt")
@guard.panellist
def receipt() -> Response:
    """What was done when somebody left, to keep."""
    standing = standing_in_view()
    return page_of(standing, "leaving/receipt.html", receipt=_receipt_or_404(standing))


@blueprint.get("/rate/receipt.txt")
@guard.panellist
def receipt_text() -> Response:
    """The same as plain text."""
    receipt = _receipt_or_404(standing_in_view())
    answer = Response(render_template("leaving/receipt.txt", receipt=receipt), mimetype="text/plain")
    answer.headers["Content-Disposition"] = "attachment; filename=receipt.txt"
    return answer


def _wish_form(standing: Standing, *, filled: bool = True) -> WishForm:
    today = clock.local(clock.now()).date()
    wish = queries.wish_now(standing, today=today)
    return WishForm(wish, today=today) if filled else WishForm(wish, today=today, formdata=None)


def _keep_wish(standing: Standing, form: WishForm) -> None:
    """Keep what the form says as the wish of this round."""
    round_id = standing.open_round.round_id if standing.open_round else None
    actions.keep_wish(
        replace(form.wish(), round_id=round_id),
        standing=standing,
        by=current.panellist().actor,
        now=clock.now(),
    )


def _saved() -> AnyResponse:
    flash(gettext("Your choice is saved."))
    return see("leaving.settings")


def _settings(standing: Standing, wish_form: WishForm, device_form: DeviceForm) -> Response:
    status = 422 if wish_form.errors or device_form.errors else 200
    return page_of(
        standing, "leaving/settings.html", status=status, wish_form=wish_form, device_form=device_form
    )


def _receipt_or_404(standing: Standing) -> queries.LeavingReceipt:
    receipt = queries.receipt_of(standing)
    if receipt is None:
        abort(404)
    return receipt
