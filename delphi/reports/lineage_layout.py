"""Where each outcome stands in the picture of the lineage: level with its sources, never too close."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from statistics import fmean

import numpy as np

from analysis.extras import required
from delphi.reports.lineage_order import Flow, Lists, ordered, place_of_added


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """Lengths of a picture, in units that are pixels when it is shown at its full width."""

    row: float
    between_domains: float
    widest_row: float
    column_distance: float
    words_left: float
    words_right: float
    head: float
    letters_left: int
    letters_right: int
    letters_between: int
    row_with_words: float


FULL = Size(
    row=10.5,
    between_domains=9,
    widest_row=52,
    column_distance=178,
    words_left=190,
    words_right=256,
    head=84,
    letters_left=24,
    letters_right=26,
    letters_between=20,
    row_with_words=30,
)
SMALL = replace(FULL, row=6, between_domains=6, widest_row=30, row_with_words=18)


@dataclass(frozen=True, slots=True)
class Column:
    """A list: its left edge, the middle of each bar, and the bars' height."""

    x: float
    middles: Mapping[str, float]
    bar: float

    @property
    def room(self) -> float:
        """The height that there is for the words of one outcome."""
        places = sorted(self.middles.values())
        return min((below - above for above, below in pairwise(places)), default=float("inf"))


@dataclass(frozen=True, slots=True)
class Layout:
    """Every list in its place. `sources[i]`: what flows into list i; `leaving[i]`: what flows out of it."""

    lists: Lists
    size: Size
    columns: tuple[Column, ...]
    sources: tuple[Mapping[str, tuple[str, ...]], ...]
    leaving: tuple[Mapping[str, tuple[Flow, ...]], ...]

    @property
    def height(self) -> float:
        """The height that everything needs."""
        lowest = max((y for column in self.columns for y in column.middles.values()), default=self.size.head)
        return lowest + 2 * self.size.row

    def is_last(self, index: int) -> bool:
        """Say whether no list follows."""
        return index == len(self.columns) - 1


def lay_out(lists: Lists, size: Size) -> Layout:
    """Put the lists in order and give each outcome its place."""
    lists = ordered(lists)
    return Layout(
        lists=lists,
        size=size,
        columns=_place(lists, size),
        sources=tuple(lists.sources(index) for index in range(len(lists.columns))),
        leaving=tuple(_leaving(lists, index) for index in range(len(lists.columns))),
    )


def _leaving(lists: Lists, index: int) -> Mapping[str, tuple[Flow, ...]]:
    found: dict[str, list[Flow]] = {code: [] for code in lists.columns[index]}
    for flow in lists.flows[index] if index < len(lists.flows) else ():
        found[flow.source].append(flow)
    return {code: tuple(flows) for code, flows in found.items()}


def _place(lists: Lists, size: Size) -> tuple[Column, ...]:
    placed: list[Column] = []
    for index, codes in enumerate(lists.columns):
        x = size.words_left + size.column_distance * index
        if index == 0:
            middles = _first_middles(lists, size)
            row = size.row
        else:
            bottom = max(placed[0].middles.values(), default=size.head)
            row = _row_height(len(codes), bottom - size.head, size)
            wanted = _level_with_sources(lists, index, placed[-1].middles)
            middles = dict(zip(codes, _apart(wanted, row, size.head, bottom), strict=True))
        placed.append(Column(x, middles, min(row * 0.72, 18)))
    return tuple(placed)


def _first_middles(lists: Lists, size: Size) -> dict[str, float]:
    codes = lists.columns[0]
    steps = [
        size.row + (size.between_domains if lists.domains[one] != lists.domains[other] else 0)
        for one, other in pairwise(codes)
    ]
    return dict(zip(codes, accumulate(steps, initial=size.head + size.row), strict=False))


def _row_height(outcomes: int, height: float, size: Size) -> float:
    return min(size.widest_row, max(size.row, 0.88 * height / max(outcomes, 1)))


def _level_with_sources(lists: Lists, index: int, before: Mapping[str, float]) -> list[float]:
    sources, codes_before = lists.sources(index), lists.columns[index - 1]

    def level(code: str) -> float:
        if sources[code]:
            return fmean(before[source] for source in sources[code])
        return (
            before[codes_before[place_of_added(code, codes_before, lists.domains)]] if codes_before else 0.0
        )

    return [level(code) for code in lists.columns[index]]


def _apart(wanted: Sequence[float], row: float, top: float, bottom: float) -> list[float]:
    """Return the places nearest to `wanted` (least squares), in the same order, at least a `row` apart.

    They stay between `top` and `bottom`, and go below the bottom only where there is no room.
    """
    if not wanted:
        return []
    offsets = row * np.arange(len(wanted))
    # Asked for where it is needed: every process of the app would hold it, and few requests come here.
    optimize = required("scipy.optimize", extra=None)
    level = optimize.isotonic_regression(np.asarray(wanted) - offsets).x
    lowest, highest = top + row / 2, max(top + row / 2, bottom - offsets[-1])
    return [float(place) for place in np.clip(level, lowest, highest) + offsets]
