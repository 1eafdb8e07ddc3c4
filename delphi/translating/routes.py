"""Pages about a study's languages: which it has, one more, and its texts beside their translations."""

from flask import Blueprint, Response, abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from delphi.access import current, guard
from delphi.models import Role
from delphi.translating import actions
from delphi.translating.forms import AddForm, TranslateForm, given_in
from delphi.translating.held import State
from delphi.translating.queries import (
    StudyTexts,
    languages_page,
    texts_in_view,
    translating_page,
    unsaved_page,
)
from delphi.web import clock, pages
from delphi.web.language import language_name

blueprint = Blueprint("translating", __name__, url_prefix="/studies/<study>/languages")
RUNNING = (Role.OWNER, Role.FACILITATOR)


@blueprint.get("")
@guard.study(*RUNNING)
def languages(study: str) -> Response:
    """The languages of the study."""
    return _languages(AddForm(formdata=None))


@blueprint.post("")
@guard.study(*RUNNING)
def add(study: str) -> AnyResponse:
    """Give the study one more."""
    form = AddForm()
    form.offer(languages_page(current.study().study_id).to_add)
    if not form.validate_on_submit():
        return _languages(form, status=422)
    language = form.language.data
    added = actions.add_language(
        current.study().study_id, language=language, by=current.user().actor, now=clock.now()
    )
    if not added:
        flash(f"The study has {language_name(language)} already.")
        return redirect(url_for("translating.languages", study=study), code=303)
    flash(f"Panellists can choose {language_name(language)} now. Its texts are to be translated.")
    return redirect(url_for("translating.texts", study=study, language=language), code=303)


@blueprint.get("/<language>")
@guard.study(*RUNNING)
def texts(study: str, language: str) -> Response:
    """The texts of the study beside their translations, 20 a page."""
    page = translating_page(in_view_or_404(language), language=language, show=_show(), number=_number())
    return pages.render(
        "translating/texts.html", ribbon=page.frame.synthetic, page=page, form=TranslateForm()
    )


@blueprint.post("/<language>")
@guard.study(*RUNNING)
def keep(study: str, language: str) -> AnyResponse:
    """Keep the translations; what cannot be kept is shown again, and all else is saved."""
    in_view, form = in_view_or_404(language), request.form.to_dict()
    sent = given_in(form, items=in_view.items)
    kept = actions.keep_translations(
        sent.given,
        study_id=in_view.study_id,
        language=language,
        whole=False,
        by=current.user().actor,
        now=clock.now(),
    )
    if kept.late or sent.faulty:
        page = unsaved_page(
            in_view,
            language=language,
            show=_show(),
            number=_number(),
            late=kept.late,
            faulty=sent.faulty,
            faults=sent.faults,
        )
        form = TranslateForm()
        return pages.render(
            "translating/texts.html", ribbon=page.frame.synthetic, status=422, page=page, form=form
        )
    flash(told(kept.changed))
    number = _number() + (form.get("then") == "next")
    address = url_for("translating.texts", study=study, language=language, show=_show() or None, page=number)
    return redirect(address, code=303)


def in_view_or_404(language: str) -> StudyTexts:
    """The study's texts; there is nothing to translate into its first language."""
    in_view = texts_in_view(current.study().study_id)
    if language not in in_view.languages[1:]:
        abort(404)
    return in_view


def told(changed: int) -> str:
    """What came of a save."""
    if not changed:
        return "Nothing was changed."
    return f"Saved: {changed} {'text was' if changed == 1 else 'texts were'} changed."


def _languages(form: AddForm, *, status: int = 200) -> Response:
    page = languages_page(current.study().study_id)
    form.offer(page.to_add)
    return pages.render(
        "translating/languages.html", ribbon=page.frame.synthetic, status=status, page=page, form=form
    )


def _show() -> str:
    show = request.args.get("show", "")
    return show if show in set(State) else ""


def _number() -> int:
    return request.args.get("page", 1, type=int)
