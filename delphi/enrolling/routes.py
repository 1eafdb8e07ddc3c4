"""Pages that put people on the panel from a spreadsheet: upload, look at what would come of it, say yes."""

from secrets import SystemRandom

from flask import Blueprint, Response, current_app, flash, make_response, redirect, url_for
from werkzeug.wrappers import Response as AnyResponse

from delphi.access import current, guard
from delphi.access.panellist_codes import new_panellist_code
from delphi.enrolling import actions
from delphi.enrolling.forms import CheckForm, UploadForm
from delphi.enrolling.people import people_in
from delphi.enrolling.queries import check_page, enrolling_page, pending_people
from delphi.enrolling.table import Fault, read_table
from delphi.enrolling.templates_to_fill import MIME_TYPES, template_file
from delphi.models import Role
from delphi.web import clock, pages

blueprint = Blueprint("enrolling", __name__, url_prefix="/studies/<study>/people")
RUNNING = (Role.OWNER, Role.FACILITATOR)
FAULTS_SHOWN = 100


@blueprint.get("/import")
@guard.study(*RUNNING)
def ask_for_file(study: str) -> Response:
    """Ask for the file."""
    return _upload_page(UploadForm(formdata=None))


@blueprint.post("/import")
@guard.study(*RUNNING)
def take_file(study: str) -> AnyResponse:
    """Read the file. All faults are shown; where there is none it waits, sealed, for a yes."""
    form, study_id = UploadForm(), current.study().study_id
    if not form.validate_on_submit():
        return _upload_page(form, status=422)
    page = enrolling_page(study_id)
    table = read_table(form.file.data.read(), name=form.file.data.filename or "")
    people, faults = people_in(table, choices=page.choices)
    if faults:
        form.file.errors = ["The file has faults. Nothing was added."]
        return _upload_page(form, faults=faults, status=422)
    actions.keep_upload(
        people,
        study_id=study_id,
        user_id=current.user().user_id,
        keys=_keys(),
        by=current.user().actor,
        now=clock.now(),
    )
    return redirect(url_for("enrolling.check", study=study), code=303)


@blueprint.get("/template.<any(csv, xlsx):kind>")
@guard.study(*RUNNING)
def template(study: str, kind: str) -> Response:
    """An empty table with the right headings."""
    response = make_response(template_file(kind))
    response.headers["Content-Type"] = MIME_TYPES[kind]
    response.headers["Content-Disposition"] = f"attachment; filename=people.{kind}"
    return response


@blueprint.get("/import/check")
@guard.study(*RUNNING)
def check(study: str) -> AnyResponse:
    """What would come of the upload."""
    study_id = current.study().study_id
    people = pending_people(study_id, user_id=current.user().user_id, keys=_keys(), now=clock.now())
    if people is None:
        return redirect(url_for("enrolling.ask_for_file", study=study), code=303)
    page = enrolling_page(study_id)
    found = check_page(study_id, page, people=people, keys=_keys())
    form = CheckForm(formdata=None, shown=found.mark)
    return pages.render("enrolling/check.html", ribbon=page.synthetic, page=page, check=found, form=form)


@blueprint.post("/import/check")
@guard.study(*RUNNING)
def add_people(study: str) -> AnyResponse:
    """Put the people of the upload on the panel, as the page showed it."""
    form, study_id = CheckForm(), current.study().study_id
    added = actions.add_uploaded(
        enrolling_page(study_id),
        study_id=study_id,
        user_id=current.user().user_id,
        shown=form.shown.data or "",
        keys=_keys(),
        new_code=new_panellist_code,
        shuffle=SystemRandom().shuffle,
        by=current.user().actor,
        now=clock.now(),
    )
    if added is None:
        flash("Nobody was added: the panel has changed, or the file waits no more. Look at it again.")
        return redirect(url_for("enrolling.check", study=study), code=303)
    flash(f"{added} {'person is' if added == 1 else 'people are'} on the panel now.")
    return redirect(url_for("panel.panel", study=study), code=303)


@blueprint.post("/import/drop")
@guard.study(*RUNNING)
def drop_upload(study: str) -> AnyResponse:
    """Forget the upload."""
    user = current.user()
    actions.drop_upload(
        study_id=current.study().study_id, user_id=user.user_id, by=user.actor, now=clock.now()
    )
    flash("The file is forgotten. Nobody was added.")
    return redirect(url_for("panel.panel", study=study), code=303)


def _upload_page(form: UploadForm, *, faults: tuple[Fault, ...] = (), status: int = 200) -> Response:
    page = enrolling_page(current.study().study_id)
    return pages.render(
        "enrolling/upload.html",
        ribbon=page.synthetic,
        page=page,
        form=form,
        faults=faults[:FAULTS_SHOWN],
        more=max(0, len(faults) - FAULTS_SHOWN),
        status=status,
    )


def _keys() -> tuple[str, ...]:
    keys: tuple[str, ...] = current_app.config["CONTACT_KEYS"]
    return keys
