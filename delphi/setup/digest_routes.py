"""The page on which the team puts a round's comments together, for panellists to read."""

from flask import Blueprint, abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from delphi.access import current, guard
from delphi.models import Role
from delphi.setup.digest_actions import write_digest
from delphi.setup.digest_queries import NOTHING_GIVEN, GivenLines, digest_page, is_closed, read_lines
from delphi.setup.forms import DigestForm
from delphi.setup.round_facts import round_id_of
from delphi.web import clock, pages

blueprint = Blueprint("digest", __name__)
RUNNING = (Role.OWNER, Role.FACILITATOR)


@blueprint.get("/studies/<study>/rounds/<round_code>/digest")
@guard.study(*RUNNING)
def write(study: str, round_code: str) -> AnyResponse:
    """What people wrote, outcome by outcome, and what the team made of it so far."""
    return _refused(study, round_code) or _page(round_code)


@blueprint.post("/studies/<study>/rounds/<round_code>/digest")
@guard.study(*RUNNING)
def keep(study: str, round_code: str) -> AnyResponse:
    """Keep the lines; show the page again where something is too long."""
    refused = _refused(study, round_code)
    if refused is not None:
        return refused
    study_id = current.study().study_id
    round_id = round_id_of(study_id, round_code)
    given = read_lines(request.form.to_dict(), round_id=round_id or 0)
    changed = write_digest(
        study_id,
        round_id=round_id or 0,
        round_code=round_code,
        lines=given.lines,
        by=current.user().actor,
        now=clock.now(),
    )
    if given.faults:
        return _page(round_code, given=given, status=422)
    flash(f"Saved: {changed} changed." if changed else "Nothing was changed.")
    return redirect(url_for("digest.write", study=study, round_code=round_code), code=303)


def _refused(study: str, round_code: str) -> AnyResponse | None:
    """Send back whoever asks before the round has closed: comments still come in."""
    closed = is_closed(current.study().study_id, round_code)
    if closed is None:
        abort(404)
    if closed:
        return None
    flash("The digest is written when the round has closed.", "refused")
    return redirect(url_for("setup.round_", study=study, round_code=round_code), code=303)


def _page(round_code: str, *, given: GivenLines = NOTHING_GIVEN, status: int = 200) -> AnyResponse:
    page = digest_page(current.study().study_id, round_code, given=given)
    return pages.render(
        "setup/digest.html", ribbon=page.synthetic, status=status, page=page, form=DigestForm()
    )
