"""How far people are with a round, from invited to finished, counted by group."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import IntEnum


class Stage(IntEnum):
    """The steps through a round; who has come to one has come through those before it."""

    INVITED = 0
    OPENED = 1
    CONSENTED = 2
    STARTED = 3
    FINISHED = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Funnel:
    """Some groups, and how many of their people came to each stage, in the order of `Stage`."""

    groups: tuple[str, ...]
    reached: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """How many had started and had finished by the end of a day."""

    day: date
    started: int
    finished: int


def stage_of(*, opened: bool, consented: bool, started: bool, finished: bool) -> Stage:
    """Return the furthest stage that somebody came to, whatever is not known of those before it."""
    if finished:
        return Stage.FINISHED
    if started:
        return Stage.STARTED
    if consented:
        return Stage.CONSENTED
    return Stage.OPENED if opened else Stage.INVITED


def funnels_of(
    people: Iterable[tuple[str, Stage]], *, parts: Iterable[tuple[str, ...]]
) -> tuple[Funnel, ...]:
    """Count (group, stage) of people for each part, a set of groups that are counted together."""
    counted = Counter(people)
    return tuple(
        Funnel(
            groups=part,
            reached=tuple(
                sum(n for (group, came), n in counted.items() if group in part and came >= stage)
                for stage in Stage
            ),
        )
        for part in parts
    )


def together(sizes: Mapping[str, int], *, minimum: int) -> tuple[tuple[str, ...], ...]:
    """Put groups smaller than `minimum` together, so that no part is smaller where that can be had.

    If the small ones are still too few, the next larger group joins them. Parts stand in the order of the
    groups; groups without people make no part smaller and stay with the small ones.
    """
    small: list[str] = []
    for group in sorted(sizes, key=lambda group: sizes[group]):
        people = sum(sizes[one] for one in small)
        if sizes[group] >= minimum and not 0 < people < minimum:
            break
        small.append(group)
    parts: list[tuple[str, ...]] = [(group,) for group in sizes if group not in small]
    joined = tuple(group for group in sizes if group in small)
    if joined:
        parts.append(joined)
    place = {group: at for at, group in enumerate(sizes)}
    return tuple(sorted(parts, key=lambda part: place[part[0]]))


def days_of(
    *, started: Collection[datetime], finished: Collection[datetime], first: date, last: date
) -> tuple[Day, ...]:
    """Return every day from `first` to `last` with how many had started and finished by its end.

    The moments are in the zone whose days are meant. What came before the first day counts in it.
    """
    starts, ends = _by_day(started), _by_day(finished)
    number = max(0, (last - first).days) + 1
    days = [first + timedelta(days=at) for at in range(number)]
    return tuple(Day(day=day, started=_until(day, starts), finished=_until(day, ends)) for day in days)


def _by_day(moments: Iterable[datetime]) -> Counter[date]:
    return Counter(moment.date() for moment in moments)


def _until(day: date, numbers: Mapping[date, int]) -> int:
    return sum(number for when, number in numbers.items() if when <= day)


def middle_of(durations: Sequence[timedelta]) -> timedelta | None:
    """Return the median: of an even number, the mean of the two in the middle; None of none."""
    if not durations:
        return None
    ordered, half = sorted(durations), len(durations) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2
