"""What changed since last time, what became of one's words, answers so far: URL, one query, a page."""

from flask import Blueprint, Response, abort, jsonify, render_template
from werkzeug.wrappers import Response as AnyResponse

from delphi.access import guard
from delphi.changes.own_words import your_words_page
from delphi.changes.queries import changes_page
from delphi.feedback import show_feedback
from delphi.standing import RoundFacts, Standing, list_of, page_of, see, standing_in_view
from delphi.web import clock

blueprint = Blueprint("changes", __name__, url_prefix="/rate")


@blueprint.get("/since")
@guard.panellist
def start() -> AnyResponse:
    """Before the first section: what changed, if anything did."""
    standing = standing_in_view()
    round_ = _round_agreed_to(standing)
    page = changes_page(standing, round_=round_) if round_ else None
    return see("changes.changes" if page and (page.changed or page.digest) else "rating.start")


@blueprint.get("/changes")
@guard.panellist
def changes() -> AnyResponse:
    """What changed since the last round that the panellist could answer."""
    standing = standing_in_view()
    round_ = _round_agreed_to(standing)
    page = changes_page(standing, round_=round_) if round_ else None
    if page is None:
        return see("rating.start")
    return page_of(standing, "changes/changes.html", page=page)


@blueprint.get("/your-words")
@guard.panellist
def your_words() -> AnyResponse:
    """What became of what the panellist wrote."""
    standing = standing_in_view()
    if standing.withdrawn:
        return see("rating.start")
    return page_of(standing, "changes/your_words.html", page=your_words_page(standing))


@blueprint.get("/live/<int:outcome_id>")
@guard.panellist
def live(outcome_id: int) -> Response:
    """The piece of a section's page with others' answers so far, for its script, after one's own is saved."""
    standing = standing_in_view()
    round_ = _round_agreed_to(standing)
    listed = list_of(standing, round_) if round_ and round_.definition.live_feedback else ()
    outcome = next((each for each in listed if each.outcome_id == outcome_id), None)
    if outcome is None or round_ is None:
        abort(404)
    feedback = show_feedback(standing, round_=round_, outcome_ids=[outcome_id], now=clock.now())
    piece = render_template("changes/live.html", feedback=feedback[outcome_id], outcome=outcome)
    return jsonify(html=piece)


def _round_agreed_to(standing: Standing) -> RoundFacts | None:
    round_ = standing.open_round
    return round_ if round_ and round_.agreed and not standing.withdrawn else None
