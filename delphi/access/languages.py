"""Which language a visitor reads, and how they choose another."""

from collections.abc import Sequence
from datetime import datetime

from flask import Blueprint, current_app, redirect, request, session, url_for
from sqlalchemy import update
from werkzeug.wrappers import Response

from delphi import audit
from delphi.access import current, guard
from delphi.access.current import SignedInPanellist
from delphi.access.guard import FOR_TEAMS
from delphi.extensions import db
from delphi.models import EntryMode, Panellist
from delphi.web import clock, language
from delphi.web.language import BY_CODE, ENGLISH, LANGUAGES, Language
from delphi.web.pages import own_page
from delphi.web.previewing import preview

blueprint = Blueprint("languages", __name__)
CHOICE = "language"


def language_of_page() -> Language:
    """The language of the page that is asked for: the visitor's choice, else what their browser asks for.

    The session is asked alone: a panellist's kept choice is put there when they sign in, so no page looks
    for it, and a page about a fault of ours needs no database.
    """
    offered = languages_offered()
    if len(offered) == 1:
        return offered[0]
    return language.choose(offered, wishes=(session.get(CHOICE),), accepted=request.accept_languages)


def languages_offered() -> Sequence[Language]:
    """What this page can be read in: English for study teams, the study's languages for its panellists.

    Any of ours where no study is known: on the first pages and on most error pages. A preview speaks the
    language that was chosen for it.
    """
    shown_as = preview()
    if shown_as is not None:
        return (shown_as.language,)
    if request.endpoint and guard.mark_of(current_app, request.endpoint).level in FOR_TEAMS:
        return (ENGLISH,)
    return language.languages_of_study() or LANGUAGES


@blueprint.post("/language")
@guard.public
def choose_language() -> Response:
    """Remember a language in this browser, and for a panellist wherever they sign in; go back to the page."""
    code = request.form.get("language", "")
    if code in BY_CODE:
        session[CHOICE] = code
        person = current.visitor()
        if isinstance(person, SignedInPanellist) and person.entered is EntryMode.SELF:
            keep_language(person.panellist_id, language=code, by=person.actor, now=clock.now())
    return redirect(own_page(request.form.get("back", "")) or url_for("front.home"), code=303)


def keep_language(panellist_id: int, *, language: str, by: str, now: datetime) -> None:
    """Keep the language that a panellist reads, in place of the one that there may have been."""
    row = update(Panellist).where(Panellist.id == panellist_id).values(language=language)
    study_id = db.session.execute(row.returning(Panellist.study_id)).scalar_one()
    audit.record(db.session, at=now, actor=by, action="language chosen", study_id=study_id, language=language)
    db.session.commit()


def take_along(chosen_before: str | None, *, person: current.Visitor) -> None:
    """Put a language into a new session: the one chosen before signing in, else the panellist's kept one."""
    kept = person.language if isinstance(person, SignedInPanellist) else None
    if chosen_before or kept:
        session[CHOICE] = chosen_before or kept
