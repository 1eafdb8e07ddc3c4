"""Pages of a longlist: a table is sent, lines are joined, put into areas and dropped, the rest is used."""

from flask import Blueprint, Response, abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from delphi.access import current, guard
from delphi.dataset.sheet import SheetFault, SheetRefused
from delphi.dataset.sheet_file import sheet_of_file
from delphi.domain.longlist import Step, StepKind, exact_duplicates, joined, newer_on
from delphi.drafting.actions import SavedMeanwhile
from delphi.drafting.longlist.actions import (
    ChangedMeanwhile,
    StudyMade,
    Wanted,
    Who,
    load_table,
    take_back,
    take_step,
    use_list,
)
from delphi.drafting.longlist.asking import (
    ASKED,
    AskPage,
    cannot,
    faults_in,
    offered_for,
    typed_in,
    wanted_by,
)
from delphi.drafting.longlist.filters import filters_in, number_in
from delphi.drafting.longlist.pages import alike_page, entry_page, list_page, step_lines, steps_page
from delphi.drafting.longlist.queries import Longlist, longlist_of
from delphi.drafting.longlist.table import reported_in
from delphi.drafting.longlist.template import as_csv, template_csv, template_xlsx
from delphi.drafting.longlist.using import derivation, names_twice, outcomes_from, without_area
from delphi.drafting.queries import HeldDraft, held_draft
from delphi.models import Part
from delphi.web import clock, pages

blueprint = Blueprint("longlist", __name__, url_prefix="/drafts")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
MOST_GROUPS_SHOWN = 100
MADE = "A study was made of this draft. Its longlist stays as it was then."


@blueprint.get("/longlist-template.xlsx")
@guard.staff
def template() -> Response:
    """The table of reported outcomes to fill in, as a workbook."""
    return _file(template_xlsx(), name="longlist.xlsx", kind=XLSX)


@blueprint.get("/longlist-template.csv")
@guard.staff
def template_as_csv() -> Response:
    """The same as text."""
    return _file(template_csv(), name="longlist.csv", kind=CSV)


@blueprint.get("/<int:draft>/longlist")
@guard.staff
def lines(draft: int) -> AnyResponse:
    """The list, a hundred lines a page; the page for the table where there is none yet."""
    longlist = _longlist_or_404(draft)
    if not longlist.entries:
        return redirect(url_for("longlist.table", draft=draft), code=303)
    page = list_page(longlist, filters_in(request.args))
    return pages.render("drafting/longlist/list.html", page=page, longlist=longlist)


@blueprint.get("/<int:draft>/longlist/table")
@guard.staff
def table(draft: int) -> Response:
    """Where a table is sent."""
    return _table_page(_longlist_or_404(draft))


@blueprint.post("/<int:draft>/longlist/table")
@guard.staff
def send_table(draft: int) -> AnyResponse:
    """Take a table of reported outcomes, whole or not at all."""
    longlist, file = _longlist_or_404(draft), request.files.get("file")
    try:
        data = file.read() if file and file.filename else b""
        sent = reported_in(sheet_of_file(data, name=(file.filename or "") if file else ""))
        load_table(draft, sent.rows, by=_who())
    except SheetRefused as error:
        return _table_page(longlist, faults=error.faults, status=422)
    except StudyMade:
        return _back(draft, MADE)
    words = [f"{len(sent.rows):,} reported outcomes are in the longlist now.", *sent.notes]
    return _back(draft, " ".join(words))


@blueprint.get("/<int:draft>/longlist/step")
@guard.staff
def ask(draft: int) -> AnyResponse:
    """Asks before a step on ticked lines."""
    page = _ask_page(_longlist_or_404(draft))
    why_not = cannot(page.kind, page.entries)
    if why_not:
        return _back(draft, why_not, **page.filters.as_query)
    newer = newer_on(page.longlist.steps, _rows_of(page), seen=page.seen)
    return _changed(draft, newer) if newer else _asking(page)


