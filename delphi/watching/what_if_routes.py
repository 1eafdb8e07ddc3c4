"""The page on which other rules are tried on a round that has closed. It only reads."""

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from delphi.access import current, guard
from delphi.models import Role
from delphi.watching.what_if import what_if_page
from delphi.web import pages

blueprint = Blueprint("what_if", __name__, url_prefix="/studies/<study>/rounds/<round_code>")
# Turning weights and thresholds gives back how a small group answered, which the pages of results hide. So it
# is for those who may take the bundle, with every answer in it by code.
TRIES_RULES = (Role.OWNER, Role.FACILITATOR, Role.ANALYST)


@blueprint.get("/what-if")
@guard.study(*TRIES_RULES)
def what_if(study: str, round_code: str) -> AnyResponse:
    """Other weights, thresholds and sizes, beside the frozen result."""
    page = what_if_page(current.study().study_id, round_code, request.args.to_dict())
    if page is None:
        return redirect(url_for("reports.round_results", study=study, round_code=round_code), code=303)
    return pages.render("watching/what_if.html", ribbon=page.round.synthetic, page=page)
