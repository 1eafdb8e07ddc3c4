"""Pages on which a study is set up: a draft, one decision a page, until it becomes a study."""

from flask import Blueprint, Response, abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from delphi.access import current, guard
from delphi.dataset.sheet import SheetRefused
from delphi.dataset.sheet_file import sheet_of_file
from delphi.drafting.actions import SavedMeanwhile, create_study, delete_draft, save_part, start_draft
from delphi.drafting.answers import Outcomes, PartAnswers
from delphi.drafting.building import DraftRefused
from delphi.drafting.faults import faults_of_part
from delphi.drafting.forms import answers_in, seen_in
from delphi.drafting.outcome_table import outcomes_of_sheet
from delphi.drafting.outcome_template import template_csv, template_xlsx
from delphi.drafting.part_pages import part_page
from delphi.drafting.queries import HeldDraft, drafts_of, held_draft, lines_of, studies_to_copy
from delphi.models import Part
from delphi.web import clock, pages

blueprint = Blueprint("drafting", __name__)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("/drafts")
@guard.staff
def drafts() -> Response:
    """The user's drafts, and the ways to begin a study."""
    user_id = current.user().user_id
    return pages.render("drafting/drafts.html", drafts=drafts_of(user_id), studies=studies_to_copy(user_id))


@blueprint.post("/drafts")
@guard.staff
def start() -> AnyResponse:
    """Start a draft: with nothing, or like a study of the user's."""
    user, wanted = current.user(), request.form.get("copy_of", "")
    ids = {line.code: line.study_id for line in studies_to_copy(user.user_id)}
    if wanted and wanted not in ids:
        abort(404)
    draft = start_draft(owner_id=user.user_id, by=user.actor, now=clock.now(), copy_of=ids.get(wanted))
    return redirect(url_for("drafting.part", draft=draft, part=Part.ABOUT.value), code=303)


@blueprint.get("/drafts/outcomes-template.xlsx")
@guard.staff
def template() -> Response:
    """The table of outcomes to fill in, as a workbook."""
    return _file(template_xlsx(), name="outcomes.xlsx", kind=XLSX)


@blueprint.get("/drafts/outcomes-template.csv")
@guard.staff
def template_as_csv() -> Response:
    """The table of outcomes to fill in, as text."""
    return _file(template_csv(), name="outcomes.csv", kind="text/csv; charset=utf-8")


@blueprint.get("/drafts/<int:draft>")
@guard.staff
def check(draft: int) -> Response:
    """Ready to create? What is missing, each with its page."""
    held = _held_or_404(draft)
    return pages.render("drafting/check.html", held=held, lines=lines_of(held), refusals=())


@blueprint.post("/drafts/<int:draft>")
@guard.staff
def create(draft: int) -> AnyResponse:
    """Make a study of the draft."""
    held, user = _held_or_404(draft), current.user()
    try:
        study = create_study(draft, owner_id=user.user_id, by=user.actor, now=clock.now())
    except DraftRefused as error:
        return pages.render(
            "drafting/check.html", status=422, held=held, lines=lines_of(held), refusals=error.faults
        )
    flash("The study is made. Open its first round when everything is ready.")
    return redirect(url_for("setup.study", study=study.code), code=303)


@blueprint.get("/drafts/<int:draft>/delete")
@guard.staff
def delete(draft: int) -> Response:
    """Asks before a draft is deleted."""
    return pages.render("drafting/delete.html", held=_held_or_404(draft))


@blueprint.post("/drafts/<int:draft>/delete")
@guard.staff
def delete_now(draft: int) -> AnyResponse:
    """Delete a draft; one that has become a study stays."""
    held = _held_or_404(draft)
    if not delete_draft(held.draft_id, by=current.user().actor, now=clock.now()):
        flash("A study was made of this draft. It was not deleted.")
        return redirect(url_for("drafting.check", draft=draft), code=303)
    flash("The draft is deleted.")
    return redirect(url_for("drafting.drafts"), code=303)


@blueprint.get("/drafts/<int:draft>/<part>")
@guard.staff
def part(draft: int, part: str) -> Response:
    """One decision."""
    held, which = _held_or_404(draft), _part_or_404(part)
    return pages.render("drafting/part.html", page=part_page(held, which))


@blueprint.post("/drafts/<int:draft>/<part>")
@guard.staff
def save(draft: int, part: str) -> AnyResponse:
    """Save a page, also when it is not complete. A later save never replaces one that it has not seen."""
    held, which = _held_or_404(draft), _part_or_404(part)
    if which is Part.OUTCOMES:
        return _send_table(held)
    answers = answers_in(which, request.form, held=held.answers.part(which))
    return _save(held, which, answers, says="Saved.")


def _send_table(held: HeldDraft) -> AnyResponse:
    file = request.files.get("file")
    try:
        data = file.read() if file and file.filename else b""
        outcomes = outcomes_of_sheet(sheet_of_file(data, name=(file.filename or "") if file else ""))
    except SheetRefused as error:
        page = part_page(held, Part.OUTCOMES, sheet_faults=error.faults)
        return pages.render("drafting/part.html", status=422, page=page)
    return _save(held, Part.OUTCOMES, outcomes, says=_loaded(outcomes))


def _loaded(outcomes: Outcomes) -> str:
    number = len(outcomes.rows)
    return f"{number} {'outcome is' if number == 1 else 'outcomes are'} in the draft now."


def _save(held: HeldDraft, part: Part, answers: PartAnswers, *, says: str) -> AnyResponse:
    try:
        save_part(
            held.draft_id,
            part=part,
            answers=answers,
            seen=seen_in(request.form),
            by=current.user().actor,
            now=clock.now(),
        )
    except SavedMeanwhile:
        newest = _held_or_404(held.draft_id)
        return pages.render("drafting/part.html", status=409, page=part_page(newest, part, typed=answers))
    saved = _held_or_404(held.draft_id)
    if not faults_of_part(saved.answers, part):  # else the page says that it is saved, and what is missing
        flash(says)
    return redirect(_next_page(saved, part), code=303)


def _next_page(held: HeldDraft, part: Part) -> str:
    """The same page if it has faults or was asked for again; else the next one, after the last the check."""
    page = part_page(held, part)
    if page.faults or "again" in request.form or part is Part.OUTCOMES:
        return url_for("drafting.part", draft=held.draft_id, part=part.value)
    if page.following is None:
        return url_for("drafting.check", draft=held.draft_id)
    return url_for("drafting.part", draft=held.draft_id, part=page.following.value)


def _held_or_404(draft: int) -> HeldDraft:
    try:
        return held_draft(draft, owner_id=current.user().user_id)
    except LookupError:
        abort(404)


def _part_or_404(name: str) -> Part:
    try:
        return Part(name)
    except ValueError:
        abort(404)


def _file(data: bytes, *, name: str, kind: str) -> Response:
    return Response(
        data, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
