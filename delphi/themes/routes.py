"""Pages on which a team reads a round's comments, codes them with themes, and marks what tells too much."""

from urllib.parse import urlencode

from flask import Blueprint, Response, abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from delphi.access import current, guard
from delphi.models import Role
from delphi.themes.actions import Coded, Codes, MarkedMeanwhile, code, mark
from delphi.themes.codes_file import codes_csv
from delphi.themes.filters import SHOWN, WHOLE_ROUND, read_filters
from delphi.themes.forms import LARGEST_NUMBER, ChosenForm, MarkForm, ThemesForm, read_number
from delphi.themes.ground import Ground, ground_of
from delphi.themes.pages import CommentPage, Mark
from delphi.themes.queries import A_PAGE, all_lines, comment_page, comments_page
from delphi.themes.writing import Who
from delphi.web import clock, pages

blueprint = Blueprint("comments", __name__)
RUNNING = (Role.OWNER, Role.FACILITATOR)


@blueprint.route("/studies/<study>/rounds/<round_code>/comments", methods=["GET", "POST"])
@guard.study(*RUNNING)
def comments(study: str, round_code: str) -> AnyResponse:
    """What people wrote, fifty on a page; a theme for all that are ticked."""
    ground = ground_or_404(round_code)
    if not ground.is_closed:
        return not_yet(ground)
    filters, number = read_filters(request.args, ground), read_number(request.args.get("page"))
    form = ChosenForm()
    form.offer_themes(ground.themes)
    if form.validate_on_submit():
        codes = Codes(
            comments=sorted(form.comments)[:A_PAGE],
            add={form.theme.data} - {0},
            new_theme=form.new_theme.data or "",
        )
        flash(_told(code(ground, codes, by=who())))
        where = filters.query | ({"page": str(number)} if number else {})
        return redirect(f"{_all_comments(ground)}{f'?{urlencode(where)}' if where else ''}", code=303)
    return pages.render(
        "themes/comments.html",
        ribbon=ground.synthetic,
        status=422 if form.errors else 200,
        page=comments_page(ground, filters, number=number),
        form=form,
        shown=SHOWN,
        whole_round=WHOLE_ROUND,
    )


@blueprint.get("/studies/<study>/rounds/<round_code>/comments/codes.csv")
@guard.study(*RUNNING)
def codes_file(study: str, round_code: str) -> AnyResponse:
    """The comments that fit the filters, with their themes."""
    ground = ground_or_404(round_code)
    if not ground.is_closed:
        return not_yet(ground)
    text = codes_csv(all_lines(ground, read_filters(request.args, ground)))
    name = f"{study}-{round_code}-comments.csv"
    return Response(
        text, mimetype="text/csv", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


@blueprint.get("/studies/<study>/rounds/<round_code>/comments/<int:comment>")
@guard.study(*RUNNING)
def comment(study: str, round_code: str, comment: int) -> AnyResponse:
    """One comment: its themes, and whether it tells who somebody is."""
    ground = ground_or_404(round_code)
    page = _page(ground, comment)
    return _comment_page(page, MarkForm(formdata=None)) if page else _gone(ground)


@blueprint.post("/studies/<study>/rounds/<round_code>/comments/<int:comment>/themes")
@guard.study(*RUNNING)
def choose_themes(study: str, round_code: str, comment: int) -> AnyResponse:
    """Add and take away themes of one comment."""
    ground = ground_or_404(round_code)
    page = _page(ground, comment)
    if page is None:
        return _gone(ground)
    form = ThemesForm()
    form.offer_themes(ground.themes)
    if not form.validate_on_submit():
        return _comment_page(page, MarkForm(formdata=None), themes=form)
    codes = Codes(
        comments=[comment],
        add=form.ticked - form.seen,
        remove=form.seen - form.ticked,
        keep=form.ticked,
        new_theme=form.new_theme.data or "",
    )
    flash(_told(code(ground, codes, by=who())))
    following = page.next_id if form.save_and_next.data else comment
    if following is None:
        return redirect(_all_comments(ground), code=303)
    return _to_comment(ground, following)


@blueprint.post("/studies/<study>/rounds/<round_code>/comments/<int:comment>/mark")
@guard.study(*RUNNING)
def mark_comment(study: str, round_code: str, comment: int) -> AnyResponse:
    """Say whether a comment tells who somebody is."""
    ground = ground_or_404(round_code)
    page = _page(ground, comment)
    if page is None:
        return _gone(ground)
    form = MarkForm()
    if not form.validate_on_submit() or form.refuse_original(page.original):
        return _comment_page(page, form)
    try:
        changed = mark(
            ground,
            comment,
            identifying=form.identifying,
            wording=form.in_its_place,
            seen=read_number(form.seen.data),
            by=who(),
        )
    except MarkedMeanwhile as other:
        form.seen.data = str(other.mark.number)
        return _comment_page(_page(ground, comment) or page, form, clash=other.mark)
    flash("Saved." if changed else "Nothing was changed.")
    return _to_comment(ground, comment)


def ground_or_404(round_code: str) -> Ground:
    """Return the round that the address names."""
    ground = ground_of(current.study().study_id, round_code)
    if ground is None:
        abort(404)
    return ground


def who() -> Who:
    """Return who acts, and when."""
    user = current.user()
    return Who(user_id=user.user_id, actor=user.actor, now=clock.now())


def not_yet(ground: Ground) -> AnyResponse:
    """Send back whoever asks before the round has closed: comments still come in."""
    flash("Comments are coded when the round has closed.", "refused")
    return redirect(url_for("setup.round_", study=ground.study, round_code=ground.round_code), code=303)


def _page(ground: Ground, comment: int) -> CommentPage | None:
    is_possible = ground.is_closed and comment <= LARGEST_NUMBER
    return comment_page(ground, comment) if is_possible else None


def _gone(ground: Ground) -> AnyResponse:
    if not ground.is_closed:
        return not_yet(ground)
    flash("That comment is not here. Its author may have taken it out of the study.", "refused")
    return redirect(_all_comments(ground), code=303)


def _all_comments(ground: Ground) -> str:
    return url_for("comments.comments", study=ground.study, round_code=ground.round_code)


def _to_comment(ground: Ground, comment: int) -> AnyResponse:
    address = url_for("comments.comment", study=ground.study, round_code=ground.round_code, comment=comment)
    return redirect(address, code=303)


def _told(coded: Coded) -> str:
    if not (coded.added or coded.removed):
        return "Nothing was changed."
    parts = (
        f"{coded.added} added" if coded.added else "",
        f"{coded.removed} taken away" if coded.removed else "",
    )
    return f"Saved. Themes of comments: {', '.join(filter(None, parts))}."


def _comment_page(
    page: CommentPage, form: MarkForm, *, themes: ThemesForm | None = None, clash: Mark | None = None
) -> AnyResponse:
    if not form.is_submitted() or themes is not None:
        form.begin_with(page)
    if themes is None:
        themes = ThemesForm(formdata=None)
        themes.offer_themes(page.ground.themes)
        themes.begin_with(page)
    errors = {**themes.errors, **form.errors}
    return pages.render(
        "themes/comment.html",
        ribbon=page.ground.synthetic,
        status=409 if clash else 422 if errors else 200,
        page=page,
        form=form,
        themes=themes,
        clash=clash,
    )
