"""A study from a bundle that is sent in."""

from flask import Blueprint, Response, flash, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from analysis.bundle.faults import MOST_SHOWN, BundleError
from analysis.bundle.reader import unpacked
from delphi.access import current, guard
from delphi.drafting.actions import load_bundle
from delphi.drafting.building import DraftRefused
from delphi.web import clock, pages

blueprint = Blueprint("drafting_bundle", __name__)


@blueprint.get("/drafts/bundle")
@guard.staff
def bundle() -> Response:
    """Ask for the bundle."""
    return _page(())


@blueprint.post("/drafts/bundle")
@guard.staff
def load() -> AnyResponse:
    """Load it, whole or not at all."""
    file, user = request.files.get("file"), current.user()
    data = file.read() if file else b""
    if not data:
        return _page(("Choose a file that is not empty.",))
    try:
        study = load_bundle(unpacked(data), owner_id=user.user_id, by=user.actor, now=clock.now())
    except BundleError as error:
        faults = [str(fault) for fault in error.faults]
        more = [f"And {len(faults) - MOST_SHOWN} more."] if len(faults) > MOST_SHOWN else []
        return _page((*faults[:MOST_SHOWN], *more))
    except DraftRefused as error:
        return _page(tuple(fault.words for fault in error.faults))
    flash("The study is loaded.")
    return redirect(url_for("setup.study", study=study.code), code=303)


def _page(faults: tuple[str, ...]) -> Response:
    return pages.render("drafting/bundle.html", status=422 if faults else 200, faults=faults)
