"""Pages that explore closed rounds. They only read, and are apart from the frozen results."""

from flask import Blueprint, Response, abort, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from analysis.tables import Table
from delphi.access import current, guard
from delphi.exploring.attrition import attrition_page, flow_file
from delphi.exploring.changes import changes_page
from delphi.exploring.groups import groups_page, reference_of
from delphi.exploring.held import Explored, RatedRound, explored
from delphi.exploring.rules import rules_page
from delphi.models import Role
from delphi.web import pages

blueprint = Blueprint("exploring", __name__, url_prefix="/studies/<study>")
# As with the page on other rules: what is here can give back how a small group answered, so that it is for
# those who may take the bundle, with every answer in it by code.
EXPLORES = (Role.OWNER, Role.FACILITATOR, Role.ANALYST)


@blueprint.get("/attrition")
@guard.study(*EXPLORES)
def attrition(study: str) -> Response:
    """Who stayed, left and came back, and how those who left had rated."""
    page = attrition_page(_explored())
    return pages.render("exploring/attrition.html", ribbon=page.synthetic, page=page)


@blueprint.get("/attrition.csv")
@guard.study(*EXPLORES)
def attrition_file(study: str) -> Response:
    """The flow of people to the last digit."""
    return _download(flow_file(_explored()))


@blueprint.get("/rounds/<round_code>/rules")
@guard.study(*EXPLORES)
def rules(study: str, round_code: str) -> AnyResponse:
    """Outcomes by rules in use."""
    page = rules_page(_explored(), round_code, only_differing=request.args.get("differing") == "yes")
    if page is None:
        return _to_results(study, round_code)
    return pages.render("exploring/rules.html", ribbon=page.round.synthetic, page=page)


@blueprint.get("/rounds/<round_code>/groups")
@guard.study(*EXPLORES)
def groups(study: str, round_code: str) -> AnyResponse:
    """Groups side by side."""
    page = groups_page(
        _explored(),
        round_code,
        criterion=request.args.get("criterion"),
        against=request.args.get("against", ""),
        domain=request.args.get("domain", ""),
        only_apart=request.args.get("apart") == "yes",
    )
    if page is None:
        return _to_results(study, round_code)
    return pages.render("exploring/groups.html", ribbon=page.round.synthetic, page=page)


@blueprint.get("/rounds/<round_code>/changes")
@guard.study(*EXPLORES)
def changes(study: str, round_code: str) -> AnyResponse:
    """A round beside the rating round before it."""
    page = changes_page(
        _explored(),
        round_code,
        criterion=request.args.get("criterion"),
        group=request.args.get("group", ""),
        domain=request.args.get("domain", ""),
    )
    if page is None:
        return _to_results(study, round_code)
    return pages.render("exploring/changes.html", ribbon=page.round.synthetic, page=page)


@blueprint.get("/rounds/<round_code>/tables/<name>.csv")
@guard.study(*EXPLORES)
def table_file(study: str, round_code: str, name: str) -> Response:
    """A table of these pages to the last digit, as the report writes it."""
    whole = _explored()
    rated = whole.round_(round_code, request.args.get("criterion"))
    table = None if rated is None else _table(whole, rated, name)
    if table is None:
        abort(404)
    return _download(table)


def _explored() -> Explored:
    return explored(current.study().study_id)


def _table(study: Explored, rated: RatedRound, name: str) -> Table | None:
    """Return a table by its name in the report; None where the round has none of that name."""
    if name == "rules":
        return rated.rules
    if name == "missing_people":
        return rated.cases
    if name == "changes":
        return rated.changes
    if name == "group_differences":
        return rated.differences(reference_of(rated, request.args.get("against", "")))
    if name == "leavers" and rated.before is not None:
        return study.leavers(rated)[2]
    return None


def _to_results(study: str, round_code: str) -> AnyResponse:
    return redirect(url_for("reports.round_results", study=study, round_code=round_code), code=303)


def _download(table: Table) -> Response:
    """A file to keep; its name says nothing about the study."""
    response = Response(table.to_csv(), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{table.code}.csv"'
    return response
