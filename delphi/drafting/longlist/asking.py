"""The page that asks before a step on ticked lines: what it shows, what it sends, what is wrong with that."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from delphi.domain.longlist import Entry, Group, StepKind, joined
from delphi.drafting.longlist.actions import Wanted
from delphi.drafting.longlist.filters import Filters
from delphi.drafting.longlist.queries import Longlist
from delphi.drafting.longlist.table import LONGEST

ASKED = (StepKind.JOIN, StepKind.AREA, StepKind.DROP, StepKind.BACK, StepKind.APART)
OTHER, NONE = "other", "none"
OFFERED = "="  # before a name or area that was offered: places in a list may change between two pages
LONGEST_REASON = 2_000
MOST_TICKED = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What was typed. `choice`: "=" with a name or area that was offered, `OTHER` or `NONE`."""

    choice: str = ""
    other: str = ""
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class AskPage:
    """A step before it is taken. `offered`: names or areas to choose from; `faults`: words by field."""

    longlist: Longlist
    kind: StepKind
    entries: tuple[Entry, ...]
    offered: tuple[str, ...]
    seen: int
    filters: Filters
    typed: Typed
    faults: dict[str, str]

    @property
    def together(self) -> Entry | None:
        """What the lines have together, for the count of their sources; None of a single line."""
        if len(self.entries) < 2:
            return None
        reported = sorted((each for entry in self.entries for each in entry.reported), key=lambda r: r.number)
        return Entry(reported=tuple(reported), name="", area="")


def typed_in(form: Mapping[str, str]) -> Typed:
    """What a form sends."""
    other = " ".join(form.get("other", "").replace("\0", "").split())
    return Typed(
        choice=form.get("choice", "") or (OTHER if other else ""),
        other=other,
        reason=form.get("reason", "").replace("\r\n", "\n").replace("\0", "").strip(),
    )


def offered_for(kind: StepKind, entries: Sequence[Entry], longlist: Longlist) -> tuple[str, ...]:
    """The names of ticked lines, the one most reported first; or the areas that the list uses."""
    if kind is StepKind.AREA:
        return longlist.areas
    if kind is not StepKind.JOIN:
        return ()
    return tuple(dict.fromkeys((joined(entries).name, *(entry.name for entry in entries))))


def cannot(kind: StepKind, entries: Sequence[Entry]) -> str:
    """Why the step makes no sense for these lines, "" where it does."""
    if not entries:
        return "Tick at least one line first."
    if len(entries) > MOST_TICKED:
        return f"Tick at most {MOST_TICKED} lines at once."
    for entry in entries:
        if kind is StepKind.BACK and entry.dropped is None:
            return f"“{entry.name}” is not dropped."
        if kind is not StepKind.BACK and entry.dropped is not None:
            return f"“{entry.name}” is dropped. Put it back first."
        if kind is StepKind.APART and not entry.is_joined:
            return f"“{entry.name}” is not joined of several."
    return ""


def faults_in(kind: StepKind, typed: Typed, offered: Sequence[str]) -> dict[str, str]:
    """What is wrong with what was typed, by field."""
    faults: dict[str, str] = {}
    if kind in (StepKind.JOIN, StepKind.AREA):
        faults |= _faults_of_choice(kind, typed, offered)
    if kind is StepKind.DROP and not typed.reason:
        faults["reason"] = "Write why."
    if len(typed.reason) > LONGEST_REASON:
        faults["reason"] = f"Write at most {LONGEST_REASON:,} characters."
    return faults


def _faults_of_choice(kind: StepKind, typed: Typed, offered: Sequence[str]) -> dict[str, str]:
    what, longest = ("name", LONGEST["name"]) if kind is StepKind.JOIN else ("area", LONGEST["area"])
    if typed.choice == NONE and kind is StepKind.AREA:
        return {}
    if typed.choice != OTHER:
        return {} if _chosen(typed, offered) else {"choice": f"Choose the {what}."}
    if not typed.other:
        return {"other": f"Write the {what}."}
    return {"other": f"Use at most {longest} characters."} if len(typed.other) > longest else {}


def _chosen(typed: Typed, offered: Sequence[str]) -> str:
    if typed.choice == OTHER:
        return typed.other
    name = typed.choice.removeprefix(OFFERED)
    return name if typed.choice.startswith(OFFERED) and name in offered else ""


def wanted_by(kind: StepKind, typed: Typed, entries: Sequence[Entry], offered: Sequence[str]) -> Wanted:
    """The step that a page without faults asks for."""
    chosen = _chosen(typed, offered)
    if kind is StepKind.JOIN:
        rows = tuple(sorted(row for entry in entries for row in entry.rows))
        return Wanted(kind=kind, groups=(Group(rows=rows, name=chosen),), reason=typed.reason)
    groups = tuple(Group(rows=entry.rows) for entry in entries)
    return Wanted(kind=kind, groups=groups, area=chosen if kind is StepKind.AREA else "", reason=typed.reason)
