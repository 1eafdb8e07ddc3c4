"""Pages of a longlist: the list, what looks alike, one line, the steps."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from delphi.domain.longlist import (
    STAY,
    Entry,
    Step,
    StepKind,
    exact_duplicates,
    in_the_way,
    may_undo,
    standing_steps,
    touched_by,
)
from delphi.domain.similar import BEGINS_AT, Likeness, likeness, similar_pairs, similarities
from delphi.drafting.longlist.filters import DROPPED, JOINED, LINES_ON_A_PAGE, Filters, filtered
from delphi.drafting.longlist.queries import Longlist, MadeBy

MOST_ALIKE, MOST_PAIRS, MOST_COMPARED = 20, 50, 2_000
PAIRS_FROM = dict(BEGINS_AT)[Likeness.MUCH]
STEPS_ON_A_PAGE = 100
_USUAL = (StepKind.JOIN, StepKind.AREA, StepKind.DROP)
_KINDS = {JOINED: (*_USUAL, StepKind.APART), DROPPED: (StepKind.BACK,)}


@dataclass(frozen=True, kw_only=True)
class ListPage:
    """A page of lines; `number` of them fit the filters. `kinds`: what can be done with ticked ones."""

    longlist: Longlist
    filters: Filters
    lines: tuple[Entry, ...]
    number: int
    first: int
    last_page: int
    duplicates: int
    kinds: tuple[StepKind, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AlikePair:
    """Two lines that look alike."""

    one: Entry
    other: Entry
    likeness: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AlikeLine:
    """A line that looks like another."""

    entry: Entry
    likeness: str


@dataclass(frozen=True, kw_only=True)
class AlikePage:
    """Pairs that look alike; `compared` lines were compared, too many where none were."""

    longlist: Longlist
    filters: Filters
    pairs: tuple[AlikePair, ...]
    left_out: int
    compared: int
    is_too_many: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StepLine:
    """A step in words. `names`: the first few lines that it was about."""

    step: Step
    made: MadeBy
    what: str
    names: tuple[str, ...]
    more: int
    is_undone: bool
    may_undo: bool


@dataclass(frozen=True, kw_only=True)
class EntryPage:
    """One line: what was reported, what looks like it, and the steps that made it."""

    longlist: Longlist
    entry: Entry
    alike: tuple[AlikeLine, ...]
    steps: tuple[StepLine, ...]


@dataclass(frozen=True, kw_only=True)
class StepsPage:
    """The steps, newest first, a hundred a page. `refused`: what stood in the way of taking one back."""

    longlist: Longlist
    lines: tuple[StepLine, ...]
    page: int
    last_page: int
    refused: tuple[StepLine, ...] = field(default=())


def list_page(longlist: Longlist, filters: Filters) -> ListPage:
    """Return the lines that fit, a hundred at a time."""
    fitting = filtered(longlist.entries, filters)
    last_page = max(1, -(-len(fitting) // LINES_ON_A_PAGE))
    start = (min(filters.page, last_page) - 1) * LINES_ON_A_PAGE
    return ListPage(
        longlist=longlist,
        filters=filters,
        lines=fitting[start : start + LINES_ON_A_PAGE],
        number=len(fitting),
        first=start + 1,
        last_page=last_page,
        duplicates=len(exact_duplicates(longlist.entries)),
        kinds=_KINDS.get(filters.show, _USUAL),
    )


def alike_page(longlist: Longlist, filters: Filters) -> AlikePage:
    """Return the pairs of lines that look alike, among those that fit the filters and are left."""
    entries = [entry for entry in filtered(longlist.entries, filters) if entry.dropped is None]
    is_too_many = len(entries) > MOST_COMPARED
    compared = [] if is_too_many else entries
    found = similar_pairs([entry.name for entry in compared], at_least=PAIRS_FROM)
    pairs = tuple(
        AlikePair(
            one=compared[pair.one], other=compared[pair.other], likeness=likeness(pair.similarity) or ""
        )
        for pair in found[:MOST_PAIRS]
    )
    return AlikePage(
        longlist=longlist,
        filters=filters,
        pairs=pairs,
        left_out=len(found) - len(pairs),
        compared=len(entries),
        is_too_many=is_too_many,
    )


def entry_page(longlist: Longlist, entry: Entry) -> EntryPage:
    """Return one line with all that is known of it."""
    rows = frozenset(entry.rows)
    own = [step for step in longlist.steps if touched_by(step, longlist.steps) & rows]
    return EntryPage(
        longlist=longlist,
        entry=entry,
        alike=tuple(_alike(longlist, entry)),
        steps=tuple(reversed(step_lines(longlist, own))),
    )


def _alike(longlist: Longlist, entry: Entry) -> Iterable[AlikeLine]:
    others = [each for each in longlist.entries if each.dropped is None and each.number != entry.number]
    found = similarities([entry.name, *(each.name for each in others)], to=0)[1:]
    best = sorted(range(len(others)), key=lambda at: (-found[at], others[at].number))[:MOST_ALIKE]
    for at in best:
        words = likeness(found[at])
        if words:
            yield AlikeLine(entry=others[at], likeness=words)


def steps_page(longlist: Longlist, *, page: int, refused: int | None = None) -> StepsPage:
    """Return the steps. `refused`: the number of one that could not be taken back."""
    newest_first = longlist.steps[::-1]
    last_page = max(1, -(-len(newest_first) // STEPS_ON_A_PAGE))
    start = (min(max(1, page), last_page) - 1) * STEPS_ON_A_PAGE
    way = in_the_way(longlist.steps, refused) if refused is not None else ()
    return StepsPage(
        longlist=longlist,
        lines=step_lines(longlist, newest_first[start : start + STEPS_ON_A_PAGE]),
        page=min(max(1, page), last_page),
        last_page=last_page,
        refused=step_lines(longlist, way),
    )


def step_lines(longlist: Longlist, steps: Sequence[Step]) -> tuple[StepLine, ...]:
    """Return steps in words."""
    open_ = may_undo(longlist.steps) if not longlist.is_made else frozenset()
    standing = {step.number for step in standing_steps(longlist.steps)}
    names = {each.number: each.name for each in longlist.reported}
    return tuple(
        StepLine(
            step=step,
            made=longlist.made_by[step.number],
            what=_what(step, longlist),
            names=tuple(names[row] for row in sorted(step.rows)[:3])
            if step.kind is not StepKind.LOAD
            else (),
            more=max(0, len(step.rows) - 3) if step.kind is not StepKind.LOAD else 0,
            is_undone=step.number not in standing and step.kind not in STAY,
            may_undo=step.number in open_,
        )
        for step in steps
    )


def _what(step: Step, longlist: Longlist) -> str:
    rows, groups = len(step.rows), len(step.groups)
    reports = f"{rows:,} reported {'outcome' if rows == 1 else 'outcomes'}"
    match step.kind:
        case StepKind.LOAD:
            return f"Sent a table: {reports}"
        case StepKind.JOIN if groups > 1:
            return f"Joined exact duplicates: {reports} into {groups:,} lines"
        case StepKind.JOIN:
            return f"Joined, or named, as “{step.groups[0].name}”"
        case StepKind.AREA:
            return f"Put into the area “{step.area}”" if step.area else "Taken out of its area"
        case StepKind.DROP:
            return f"Dropped: {reports}"
        case StepKind.BACK:
            return f"Put back: {reports}"
        case StepKind.APART:
            return f"Taken apart: {reports}"
        case StepKind.USE:
            return "Used as the outcomes of the draft"
        case StepKind.UNDO:
            undone = longlist.step(step.undoes or 0)
            return (
                f"Took back step {step.undoes}: {_what(undone, longlist)}" if undone else "Took back a step"
            )
