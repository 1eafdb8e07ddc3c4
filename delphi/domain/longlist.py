"""The longlist of a review: from outcomes as they were reported to a list, step by step.

Reported outcomes and steps are only added. What the list is follows from the steps that stand.
"""

import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum


class StepKind(StrEnum):
    """What a step does."""

    LOAD = "load"
    JOIN = "join"
    AREA = "area"
    DROP = "drop"
    BACK = "back"
    APART = "apart"
    USE = "use"
    UNDO = "undo"


STAY = frozenset({StepKind.USE, StepKind.UNDO})  # are not taken back


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """An outcome as a source reported it, `number` from 1 in its draft. `load`: the step it came with."""

    number: int
    load: int
    name: str
    sources: tuple[str, ...]
    area: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Reported outcomes that a step is about, by number; `name`: what they are called once joined."""

    rows: tuple[int, ...]
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step, `number` from 1 in its draft."""

    number: int
    kind: StepKind
    groups: tuple[Group, ...] = ()
    area: str = ""
    reason: str = ""
    undoes: int | None = None

    @property
    def rows(self) -> frozenset[int]:
        """All that it is about."""
        return frozenset(row for group in self.groups for row in group.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line of the list: one reported outcome or several joined. `dropped`: why, None while it is left."""

    reported: tuple[Reported, ...]
    name: str
    area: str
    dropped: str | None = None

    @property
    def number(self) -> int:
        """That of its first reported outcome."""
        return self.reported[0].number

    @property
    def rows(self) -> tuple[int, ...]:
        """The numbers of its reported outcomes."""
        return tuple(each.number for each in self.reported)

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources that reported it, each once, in the order of the table."""
        found = {
            source.casefold(): source for each in reversed(self.reported) for source in each.sources[::-1]
        }
        return tuple(reversed(found.values()))

    @property
    def is_joined(self) -> bool:
        """Whether it is made of several."""
        return len(self.reported) > 1


def plain_text(name: str) -> str:
    """A name without what exact duplicates may differ in: case, spaces, punctuation.

    Signs such as + and < stay: they change what is measured.
    """
    folded = unicodedata.normalize("NFKC", name).casefold()
    return "".join(sign for sign in folded if unicodedata.category(sign)[0] not in "PZC") or folded


def standing_steps(steps: Iterable[Step]) -> tuple[Step, ...]:
    """The steps that were not taken back, the taking back itself left out."""
    steps = tuple(steps)
    undone = {step.undoes for step in steps}
    return tuple(step for step in steps if step.number not in undone and step.kind is not StepKind.UNDO)


def entries_of(reported: Iterable[Reported], steps: Iterable[Step]) -> tuple[Entry, ...]:
    """The list that the steps lead to, dropped lines included, in the order of the table."""
    standing = standing_steps(steps)
    loads = {step.number for step in standing if step.kind is StepKind.LOAD}
    state = {
        each.number: Entry(reported=(each,), name=each.name, area=each.area)
        for each in reported
        if each.load in loads
    }
    for step in standing:
        for group in step.groups:
            for entry in _after(step, group, state):
                state.update(dict.fromkeys(entry.rows, entry))
    return tuple(entry for number, entry in sorted(state.items()) if entry.number == number)


def _after(step: Step, group: Group, state: Mapping[int, Entry]) -> Iterable[Entry]:
    """What a step makes of one of its groups."""
    before = [state[row] for row in group.rows if row in state]
    whole = {entry.number: entry for entry in before}.values()
    if step.kind is StepKind.JOIN:
        parts = sorted((each for entry in whole for each in entry.reported), key=lambda each: each.number)
        yield Entry(reported=tuple(parts), name=group.name, area=_area_of(before))
    for entry in whole:
        if step.kind is StepKind.AREA:
            yield replace(entry, area=step.area)
        elif step.kind is StepKind.DROP:
            yield replace(entry, dropped=step.reason)
        elif step.kind is StepKind.BACK:
            yield replace(entry, dropped=None)
        elif step.kind is StepKind.APART:
            yield from (
                Entry(reported=(each,), name=each.name, area=each.area or entry.area)
                for each in entry.reported
            )


def _area_of(entries: Sequence[Entry]) -> str:
    """The area that most reported outcomes had, of equal ones the first."""
    areas = Counter(entry.area for entry in entries if entry.area)
    return max(areas, key=lambda area: areas[area], default="")


def touched_by(step: Step, steps: Iterable[Step]) -> frozenset[int]:
    """The reported outcomes whose place a step changed: for taking back, those of the step it took back."""
    if step.undoes is None:
        return step.rows
    return next((each.rows for each in steps if each.number == step.undoes), frozenset())


def newer_on(steps: Sequence[Step], rows: Collection[int], *, seen: int) -> tuple[Step, ...]:
    """The steps after number `seen` that touched any of these."""
    wanted = frozenset(rows)
    return tuple(step for step in steps if step.number > seen and touched_by(step, steps) & wanted)


def in_the_way(steps: Sequence[Step], number: int) -> tuple[Step, ...]:
    """The later steps that stand and touch the same: they are taken back before."""
    rows = next((step.rows for step in steps if step.number == number), frozenset())
    return tuple(step for step in standing_steps(steps) if step.number > number and step.rows & rows)


def may_undo(steps: Sequence[Step]) -> frozenset[int]:
    """The steps that can be taken back: they stand, and nothing later touched the same."""
    touched: set[int] = set()
    found = set()
    for step in reversed(standing_steps(steps)):
        if step.kind not in STAY and not step.rows & touched:
            found.add(step.number)
        touched |= step.rows
    return frozenset(found)


def exact_duplicates(entries: Iterable[Entry]) -> tuple[tuple[Entry, ...], ...]:
    """Lines that are left and have the same text but for case, spaces and punctuation, group by group."""
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.dropped is None:
            groups.setdefault(plain_text(entry.name), []).append(entry)
    return tuple(tuple(group) for group in groups.values() if len(group) > 1)


def joined(entries: Sequence[Entry]) -> Group:
    """A group of lines under the name that most reported outcomes have; of equal ones the first."""
    names = Counter(entry.name for entry in entries for _ in entry.reported)
    name = max(names, key=lambda name: names[name])
    return Group(rows=tuple(sorted(row for entry in entries for row in entry.rows)), name=name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """The path: all that was reported, how many different texts that is, how many lines are listed."""

    reported: int
    different: int
    listed: int


def counts_of(entries: Sequence[Entry]) -> Counts:
    """Count a list."""
    texts = {plain_text(each.name) for entry in entries for each in entry.reported}
    return Counts(
        reported=sum(len(entry.reported) for entry in entries),
        different=len(texts),
        listed=sum(entry.dropped is None for entry in entries),
    )


def provenance_of(entry: Entry, *, named: int = 3) -> str:
    """Where an outcome comes from: how often it was reported, by how many sources, and the first of them."""
    times = len(entry.reported)
    sources = entry.sources
    start = f"A review found it {'once' if times == 1 else f'{times} times'}"
    if not sources:
        return f"{start}, without a source."
    many = f"{len(sources)} {'source' if len(sources) == 1 else 'sources'}"
    rest = f" and {len(sources) - named} more" if len(sources) > named else ""
    return f"{start}, in {many}: {'; '.join(sources[:named])}{rest}."
