"""The audit trail of a study, to read, filter and download."""

import csv
import io
from collections.abc import Iterable

from flask import Blueprint, Response, abort, current_app, request

from analysis.bundle.formulas import escaped, is_formula
from delphi.access import current, guard
from delphi.models import Role
from delphi.team.audit_form import TrailForm
from delphi.team.audit_queries import ROWS_ON_A_PAGE, TrailLine, all_lines, choices_of, trail_lines
from delphi.team.queries import ribbon_of
from delphi.web import pages

blueprint = Blueprint("audit", __name__, url_prefix="/studies/<study>")
RUNNING = (Role.OWNER, Role.FACILITATOR)
FILTERS = ("who", "panellist", "action", "round", "since", "until")
HEADER = ("number", "at_utc", "actor", "who", "action", "round", "details")


@blueprint.get("/audit")
@guard.study(*RUNNING)
def trail(study: str) -> Response:
    """The trail, newest first; older rows are behind a link."""
    in_view, form = current.study(), _form()
    is_good = form.validate()
    lines = []
    if is_good:
        filters, older_than = form.filters(zone=current_app.config["TIME_ZONE"]), _older_than()
        lines = trail_lines(in_view.study_id, filters, older_than=older_than, number=ROWS_ON_A_PAGE + 1)
    return pages.render(
        "team/audit.html",
        status=200 if is_good else 422,
        ribbon=ribbon_of(in_view.study_id),
        study=study,
        study_title=in_view.title,
        form=form,
        lines=lines[:ROWS_ON_A_PAGE],
        older=lines[ROWS_ON_A_PAGE - 1].number if len(lines) > ROWS_ON_A_PAGE else None,
        is_first=_older_than() is None,
        asked={name: request.args[name] for name in FILTERS if request.args.get(name)},
    )


@blueprint.get("/audit.csv")
@guard.study(*RUNNING)
def trail_file(study: str) -> Response:
    """The trail as CSV, filtered as the page is."""
    form = _form()
    if not form.validate():
        abort(400)
    filters = form.filters(zone=current_app.config["TIME_ZONE"])
    lines = all_lines(current.study().study_id, filters)
    response = Response(_as_csv(lines), mimetype="text/csv")
    response.headers["Content-Disposition"] = 'attachment; filename="audit.csv"'
    return response


def _form() -> TrailForm:
    form, study_id = TrailForm(formdata=request.args), current.study().study_id
    form.offer(choices_of(study_id), study_id=study_id)
    return form


def _older_than() -> int | None:
    return request.args.get("older", type=int)


def _as_csv(lines: Iterable[TrailLine]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADER)
    for line in lines:
        writer.writerow([escaped(cell) if is_formula(cell) else cell for cell in _cells(line)])
    return text.getvalue()


def _cells(line: TrailLine) -> tuple[str, ...]:
    at = line.at.isoformat(timespec="microseconds")
    return (str(line.number), at, line.actor, line.who, line.action, line.round_code, line.details)
