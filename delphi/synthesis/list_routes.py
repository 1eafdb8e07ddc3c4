"""Pages about a round's whole list: accept the rule, say something to it, sign it, make the next one."""

from flask import Blueprint, Response, flash, redirect, url_for
from werkzeug.wrappers import Response as AnyResponse

from delphi.access import current, guard
from delphi.models import Role
from delphi.synthesis.actions import NotNow, accept_rule
from delphi.synthesis.forms import MakeForm, RemarkForm, RuleForm, SignForm
from delphi.synthesis.making import StillUndecided, make_list
from delphi.synthesis.pages import ListPage
from delphi.synthesis.queries import list_page
from delphi.synthesis.routes import RUNNING, ground_or_404, may_run, to_list, who
from delphi.synthesis.signing import AnotherList, say, sign
from delphi.web import pages

blueprint = Blueprint("decided_list", __name__)
SAYS = (Role.OWNER, Role.FACILITATOR, Role.ADVISER)
CHANGED = "The list was changed while you read it. Look at it again."


@blueprint.route("/studies/<study>/rounds/<round_code>/decisions/rule", methods=["GET", "POST"])
@guard.study(*RUNNING)
def rule(study: str, round_code: str) -> AnyResponse:
    """Accept the rule for everything that is undecided."""
    ground = ground_or_404(round_code)
    page = list_page(ground, show="undecided", reads_comments=False)
    refused = _not_now(page, study, round_code)
    if refused is not None:
        return refused
    form = RuleForm()
    if not form.validate_on_submit():
        return _render("rule", page, status=422 if form.errors else 200, form=form)
    try:
        number = accept_rule(
            current.study().study_id,
            round_code,
            figures=ground.figures(),
            reason=form.why,
            told=form.for_panellists,
            by=who(),
        )
    except NotNow:
        flash("Nothing was saved: the list has been made meanwhile.", "refused")
    else:
        flash(f"The rule is accepted for {number} outcome{'' if number == 1 else 's'}.")
    return to_list(study, round_code)


@blueprint.post("/studies/<study>/rounds/<round_code>/decisions/remarks")
@guard.study(*SAYS)
def remark(study: str, round_code: str) -> AnyResponse:
    """Say something to the list."""
    return _say(study, round_code, None)


@blueprint.post("/studies/<study>/rounds/<round_code>/decisions/outcomes/<outcome>/remarks")
@guard.study(*SAYS)
def remark_on(study: str, round_code: str, outcome: str) -> AnyResponse:
    """Say something to one outcome of the list."""
    ground = ground_or_404(round_code)
    if outcome not in ground.listed:
        return to_list(study, round_code)
    return _say(study, round_code, outcome)


@blueprint.route("/studies/<study>/rounds/<round_code>/decisions/sign", methods=["GET", "POST"])
@guard.study(Role.ADVISER)
def sign_list(study: str, round_code: str) -> AnyResponse:
    """Sign the list as it is now."""
    page = list_page(ground_or_404(round_code), show="", reads_comments=False)
    refused = _not_now(page, study, round_code)
    if refused is not None:
        return refused
    form = SignForm()
    if not form.validate_on_submit():
        form.sha256.data = page.sha256
        return _render("sign", page, form=form)
    try:
        sign(
            current.study().study_id,
            round_code,
            study=page.head.study_title,
            round_label=page.head.round_label,
            sha256=form.sha256.data or "",
            by=who(),
        )
    except AnotherList:
        flash(f"Not signed. {CHANGED}", "refused")
        return redirect(url_for("decided_list.sign_list", study=study, round_code=round_code), code=303)
    except NotNow:
        flash("Not signed: the next list has been made meanwhile.", "refused")
    else:
        flash("You have signed the list. If it is changed, your name stays under the list that you signed.")
    return to_list(study, round_code)


@blueprint.route("/studies/<study>/rounds/<round_code>/decisions/make", methods=["GET", "POST"])
@guard.study(*RUNNING)
def make(study: str, round_code: str) -> AnyResponse:
    """Make the next list of the decisions."""
    ground = ground_or_404(round_code)
    page = list_page(ground, show="undecided", reads_comments=False)
    refused = _not_now(page, study, round_code)
    if refused is not None:
        return refused
    form = MakeForm()
    if not form.validate_on_submit():
        form.sha256.data = page.sha256
        return _render("make", page, form=form)
    try:
        made = make_list(
            current.study().study_id,
            round_code,
            protocol=ground.protocol,
            figures=ground.figures(),
            sha256=form.sha256.data or "",
            by=who(),
        )
    except (AnotherList, StillUndecided, NotNow) as reason:
        flash(f"Nothing was made. {_REFUSED[type(reason)]}", "refused")
    else:
        new = f"{made.new} outcome{' is' if made.new == 1 else 's are'} new"
        flash(
            f"The next list is made of {made.steps} decisions; {new}. The next round can be opened with it."
        )
    return to_list(study, round_code)


_REFUSED = {
    AnotherList: CHANGED,
    StillUndecided: "Some outcomes are still undecided.",
    NotNow: "The list has been made already.",
}


def _say(study: str, round_code: str, code: str | None) -> AnyResponse:
    form = RemarkForm()
    if not form.validate_on_submit():
        words = "; ".join(str(error) for errors in form.errors.values() for error in errors)
        flash(f"Not saved. {words}", "refused")
    else:
        try:
            say(current.study().study_id, round_code, code=code, text=form.text.data or "", by=who())
        except NotNow:
            flash("Not saved: nothing can be said to this list any more.", "refused")
        else:
            flash("Your remark is saved.")
    if code is None:
        return to_list(study, round_code)
    return redirect(url_for("synthesis.outcome", study=study, round_code=round_code, outcome=code), code=303)


def _not_now(page: ListPage, study: str, round_code: str) -> AnyResponse | None:
    if page.head.may_decide:
        return None
    flash(page.head.closed_words, "refused")
    return to_list(study, round_code)


def _render(template: str, page: ListPage, *, status: int = 200, **more: object) -> Response:
    return pages.render(
        f"synthesis/{template}.html",
        ribbon=page.head.synthetic,
        status=status,
        page=page,
        may_run=may_run(),
        **more,
    )
