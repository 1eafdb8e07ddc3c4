"""The team walks the pages of panellists: their own views, for a panellist whom there is not."""

import re
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, abort, current_app, flash, redirect, request, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect
from werkzeug.wrappers import Response as AnyResponse

from delphi.access import current, guard
from delphi.domain.sections import sections_of
from delphi.models import Role
from delphi.previewing.actions import note_preview
from delphi.previewing.forms import ChooseForm
from delphi.previewing.queries import ChooserPage, chooser_page
from delphi.previewing.reading_only import reading_only
from delphi.previewing.walk import STAGES, START, Pressed, page_after
from delphi.standing import Standing, list_of
from delphi.standing.made_up import Stage, made_up_standing, stand_in
from delphi.web import clock, pages
from delphi.web.previewing import Preview, show_preview

blueprint = Blueprint("previewing", __name__, url_prefix="/studies/<study>/rounds/<round_code>/preview")
LOOKING_ON = (Role.OWNER, Role.FACILITATOR, Role.ADVISER)
# Only in attributes that we write: in texts of a study, quotes are escaped.
OUR_LINK = re.compile(r'((?:href|action)=")(/rate(?=[/?#"]))')
NO = "no"  # what the form that asks for consent sends
Found = tuple[str, Mapping[str, Any]]


@blueprint.get("")
@guard.study(*LOOKING_ON)
def choose(study: str, round_code: str) -> AnyResponse:
    """Choose as whom the pages are shown."""
    page = _chooser_or_404(round_code)
    if page.refusal:
        flash(f"{page.round_label} cannot be previewed. {page.refusal}", "refused")
        return redirect(url_for("setup.study", study=study), code=303)
    return _choose(page, ChooseForm(page))


@blueprint.post("")
@guard.study(*LOOKING_ON)
def begin(study: str, round_code: str) -> AnyResponse:
    """Note who previews what, and show the first page."""
    page = _chooser_or_404(round_code)
    form = ChooseForm(page)
    if page.refusal or not form.validate_on_submit():
        return choose(study, round_code) if page.refusal else _choose(page, form)
    group, language = form.group.data, form.language.data
    note_preview(
        current.study().study_id,
        round_code=round_code,
        group=group,
        language=language,
        by=current.user().actor,
        now=clock.now(),
    )
    return redirect(_address(page, group=group, language=language, path=START), code=303)


@blueprint.get("/<group>/<language>/<path:path>")
@guard.study(*LOOKING_ON)
def show(study: str, round_code: str, group: str, language: str, path: str) -> AnyResponse:
    """A page of a panellist of that group in that language, made by its own view."""
    page = _chooser_or_404(round_code)
    _preview_or_404(page, group=group, language=language)
    endpoint, arguments = _found(path, method="GET")
    if endpoint not in STAGES:
        return _not_shown(page)
    prefix = _address(page, group=group, language=language, path="rate").removesuffix("/rate")
    with reading_only():
        _stand_in(page, group=group, stage=STAGES[endpoint])
        answer: Any = current_app.view_functions[endpoint](**arguments)
    return _within(current_app.make_response(answer), prefix=prefix)


@blueprint.post("/<group>/<language>/<path:path>")
@guard.study(*LOOKING_ON)
def go_on(study: str, round_code: str, group: str, language: str, path: str) -> AnyResponse:
    """Where a button leads. No view of a panellist is called; of what was filled in, only a "no" is read."""
    page = _chooser_or_404(round_code)
    _preview_or_404(page, group=group, language=language)
    endpoint, arguments = _found(path, method="POST")
    pressed = Pressed(
        endpoint=endpoint,
        arguments=arguments,
        next=request.form.get("next", ""),
        agrees=request.form.get("agree") != NO,
    )
    with reading_only():
        standing = _stand_in(page, group=group, stage=Stage.AGREED)
        listed = list_of(standing, standing.open_round) if standing.open_round else ()
    sections = sections_of((outcome.outcome_id, outcome.domain) for outcome in listed)
    path = page_after(pressed, asks_about_oneself=bool(standing.protocol.profile), sections=sections)
    return redirect(_address(page, group=group, language=language, path=path), code=303)


def _chooser_or_404(round_code: str) -> ChooserPage:
    page = chooser_page(current.study().study_id, round_code)
    if page is None:
        abort(404)
    return page


def _choose(page: ChooserPage, form: ChooseForm) -> Response:
    status = 422 if form.errors else 200
    is_adviser = current.study().role is Role.ADVISER
    return pages.render(
        "previewing/choose.html",
        ribbon=page.synthetic,
        status=status,
        page=page,
        form=form,
        may_run=not is_adviser,
    )


def _not_shown(page: ChooserPage) -> Response:
    return pages.render("previewing/not_shown.html", ribbon=page.synthetic, page=page)


def _preview_or_404(page: ChooserPage, *, group: str, language: str) -> None:
    """Refuse what cannot be previewed, also where an address was typed."""
    if page.refusal or page.group_label(group) is None or page.language(language) is None:
        abort(404)


def _stand_in(page: ChooserPage, *, group: str, stage: Stage) -> Standing:
    """From now on the request is a preview: in its language, for a panellist whom there is not."""
    values = request.view_args or {}
    label, language = page.group_label(group), page.language(values["language"])
    if label is None or language is None:
        abort(404)
    chooser = url_for("previewing.choose", study=page.study, round_code=page.round_code)
    show_preview(Preview(round_label=page.round_label, group=label, language=language, chooser=chooser))
    standing = made_up_standing(
        current.study().study_id, round_code=page.round_code, group=group, stage=stage, now=clock.now()
    )
    stand_in(standing)
    return standing


def _found(path: str, *, method: str) -> Found:
    try:
        return current_app.url_map.bind("").match(f"/{path}", method=method)
    except (HTTPException, RequestRedirect):
        abort(404)


def _address(page: ChooserPage, *, group: str, language: str, path: str) -> str:
    return url_for(
        "previewing.show",
        study=page.study,
        round_code=page.round_code,
        group=group,
        language=language,
        path=path,
    )


def _within(response: Response, *, prefix: str) -> Response:
    """The page with its links to panellists' pages led to the preview's."""
    to = response.headers.get("Location")
    if to is not None:
        response.headers["Location"] = prefix + to if to.startswith("/rate") else to
        return response
    response.set_data(OUR_LINK.sub(rf"\g<1>{prefix}\g<2>", response.get_data(as_text=True)))
    return response
