"""Pages on which a team decides what becomes of a round's outcomes."""

from flask import Blueprint, Response, abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from delphi.access import current, guard
from delphi.domain.deciding import Decided, DecisionKind
from delphi.models import Role
from delphi.synthesis.actions import NotNow, SomebodyElse, Wanted, Who, decide, undo
from delphi.synthesis.comments import comments_on_the_round
from delphi.synthesis.forms import FORM_OF, AddForm, MergeForm, ReasonForm, RemarkForm, WordingForm
from delphi.synthesis.pages import DecisionLine, OutcomePage
from delphi.synthesis.queries import Ground, clash_lines, ground_of, list_page, outcome_page
from delphi.synthesis.words import headline, state_words
from delphi.web import clock, pages

blueprint = Blueprint("synthesis", __name__)
RUNNING = (Role.OWNER, Role.FACILITATOR)
ACTIONS = tuple(FORM_OF)


@blueprint.get("/studies/<study>/rounds/<round_code>/decisions")
@guard.study(*Role)
def decisions(study: str, round_code: str) -> Response:
    """Every outcome of the round with its figures and its decision so far."""
    page = list_page(ground_or_404(round_code), show=request.args.get("show", ""), reads_comments=may_run())
    return pages.render(
        "synthesis/list.html",
        ribbon=page.head.synthetic,
        page=page,
        may_run=may_run(),
        may_sign=current.study().role is Role.ADVISER,
        remark=RemarkForm(),
    )


@blueprint.get("/studies/<study>/rounds/<round_code>/decisions/list.txt")
@guard.study(*Role)
def list_file(study: str, round_code: str) -> Response:
    """The list as it is signed, byte for byte what is hashed."""
    return Response(ground_or_404(round_code).text, mimetype="text/plain")


@blueprint.get("/studies/<study>/rounds/<round_code>/decisions/outcomes/<outcome>")
@guard.study(*Role)
def outcome(study: str, round_code: str, outcome: str) -> Response:
    """One outcome: its figures and comments, what was decided, and what can be."""
    page = _outcome_or_404(ground_or_404(round_code), outcome)
    return pages.render(
        "synthesis/outcome.html",
        ribbon=page.head.synthetic,
        page=page,
        may_run=may_run(),
        may_say=current.study().role is not Role.ANALYST,
        actions=ACTIONS,
        remark=RemarkForm(),
    )


@blueprint.route(
    "/studies/<study>/rounds/<round_code>/decisions/outcomes/<outcome>/<action>", methods=["GET", "POST"]
)
@guard.study(*RUNNING)
def decide_on(study: str, round_code: str, outcome: str, action: str) -> AnyResponse:
    """Keep, drop, reword, merge or split an outcome."""
    ground = ground_or_404(round_code)
    page = _outcome_or_404(ground, outcome, action)
    if action not in ACTIONS:
        abort(404)
    if not ground.round.may_decide:
        return _refused(study, round_code, state_words(ground.round))
    kind, text = DecisionKind(action), ground.listed[outcome].text
    form = _form(kind, page)
    if not form.validate_on_submit():
        if not form.is_submitted():
            form.seen.data = str(page.seen)
            if isinstance(form, WordingForm):
                form.begin_with(text)
        return _decide_page(page, kind, form)
    others = form.merged if isinstance(form, MergeForm) else ()
    wanted = Wanted(
        kind=kind,
        sources=(outcome, *others),
        results=form.wordings(domain=text.domain),
        reason=form.why,
        told=form.for_panellists,
        cited=form.cites,
    )
    try:
        decide(current.study().study_id, round_code, wanted=wanted, seen=form.has_seen, by=who())
    except SomebodyElse as other:
        return _clash(round_code, outcome, kind, form, newer=other.newer)
    except NotNow:
        return _refused(study, round_code, "Nothing was saved: the list has been made meanwhile.")
    flash("Saved. It can be taken back until the next list is made.")
    address = url_for("synthesis.outcome", study=study, round_code=round_code, outcome=outcome)
    return redirect(address, code=303)