@blueprint.post("/<int:draft>/longlist/step")
@guard.staff
def step(draft: int) -> AnyResponse:
    """Take a step on ticked lines."""
    page = _ask_page(_longlist_or_404(draft))
    if page.faults or cannot(page.kind, page.entries):
        return _asking(page, status=422)
    wanted = wanted_by(page.kind, page.typed, page.entries, page.offered)
    try:
        number = take_step(draft, wanted, seen=page.seen, by=_who())
    except ChangedMeanwhile as error:
        return _changed(draft, error.newer)
    except StudyMade:
        return _back(draft, MADE)
    return _back(draft, f"Done: step {number}. It can be taken back under “Steps”.", **page.filters.as_query)


@blueprint.get("/<int:draft>/longlist/duplicates")
@guard.staff
def duplicates(draft: int) -> Response:
    """Groups of lines that have the same text."""
    longlist = _longlist_or_404(draft)
    found = exact_duplicates(longlist.entries)
    shown = tuple((joined(group).name, group) for group in found[:MOST_GROUPS_SHOWN])
    lines = sum(len(group) for group in found)
    return pages.render(
        "drafting/longlist/duplicates.html", longlist=longlist, shown=shown, number=len(found), lines=lines
    )


@blueprint.post("/<int:draft>/longlist/duplicates")
@guard.staff
def join_duplicates(draft: int) -> AnyResponse:
    """Join all groups of exact duplicates that the page had found, in one step."""
    longlist, seen = _longlist_or_404(draft), _seen()
    groups = tuple(map(joined, exact_duplicates(longlist.as_seen(seen).values())))
    if not groups:
        return _back(draft, "There are no exact duplicates left.")
    try:
        number = take_step(draft, Wanted(kind=StepKind.JOIN, groups=groups), seen=seen, by=_who())
    except ChangedMeanwhile as error:
        return _changed(draft, error.newer)
    except StudyMade:
        return _back(draft, MADE)
    return _back(draft, f"Joined {len(groups):,} groups of exact duplicates: step {number}.")


@blueprint.get("/<int:draft>/longlist/alike")
@guard.staff
def alike(draft: int) -> Response:
    """Pairs of lines that look alike: suggestions."""
    longlist = _longlist_or_404(draft)
    page = alike_page(longlist, filters_in(request.args))
    return pages.render("drafting/longlist/alike.html", page=page, longlist=longlist)


@blueprint.get("/<int:draft>/longlist/lines/<int:number>")
@guard.staff
def line(draft: int, number: int) -> Response:
    """One line: what was reported, what looks like it, what was done."""
    longlist = _longlist_or_404(draft)
    entry = next((entry for entry in longlist.entries if number in entry.rows), None)
    if entry is None:
        abort(404)
    page = entry_page(longlist, entry)
    return pages.render("drafting/longlist/line.html", page=page, longlist=longlist)


@blueprint.get("/<int:draft>/longlist/steps")
@guard.staff
def steps(draft: int) -> Response:
    """All steps: who, when, why."""
    page = steps_page(_longlist_or_404(draft), page=number_in(request.args.get("page", "")))
    return pages.render("drafting/longlist/steps.html", page=page, longlist=page.longlist)


@blueprint.post("/<int:draft>/longlist/steps")
@guard.staff
def undo(draft: int) -> AnyResponse:
    """Take a step back."""
    _longlist_or_404(draft)
    number = number_in(request.form.get("number", ""))
    try:
        take_back(draft, number, by=_who())
    except LookupError:
        abort(404)
    except ChangedMeanwhile:
        page = steps_page(_longlist_or_404(draft), page=1, refused=number)
        return pages.render(
            "drafting/longlist/steps.html", status=409, page=page, longlist=page.longlist, number=number
        )
    except StudyMade:
        return _back(draft, MADE)
    flash(f"Step {number} is taken back.")
    return redirect(url_for("longlist.steps", draft=draft), code=303)


@blueprint.get("/<int:draft>/longlist/use")
@guard.staff
def use(draft: int) -> Response:
    """Asks before the list becomes the draft's outcomes."""
    return _use_page(*_held_with_longlist(draft))


