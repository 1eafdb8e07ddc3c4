"""Pages of results and of the lineage, and the bundle."""

from flask import Blueprint, Response, abort, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from analysis.study.rounds import RoundKind
from analysis.verdicts import plain_rows
from delphi.access import current, guard
from delphi.models import Role
from delphi.reports.bundle import closed_bundle
from delphi.reports.lineage_queries import lineage_page
from delphi.reports.outcome_queries import outcome_story
from delphi.reports.queries import Asked, ClosedRound, NotYet, results, results_page
from delphi.reports.spreadsheet import csv_text
from delphi.web import pages

blueprint = Blueprint("reports", __name__)
TAKES_THE_BUNDLE = (Role.OWNER, Role.FACILITATOR, Role.ANALYST)


@blueprint.get("/studies/<study>/rounds/<round_code>/results")
@guard.study(*Role)
def round_results(study: str, round_code: str) -> Response:
    """A closed round's results; before it closes, when they will be there."""
    found = _results_or_404(round_code)
    if isinstance(found, NotYet):
        return pages.render("reports/not_yet.html", ribbon=found.synthetic, page=found)
    page = results_page(found, _asked())
    return pages.render(
        "reports/results.html", ribbon=page.synthetic, page=page, may_explore=_may_explore(found)
    )


@blueprint.get("/studies/<study>/rounds/<round_code>/results.csv")
@guard.study(*Role)
def round_results_file(study: str, round_code: str) -> AnyResponse:
    """A closed round's results to the last digit."""
    found = _results_or_404(round_code)
    if isinstance(found, NotYet):
        return redirect(url_for("reports.round_results", study=study, round_code=round_code), code=303)
    return _download(csv_text(*plain_rows(found.table)), name="results.csv", mimetype="text/csv")


@blueprint.get("/studies/<study>/lineage")
@guard.study(*Role)
def lineage(study: str) -> Response:
    """What became of every outcome, as a picture and in words."""
    page = lineage_page(current.study().study_id)
    return pages.render("reports/lineage.html", ribbon=page.synthetic, page=page)


@blueprint.get("/studies/<study>/lineage/<outcome>")
@guard.study(*Role)
def lineage_of_outcome(study: str, outcome: str) -> Response:
    """One outcome: its ancestors and descendants, the decisions about it, its figures."""
    story = outcome_story(current.study().study_id, outcome)
    if story is None:
        abort(404)
    return pages.render("reports/outcome.html", ribbon=story.synthetic, page=story)


@blueprint.get("/studies/<study>/bundle.zip")
@guard.study(*TAKES_THE_BUNDLE)
def bundle(study: str) -> Response:
    """The study as files."""
    return _download(closed_bundle(current.study().study_id), name="bundle.zip", mimetype="application/zip")


def _may_explore(found: ClosedRound) -> bool:
    return found.round.kind is RoundKind.RATING and current.study().role in TAKES_THE_BUNDLE


def _asked() -> Asked:
    return Asked(
        sort=request.args.get("sort", ""),
        order=request.args.get("order", ""),
        only_changed=request.args.get("changed") == "yes",
        criterion=request.args.get("criterion"),
    )


def _results_or_404(round_code: str) -> ClosedRound | NotYet:
    found = results(current.study().study_id, round_code, criterion=request.args.get("criterion"))
    if found is None:
        abort(404)
    return found


def _download(content: str | bytes, *, name: str, mimetype: str) -> Response:
    """A file to keep; its name says nothing about the study."""
    response = Response(content, mimetype=mimetype)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
