"""The page on which the team puts a round's comments together, for panellists to read."""

from collections.abc import Mapping

from flask import Blueprint, abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from delphi.access import current, guard
from delphi.models import Role
from delphi.setup.digest_actions import NO_CLASHES, Clash, Written, write_digest
from delphi.setup.digest_form import GivenDigest
from delphi.setup.digest_queries import digest_page, given_in, is_closed, labels_of
from delphi.setup.digest_translations import keep_translations, translation_page
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
    """Keep the lines; show the page again where something is too long, or a line was changed by two."""
    refused = _refused(study, round_code)
    if refused is not None:
        return refused
    study_id = current.study().study_id
    round_id = round_id_of(study_id, round_code) or 0
    given = given_in(request.form.to_dict(), study_id=study_id, round_id=round_id)
    written = write_digest(
        study_id,
        round_id=round_id,
        round_code=round_code,
        given=given,
        by=current.user().actor,
        now=clock.now(),
    )
    if given.too_long or written.clashes:
        return _page(round_code, given=given, clashes=written.clashes, status=422)
    flash(_told(written, round_id=round_id))
    return redirect(url_for("digest.write", study=study, round_code=round_code), code=303)


def _told(written: Written, *, round_id: int) -> str:
    if not written.changed:
        return "Nothing was changed."
    saved = f"Saved: {written.changed} changed."
    if not written.joined:
        return saved
    labels = ", ".join(labels_of(round_id, written.joined))
    return f"{saved} Somebody else wrote at the same time. Their lines are kept beside yours: {labels}."


@blueprint.route("/studies/<study>/rounds/<round_code>/digest/<language>", methods=["GET", "POST"])
@guard.study(*RUNNING)
def translate(study: str, round_code: str, language: str) -> AnyResponse:
    """Put the lines into another language of the study."""
    study_id = current.study().study_id
    page = translation_page(study_id, round_code, language=language)
    if page is None:
        abort(404)
    form = DigestForm()
    if not form.validate_on_submit():
        return pages.render("setup/translate_digest.html", ribbon=page.synthetic, page=page, form=form)
    kept = keep_translations(
        request.form.to_dict(),
        study_id=study_id,
        round_code=round_code,
        language=language,
        by=current.user().actor,
        now=clock.now(),
    )
    if kept.not_saved:
        page = translation_page(study_id, round_code, language=language, sent=kept.not_saved)
        return pages.render("setup/translate_digest.html", status=422, page=page, form=form)
    flash(f"Saved: {kept.changed} changed." if kept.changed else "Nothing was changed.")
    return redirect(
        url_for("digest.translate", study=study, round_code=round_code, language=language), code=303
    )


def _refused(study: str, round_code: str) -> AnyResponse | None:
    """Send back whoever asks before the round has closed: comments still come in."""
    closed = is_closed(current.study().study_id, round_code)
    if closed is None:
        abort(404)
    if closed:
        return None
    flash("The digest is written when the round has closed.", "refused")
    return redirect(url_for("setup.round_", study=study, round_code=round_code), code=303)


def _page(
    round_code: str,
    *,
    given: GivenDigest | None = None,
    clashes: Mapping[int | None, Clash] = NO_CLASHES,
    status: int = 200,
) -> AnyResponse:
    page = digest_page(current.study().study_id, round_code, given=given, clashes=clashes)
    return pages.render(
        "setup/digest.html", ribbon=page.synthetic, status=status, page=page, form=DigestForm()
    )
