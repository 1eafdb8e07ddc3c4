"""Pages about studies and rounds, for study teams."""

from collections.abc import Callable
from functools import partial

from flask import Blueprint, Response, abort, flash, redirect, url_for
from werkzeug.wrappers import Response as AnyResponse

from delphi.access import current, guard
from delphi.dataset.timing import timings_of
from delphi.domain.receipt import sha256_of
from delphi.models import Role
from delphi.setup.actions import RoundRefused, close_round, open_round
from delphi.setup.forms import CloseForm, OpenForm
from delphi.setup.queries import ReceiptPage, RoundPage, receipt_page, round_page, studies_of, study_page
from delphi.setup.readiness import gaps_before, receipt_if_opened_now
from delphi.setup.receipt_pdf import receipt_pdf
from delphi.setup.round_facts import round_id_of
from delphi.setup.words import REFUSAL_WORDS
from delphi.web import clock, pages

blueprint = Blueprint("setup", __name__)
RUNNING = (Role.OWNER, Role.FACILITATOR)


@blueprint.get("/studies")
@guard.staff
def studies() -> Response:
    """The studies of the signed-in user."""
    return pages.render("setup/studies.html", studies=studies_of(current.user().user_id, now=clock.now()))


@blueprint.get("/studies/<study>")
@guard.study(*Role)
def study(study: str) -> Response:
    """A study: what it asks, its rounds and what to do next, its path so far."""
    in_view = current.study()
    page = study_page(in_view.study_id)
    return pages.render(
        "setup/study.html",
        ribbon=page.synthetic,
        page=page,
        timings=timings_of(in_view.study_id, now=clock.now()),
        may_run=in_view.role in RUNNING,
        may_preview=in_view.role is not Role.ANALYST,
        may_download=in_view.role is not Role.ADVISER,
    )


@blueprint.get("/studies/<study>/rounds/<round_code>")
@guard.study(*RUNNING)
def round_(study: str, round_code: str) -> Response:
    """A round: who has answered, by group, and the rule that was fixed for it."""
    page = _round_or_404(round_code)
    timing = timings_of(current.study().study_id, now=clock.now())[round_code]
    return pages.render("setup/round.html", ribbon=page.synthetic, page=page, timing=timing)


@blueprint.get("/studies/<study>/rounds/<round_code>/open")
@guard.study(*RUNNING)
def ask_to_open(study: str, round_code: str) -> AnyResponse:
    """Ask before a round is opened, and say what that fixes."""
    page = _round_or_404(round_code)
    if not page.may_open:
        flash(f"{page.label} cannot be opened. {page.refusal}".strip(), "refused")
        return _to_round(study, round_code)
    return _ask_to_open(page, form=OpenForm())


def _ask_to_open(page: RoundPage, *, form: OpenForm) -> Response:
    round_code, now = page.code, clock.now()
    study_id = current.study().study_id
    gaps, sha256 = gaps_before(study_id, round_code), sha256_of(receipt_if_opened_now(study_id, round_code))
    status = 422 if form.errors else 200
    parts = {"gaps": gaps, "sha256": sha256, "form": form, "now": now}
    return pages.render("setup/open.html", ribbon=page.synthetic, status=status, page=page, **parts)


@blueprint.get("/studies/<study>/rounds/<round_code>/open/receipt.txt")
@guard.study(*RUNNING)
def receipt_to_come(study: str, round_code: str) -> Response:
    """The receipt that the round would get if it opened now; empty of any promise until it does."""
    if not _round_or_404(round_code).may_open:
        abort(404)
    return Response(receipt_if_opened_now(current.study().study_id, round_code), mimetype="text/plain")


@blueprint.post("/studies/<study>/rounds/<round_code>/open")
@guard.study(*RUNNING)
def do_open(study: str, round_code: str) -> AnyResponse:
    """Open a round, for now or for later."""
    form = OpenForm()
    is_whole = form.validate_on_submit() and form.is_to_come(now=clock.now())
    if not is_whole:
        page = _round_or_404(round_code)
        if page.may_open:
            return _ask_to_open(page, form=form)
    begins_at = form.moment() if is_whole and form.names_a_moment else None
    action = partial(open_round, begins_at=begins_at)
    opens = f"opens on {clock.as_date_and_time(begins_at)}" if begins_at else "is open"
    done = f"{opens}. Its list and its rule are fixed now; the receipt says how."
    return _change(study, round_code, action, refused="was not opened", done=done)


@blueprint.get("/studies/<study>/rounds/<round_code>/close")
@guard.study(*RUNNING)
def ask_to_close(study: str, round_code: str) -> AnyResponse:
    """Ask before a round is closed, and say what happens to answers that come later."""
    page = _round_or_404(round_code)
    if not page.may_close:
        flash(f"{page.label} cannot be closed: it is not open.", "refused")
        return _to_round(study, round_code)
    return pages.render("setup/close.html", ribbon=page.synthetic, page=page, form=CloseForm())


@blueprint.post("/studies/<study>/rounds/<round_code>/close")
@guard.study(*RUNNING)
def do_close(study: str, round_code: str) -> AnyResponse:
    """Close a round."""
    done = "is closed. Answers that still come are kept, marked late."
    return _change(study, round_code, close_round, refused="was not closed", done=done)


@blueprint.get("/studies/<study>/rounds/<round_code>/receipt")
@guard.study(*Role)
def receipt(study: str, round_code: str) -> Response:
    """What was fixed when the round opened, and whether it still is so."""
    page = _receipt_or_404(round_code)
    return pages.render("setup/receipt.html", ribbon=page.synthetic, page=page)


@blueprint.get("/studies/<study>/rounds/<round_code>/receipt.txt")
@guard.study(*Role)
def receipt_file(study: str, round_code: str) -> Response:
    """The receipt's text, byte for byte what was hashed."""
    return Response(_receipt_or_404(round_code).text, mimetype="text/plain")


@blueprint.get("/studies/<study>/rounds/<round_code>/receipt.pdf")
@guard.study(*Role)
def receipt_as_pdf(study: str, round_code: str) -> Response:
    """The receipt to print or send; it carries the sum of the text, not its own."""
    return Response(receipt_pdf(_receipt_or_404(round_code)), mimetype="application/pdf")


def _round_or_404(round_code: str) -> RoundPage:
    page = round_page(current.study().study_id, round_code)
    if page is None:
        abort(404)
    return page


def _round_id_or_404(round_code: str) -> int:
    round_id = round_id_of(current.study().study_id, round_code)
    if round_id is None:
        abort(404)
    return round_id


def _receipt_or_404(round_code: str) -> ReceiptPage:
    page = receipt_page(current.study().study_id, round_code)
    if page is None:
        abort(404)
    return page


def _change(
    study: str, round_code: str, action: Callable[..., object], *, refused: str, done: str
) -> AnyResponse:
    """Open or close a round and say what came of it."""
    label = _round_or_404(round_code).label
    try:
        action(
            current.study().study_id,
            round_id=_round_id_or_404(round_code),
            round_code=round_code,
            by=current.user().actor,
            now=clock.now(),
        )
    except RoundRefused as reason:
        flash(f"{label} {refused}. {REFUSAL_WORDS[reason.refusal]} Nothing was changed.", "refused")
    else:
        flash(f"{label} {done}")
    return _to_round(study, round_code)


def _to_round(study: str, round_code: str) -> AnyResponse:
    return redirect(url_for("setup.round_", study=study, round_code=round_code), code=303)
