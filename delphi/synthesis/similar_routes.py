"""Pages that suggest which outcomes and comments look alike."""

from flask import Blueprint, Response, abort

from delphi.access import guard
from delphi.models import Role
from delphi.synthesis.routes import ground_or_404, may_run
from delphi.synthesis.similar_queries import pairs_page, similar_page
from delphi.web import pages

blueprint = Blueprint("similar", __name__)


@blueprint.get("/studies/<study>/rounds/<round_code>/decisions/similar")
@guard.study(*Role)
def pairs(study: str, round_code: str) -> Response:
    """Outcomes of the list that may be the same."""
    page = pairs_page(ground_or_404(round_code))
    return pages.render(
        "synthesis/pairs.html",
        ribbon=page.head.synthetic,
        page=page,
        merges=may_run() and page.head.may_decide,
    )


@blueprint.get("/studies/<study>/rounds/<round_code>/decisions/outcomes/<outcome>/similar")
@guard.study(*Role)
def outcome(study: str, round_code: str, outcome: str) -> Response:
    """Outcomes and comments that look like one outcome."""
    ground = ground_or_404(round_code)
    if outcome not in ground.listed:
        abort(404)
    page = similar_page(ground, outcome, reads_comments=may_run())
    return pages.render(
        "synthesis/similar.html",
        ribbon=page.head.synthetic,
        page=page,
        merges=may_run() and page.head.may_decide,
    )
