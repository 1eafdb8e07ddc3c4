"""Pages on which the team writes what a message says."""

from flask import Blueprint, abort, flash, redirect, url_for
from werkzeug.wrappers import Response as AnyResponse

from delphi.access import current, guard
from delphi.inviting.queries import RoundInView, round_in_view
from delphi.inviting.text_forms import TextForm
from delphi.inviting.text_queries import TextPage, text_page
from delphi.inviting.texts import SavedMeanwhile, save_text
from delphi.models import MessageCause, Role
from delphi.web import clock, pages

blueprint = Blueprint("texts", __name__, url_prefix="/studies/<study>/rounds/<round_code>/messages")
RUNNING = (Role.OWNER, Role.FACILITATOR)


@blueprint.route("/<any(invitation, reminder):cause>/text/<language>", methods=["GET", "POST"])
@guard.study(*RUNNING)
def text(study: str, round_code: str, cause: str, language: str) -> AnyResponse:
    """The team's own words for a message in one language, with all that was saved before."""
    view = _view_or_404(round_code)
    page, form = _page_or_404(view, cause, language), TextForm()
    if not form.is_submitted():
        form.subject.data, form.text.data = page.newest.subject, page.newest.text
        form.seen.data = str(page.newest.number)
    if not form.validate_on_submit():
        return _show(view, page, form, status=422 if form.errors else 200)
    try:
        save_text(
            view.study_id,
            cause=page.cause,
            language=language,
            subject=form.subject.data or "",
            text=form.text.data or "",
            seen=form.seen_number,
            by=current.user().actor,
            now=clock.now(),
        )
    except SavedMeanwhile:
        page = _page_or_404(view, cause, language)
        form.seen.data = str(page.newest.number)  # the next press is made in the knowledge of it
        return _show(view, page, form, status=409, saved_meanwhile=True)
    flash("The text is saved. Messages that still wait get it too.")
    place = url_for("texts.text", study=study, round_code=round_code, cause=cause, language=language)
    return redirect(place, code=303)


def _show(
    view: RoundInView, page: TextPage, form: TextForm, *, status: int, saved_meanwhile: bool = False
) -> AnyResponse:
    return pages.render(
        "inviting/text.html",
        ribbon=view.synthetic,
        status=status,
        view=view,
        page=page,
        form=form,
        saved_meanwhile=saved_meanwhile,
    )


def _view_or_404(round_code: str) -> RoundInView:
    view = round_in_view(current.study().study_id, round_code)
    if view is None:
        abort(404)
    return view


def _page_or_404(view: RoundInView, cause: str, language: str) -> TextPage:
    page = text_page(view, cause=MessageCause(cause), code=language)
    if page is None:
        abort(404)
    return page
