"""What comes out of a longlist: the outcomes of the draft, and the table of what became of each row."""

from collections.abc import Iterator

from delphi.domain.longlist import Entry, StepKind, plain_text, provenance_of, standing_steps
from delphi.drafting.answers import OutcomeRow, Outcomes
from delphi.drafting.longlist.queries import Longlist
from delphi.drafting.names import code_from
from delphi.drafting.outcome_table import ONE_AREA

OTHER_AREA = "Other outcomes"
DERIVATION = (
    "Row",
    "Outcome as reported",
    "Source",
    "Area as reported",
    "Became",
    "Number of sources",
    "Area",
    "Reason",
)


def outcomes_from(longlist: Longlist) -> Outcomes:
    """Return the list as outcomes of a draft; where each comes from is its reason."""
    left = [entry for entry in longlist.entries if entry.dropped is None]
    otherwise = OTHER_AREA if any(entry.area for entry in left) else ONE_AREA
    taken: set[str] = set()
    rows = []
    for entry in left:
        code = code_from(entry.name, taken=taken, otherwise="outcome")
        taken.add(code)
        area = entry.area or otherwise
        rows.append(OutcomeRow(code=code, label=entry.name, domain=area, reason=provenance_of(entry)))
    counts = longlist.counts
    note = f"Made from the longlist of a review: {counts.reported:,} reported, {counts.listed:,} listed."
    return Outcomes(rows=tuple(_by_area(rows)), notes=(note,))


def _by_area(rows: list[OutcomeRow]) -> list[OutcomeRow]:
    """Outcomes of one area stand together, areas in the order in which the list has them."""
    areas = list(dict.fromkeys(row.domain for row in rows))
    return sorted(rows, key=lambda row: areas.index(row.domain))


def names_twice(longlist: Longlist) -> tuple[str, ...]:
    """Names that more than one line has: they must be joined, or get another, before the list is used."""
    seen: set[str] = set()
    twice = {}
    for entry in longlist.entries:
        if entry.dropped is None:
            key = plain_text(entry.name)
            if key in seen:
                twice[key] = entry.name
            seen.add(key)
    return tuple(twice.values())


def without_area(longlist: Longlist) -> int:
    """How many lines that are left have no area."""
    return sum(entry.dropped is None and not entry.area for entry in longlist.entries)


def derivation(longlist: Longlist) -> Iterator[tuple[str, ...]]:
    """Return the table of every reported outcome and what became of it, header first."""
    yield DERIVATION
    reasons = _reasons(longlist)
    became = {row: entry for entry in longlist.entries for row in entry.rows}
    for each in longlist.reported:
        entry = became.get(each.number)
        start = (str(each.number), each.name, "; ".join(each.sources), each.area)
        if entry is None:
            yield (*start, "table taken back", "", "", "")
        else:
            yield (*start, *_end(entry, reasons.get(each.number, ())))


def _end(entry: Entry, reasons: tuple[str, ...]) -> tuple[str, ...]:
    became = "dropped" if entry.dropped is not None else entry.name
    return became, str(len(entry.sources)), entry.area, " / ".join(reasons)


def _reasons(longlist: Longlist) -> dict[int, tuple[str, ...]]:
    """Why, row by row: the reasons of all steps that stand, in their order."""
    found: dict[int, tuple[str, ...]] = {}
    for step in standing_steps(longlist.steps):
        automatic = "exact duplicates" if step.kind is StepKind.JOIN and len(step.groups) > 1 else ""
        reason = step.reason or automatic
        for row in step.rows if reason else ():
            found[row] = (*found.get(row, ()), reason)
    return found