@blueprint.route("/studies/<study>/rounds/<round_code>/decisions/add", methods=["GET", "POST"])
@guard.study(*RUNNING)
def add(study: str, round_code: str) -> AnyResponse:
    """Add an outcome that was in no list."""
    ground = ground_or_404(round_code)
    if not ground.round.may_decide:
        return _refused(study, round_code, state_words(ground.round))
    form = AddForm()
    form.offer_comments(comments_on_the_round(ground.round.round_id))
    if not form.validate_on_submit():
        domains = dict.fromkeys(listed.text.domain for listed in ground.listed.values())
        status = 422 if form.errors else 200
        return pages.render(
            "synthesis/add.html",
            ribbon=ground.head.synthetic,
            status=status,
            head=ground.head,
            form=form,
            domains=tuple(domains),
        )
    wanted = Wanted(
        kind=DecisionKind.ADD,
        sources=(),
        results=form.wordings(domain=""),
        reason=form.why,
        told=form.for_panellists,
        cited=form.cites,
    )
    try:
        decide(current.study().study_id, round_code, wanted=wanted, seen=0, by=who())
    except NotNow:
        return _refused(study, round_code, "Nothing was saved: the list has been made meanwhile.")
    flash("Saved. It can be taken back until the next list is made.")
    return to_list(study, round_code)


@blueprint.post("/studies/<study>/rounds/<round_code>/decisions/<int:number>/undo")
@guard.study(*RUNNING)
def take_back(study: str, round_code: str, number: int) -> AnyResponse:
    """Take a decision back."""
    ground = ground_or_404(round_code)
    try:
        undone = undo(current.study().study_id, round_code, number=number, by=who())
    except SomebodyElse:
        return _refused(
            study, round_code, "Nothing was changed: that decision no longer stands. See the list of today."
        )
    except NotNow:
        return _refused(study, round_code, state_words(ground.round) or "The list has been made meanwhile.")
    flash(f"Taken back. {headline(undone, ground.listed)}. It stays in the history.")
    if not undone.sources:
        return to_list(study, round_code)
    address = url_for("synthesis.outcome", study=study, round_code=round_code, outcome=undone.sources[0])
    return redirect(address, code=303)


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


def may_run() -> bool:
    """Whether the signed-in user decides; those who do read the comments too."""
    return current.study().role in RUNNING


def to_list(study: str, round_code: str) -> AnyResponse:
    """Go back to the list."""
    return redirect(url_for("synthesis.decisions", study=study, round_code=round_code), code=303)


def _refused(study: str, round_code: str, words: str) -> AnyResponse:
    flash(words, "refused")
    return to_list(study, round_code)


def _outcome_or_404(ground: Ground, code: str, kind: str = "") -> OutcomePage:
    if code not in ground.listed:
        abort(404)
    return outcome_page(ground, code, reads_comments=may_run(), to_merge=kind == DecisionKind.MERGE)


def _form(kind: DecisionKind, page: OutcomePage) -> ReasonForm:
    form = FORM_OF[kind]()
    form.offer_comments(page.row.comments)
    if isinstance(form, MergeForm):
        form.offer_others(page.others)
    return form


def _clash(
    round_code: str, code: str, kind: DecisionKind, form: ReasonForm, *, newer: tuple[Decided, ...]
) -> AnyResponse:
    """Show what somebody else decided beside what was typed; saving again is then done knowingly."""
    ground = ground_or_404(round_code)
    page = _outcome_or_404(ground, code, kind)
    form.seen.data = str(page.seen)
    return _decide_page(page, kind, form, clash=clash_lines(ground, newer), status=409)


def _decide_page(
    page: OutcomePage,
    kind: DecisionKind,
    form: ReasonForm,
    *,
    status: int = 200,
    clash: tuple[DecisionLine, ...] = (),
) -> AnyResponse:
    return pages.render(
        "synthesis/decide.html",
        ribbon=page.head.synthetic,
        status=422 if form.errors else status,
        page=page,
        kind=kind.value,
        form=form,
        clash=clash,
    )