@blueprint.post("/<int:draft>/longlist/use")
@guard.staff
def use_now(draft: int) -> AnyResponse:
    """Make the list the draft's outcomes."""
    held, longlist = _held_with_longlist(draft)
    if names_twice(longlist) or not longlist.counts.listed:
        return _use_page(held, longlist, status=422)
    seen_part = number_in(request.form.get("seen_part", ""))
    try:
        use_list(draft, outcomes_from(longlist), seen=_seen(), seen_part=seen_part, by=_who())
    except ChangedMeanwhile as error:
        return _changed(draft, error.newer)
    except SavedMeanwhile:
        return _use_page(*_held_with_longlist(draft), status=409, saved_meanwhile=True)
    except StudyMade:
        return _back(draft, MADE)
    flash(f"{longlist.counts.listed:,} outcomes are in the draft now.")
    return redirect(url_for("drafting.part", draft=draft, part=Part.OUTCOMES.value), code=303)


@blueprint.get("/<int:draft>/longlist.csv")
@guard.staff
def derived(draft: int) -> Response:
    """What became of every reported outcome, as a table."""
    return _file(as_csv(derivation(_longlist_or_404(draft))), name="longlist-derivation.csv", kind=CSV)


def _held_with_longlist(draft: int) -> tuple[HeldDraft, Longlist]:
    try:
        held = held_draft(draft, owner_id=current.user().user_id)
    except LookupError:
        abort(404)
    return held, longlist_of(held)


def _longlist_or_404(draft: int) -> Longlist:
    return _held_with_longlist(draft)[1]


def _who() -> Who:
    user = current.user()
    return Who(user_id=user.user_id, actor=user.actor, now=clock.now())


def _seen() -> int:
    return number_in(request.values.get("seen", ""))


def _table_page(longlist: Longlist, *, faults: tuple[SheetFault, ...] = (), status: int = 200) -> Response:
    return pages.render("drafting/longlist/table.html", status=status, longlist=longlist, faults=faults)


def _ask_page(longlist: Longlist) -> AskPage:
    """The step that an address or a form is about, for the lines as its page had shown them."""
    try:
        kind = StepKind(request.values.get("do", ""))
    except ValueError:
        abort(400)
    if kind not in ASKED:
        abort(400)
    seen, typed = _seen(), typed_in(request.form)
    shown = longlist.as_seen(seen)
    numbers = sorted(set(map(number_in, request.values.getlist("row"))))
    entries = tuple(shown[number] for number in numbers if number in shown)
    offered = offered_for(kind, entries, longlist) if entries else ()
    return AskPage(
        longlist=longlist,
        kind=kind,
        entries=entries,
        offered=offered,
        seen=seen,
        filters=filters_in(request.values),
        typed=typed,
        faults=faults_in(kind, typed, offered) if request.method == "POST" else {},
    )


def _rows_of(page: AskPage) -> set[int]:
    return {row for entry in page.entries for row in entry.rows}


def _asking(page: AskPage, *, status: int = 200) -> Response:
    return pages.render("drafting/longlist/ask.html", status=status, page=page, longlist=page.longlist)


def _changed(draft: int, newer: tuple[Step, ...]) -> Response:
    longlist = _longlist_or_404(draft)
    return pages.render(
        "drafting/longlist/changed.html", status=409, longlist=longlist, lines=step_lines(longlist, newer)
    )


def _use_page(
    held: HeldDraft, longlist: Longlist, *, status: int = 200, saved_meanwhile: bool = False
) -> Response:
    return pages.render(
        "drafting/longlist/use.html",
        status=status,
        longlist=longlist,
        twice=names_twice(longlist),
        without_area=without_area(longlist),
        held=len(held.answers.outcomes.rows),
        seen_part=held.numbers[Part.OUTCOMES],
        saved_meanwhile=saved_meanwhile,
        examples=outcomes_from(longlist).rows[:5],
    )


def _back(draft: int, words: str, **query: str | int) -> AnyResponse:
    flash(words)
    return redirect(url_for("longlist.lines", draft=draft, **query), code=303)  # type: ignore[arg-type]  # names of filters


def _file(data: bytes, *, name: str, kind: str) -> Response:
    return Response(
        data, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
