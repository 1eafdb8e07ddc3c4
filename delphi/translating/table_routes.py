"""The translators' table: downloaded, and sent back."""

from dataclasses import replace

from flask import Blueprint, Response, flash, make_response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from delphi.access import current, guard
from delphi.dataset.sheet import SheetFault, SheetRefused
from delphi.dataset.sheet_file import sheet_of_file
from delphi.models import Role
from delphi.translating import actions
from delphi.translating.forms import MINE, TableForm
from delphi.translating.held import Given
from delphi.translating.queries import StudyTexts
from delphi.translating.routes import in_view_or_404, told
from delphi.translating.table import Table, header_of, read_table, rows_of
from delphi.translating.table_files import MIME_TYPES, table_file
from delphi.translating.table_pages import LateText, late_texts, table_page
from delphi.web import clock, pages
from delphi.web.language import language_of_study

blueprint = Blueprint("translators_table", __name__, url_prefix="/studies/<study>/languages/<language>")
RUNNING = (Role.OWNER, Role.FACILITATOR)


@blueprint.get("/table")
@guard.study(*RUNNING)
def ask(study: str, language: str) -> Response:
    """Offer the table, and ask for it when it is filled in."""
    return _page(in_view_or_404(language), TableForm(formdata=None), language=language)


@blueprint.get("/table.<any(csv, xlsx):kind>")
@guard.study(*RUNNING)
def download(study: str, language: str, kind: str) -> Response:
    """The table with every text and what there is of its translation."""
    texts = in_view_or_404(language)
    header = header_of(first=texts.languages[0], language=language)
    rows = rows_of(texts.items, texts.held(language))
    direction = language_of_study(language).direction
    response = make_response(table_file(kind, header, rows, direction=direction))
    response.headers["Content-Type"] = MIME_TYPES[kind]
    response.headers["Content-Disposition"] = f"attachment; filename=translations-{language}.{kind}"
    return response


@blueprint.post("/table")
@guard.study(*RUNNING)
def take(study: str, language: str) -> AnyResponse:
    """Take the translations of a table, all or none."""
    texts, form = in_view_or_404(language), TableForm()
    if not form.validate_on_submit():
        return _page(texts, form, language=language, status=422)
    try:
        table = _table(texts, form, language=language)
    except SheetRefused as refused:
        form.file.errors = ["The table has faults. Nothing was changed."]
        return _page(texts, form, language=language, faults=refused.faults, status=422)
    kept = actions.keep_translations(
        [_as_chosen(each) for each in table.given],
        study_id=texts.study_id,
        language=language,
        whole=True,
        by=current.user().actor,
        now=clock.now(),
    )
    if kept.late:
        form.file.errors = ["Somebody else changed some texts after you downloaded the table."]
        late = late_texts(kept.late, held=kept.held, rows=table.rows)
        return _page(texts, form, language=language, late=late, status=422)
    flash(" ".join((told(kept.changed), *table.notes)))
    return redirect(url_for("translating.texts", study=study, language=language), code=303)


def _table(texts: StudyTexts, form: TableForm, *, language: str) -> Table:
    sheet = sheet_of_file(form.file.data.read(), name=form.file.data.filename or "")
    return read_table(sheet, items=texts.items, held=texts.held(language), language=language)


def _as_chosen(given: Given) -> Given:
    """With what the page showed of somebody else's text, where its reader puts theirs in its place."""
    shown = request.form.get(f"{given.item.field}-seen")
    return replace(given, seen=shown) if shown and request.form.get("stands") == MINE else given


def _page(
    texts: StudyTexts,
    form: TableForm,
    *,
    language: str,
    faults: tuple[SheetFault, ...] = (),
    late: tuple[LateText, ...] = (),
    status: int = 200,
) -> Response:
    page = table_page(texts, language=language, faults=faults, late=late)
    return pages.render(
        "translating/table.html", ribbon=page.frame.synthetic, status=status, page=page, form=form
    )
