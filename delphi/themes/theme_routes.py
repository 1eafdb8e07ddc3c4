"""Pages about a study's themes, counted in one of its rounds."""

from flask import Blueprint, flash, redirect, url_for
from werkzeug.wrappers import Response as AnyResponse

from delphi.access import current, guard
from delphi.models import Role
from delphi.themes.forms import LARGEST_NUMBER, MergeThemeForm, NewThemeForm, RenameForm, read_number
from delphi.themes.ground import Ground
from delphi.themes.pages import ThemePage
from delphi.themes.routes import ground_or_404, not_yet, who
from delphi.themes.theme_actions import ChangedMeanwhile, NameTaken, bring_back, make, merge, rename
from delphi.themes.theme_queries import theme_page, themes_page
from delphi.web import pages

blueprint = Blueprint("themes", __name__)
RUNNING = (Role.OWNER, Role.FACILITATOR)
TAKEN = "Another theme has this name. Choose another name, or merge the two."
CHANGED = "Nothing was changed: somebody else changed this theme meanwhile. This is how it is now."


@blueprint.route("/studies/<study>/rounds/<round_code>/comments/themes", methods=["GET", "POST"])
@guard.study(*RUNNING)
def themes(study: str, round_code: str) -> AnyResponse:
    """Every theme with its numbers; make one."""
    ground = ground_or_404(round_code)
    if not ground.is_closed:
        return not_yet(ground)
    form = NewThemeForm()
    if form.validate_on_submit():
        try:
            make(current.study().study_id, form.name.data or "", by=who())
        except NameTaken:
            form.name.errors = ["There is a theme with this name."]
        else:
            flash("Saved.")
            return _to_themes(ground)
    return pages.render(
        "themes/themes.html",
        ribbon=ground.synthetic,
        status=422 if form.errors else 200,
        page=themes_page(ground),
        form=form,
    )


@blueprint.route("/studies/<study>/rounds/<round_code>/comments/themes/<int:theme>", methods=["GET", "POST"])
@guard.study(*RUNNING)
def theme(study: str, round_code: str, theme: int) -> AnyResponse:
    """One theme: give it another name."""
    ground = ground_or_404(round_code)
    page = theme_page(ground, theme)
    if page is None or not ground.is_closed:
        return _gone(ground)
    form = RenameForm()
    if not form.validate_on_submit():
        return _theme_page(page, form)
    try:
        rename(
            current.study().study_id, theme, form.name.data or "", seen=read_number(form.seen.data), by=who()
        )
    except NameTaken:
        form.name.errors = [TAKEN]
        return _theme_page(page, form)
    except ChangedMeanwhile:
        return _changed(ground, theme)
    flash("Saved.")
    return _to_themes(ground)


@blueprint.post("/studies/<study>/rounds/<round_code>/comments/themes/<int:theme>/merge")
@guard.study(*RUNNING)
def merge_into(study: str, round_code: str, theme: int) -> AnyResponse:
    """Let another theme take its place."""
    ground = ground_or_404(round_code)
    form = MergeThemeForm()
    form.offer_themes(ground.themes)
    page = theme_page(ground, theme)
    if page is None or not ground.is_closed:
        return _gone(ground)
    if not form.validate_on_submit():
        return _changed(ground, theme)
    try:
        number = merge(
            current.study().study_id, theme, into=form.into.data, seen=read_number(form.seen.data), by=who()
        )
    except ChangedMeanwhile:
        return _changed(ground, theme)
    flash(f"Merged into “{ground.themes[form.into.data]}”. Comments that did not have it before: {number}.")
    return _to_themes(ground)


@blueprint.post("/studies/<study>/rounds/<round_code>/comments/themes/<int:theme>/bring-back")
@guard.study(*RUNNING)
def take_back(study: str, round_code: str, theme: int) -> AnyResponse:
    """Take a merge back."""
    ground = ground_or_404(round_code)
    try:
        is_possible = theme <= LARGEST_NUMBER
        name = bring_back(current.study().study_id, theme if is_possible else 0, by=who())
    except ChangedMeanwhile:
        flash("Nothing was changed: that theme is not merged.", "refused")
    except NameTaken:
        flash("Another theme has its name now. Rename that one first.", "refused")
    else:
        flash(f"“{name}” is there again, with the comments that it had.")
    return _to_themes(ground)


def _to_themes(ground: Ground) -> AnyResponse:
    return redirect(url_for("themes.themes", study=ground.study, round_code=ground.round_code), code=303)


def _gone(ground: Ground) -> AnyResponse:
    if not ground.is_closed:
        return not_yet(ground)
    flash("That theme is not in use. It may have been merged into another.", "refused")
    return _to_themes(ground)


def _changed(ground: Ground, theme: int) -> AnyResponse:
    flash(CHANGED, "refused")
    address = url_for("themes.theme", study=ground.study, round_code=ground.round_code, theme=theme)
    return redirect(address, code=303)


def _theme_page(page: ThemePage, form: RenameForm) -> AnyResponse:
    if not form.is_submitted():
        form.name.data, form.seen.data = page.name, str(page.version)
    merging = MergeThemeForm(formdata=None)
    merging.offer_themes({id_: name for id_, name in page.ground.themes.items() if id_ != page.theme_id})
    merging.seen.data = str(page.version)
    return pages.render(
        "themes/theme.html",
        ribbon=page.ground.synthetic,
        status=422 if form.errors else 200,
        page=page,
        form=form,
        merging=merging,
    )
