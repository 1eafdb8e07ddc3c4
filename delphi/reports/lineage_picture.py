"""The lineage as a picture: where each bar, ribbon and word stands. Pure geometry: the template draws."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import accumulate, pairwise
from statistics import fmean
from textwrap import wrap

import numpy as np
from scipy.optimize import isotonic_regression

from delphi.reports.lineage_order import Flow, Lists, domains_in_order, ordered, place_of_added

COLOURS = 10
BAR_WIDTH = 10.0
STUB = 12.0


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


class Emphasis(StrEnum):
    """How an outcome stands out when one is chosen; PLAIN when none is."""

    PLAIN = "plain"
    CHOSEN = "chosen"
    RELATED = "related"
    MUTED = "muted"


@dataclass(frozen=True, slots=True)
class Words:
    """Lines of text whose first baseline is at `y`; each further line has its own baseline."""

    x: float
    lines: tuple[tuple[float, str], ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """An outcome in one list. `ends`: it is in no later list."""

    x: float
    y: float
    height: float
    ends: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Strand:
    """One outcome through the lists: its bars, the ribbons that leave them, its name where it can be read.

    `ribbons`, `caps` (it is dropped) and `starts` (it is added) are path data.
    """

    code: str
    colour: int
    emphasis: Emphasis
    bars: tuple[Bar, ...]
    ribbons: tuple[str, ...]
    caps: tuple[str, ...]
    starts: tuple[str, ...]
    name: Words | None
    in_last_list: bool


@dataclass(frozen=True, slots=True)
class ColumnHead:
    """What stands above a list: how many outcomes it has."""

    x: float
    number: int
    words: Words


@dataclass(frozen=True, slots=True)
class DomainLabel:
    """A domain's name beside its outcomes in the first list, with its colour."""

    colour: int
    words: Words
    top: float
    bottom: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A lineage ready to be drawn; the chosen strands come last, so that they lie on top."""

    width: float
    height: float
    bar_width: float
    heads: tuple[ColumnHead, ...]
    domains: tuple[DomainLabel, ...]
    strands: tuple[Strand, ...]


@dataclass(frozen=True, slots=True)
class _Column:
    """A list with the middle of each bar and the height that they share."""

    x: float
    middles: Mapping[str, float]
    bar: float


def draw(
    lists: Lists,
    *,
    labels: Mapping[str, str],
    captions: Sequence[tuple[str, ...]],
    chosen: str | None = None,
    related: frozenset[str] = frozenset(),
    size: Size = FULL,
) -> Picture:
    """Place everything. `captions` stand above the lists.

    `related` are kin of the `chosen` outcome; with one chosen, only they and their domains have names.
    """
    if len(captions) != len(lists.columns):
        raise ValueError("captions must be as many as columns")
    lists = ordered(lists)
    columns = _place(lists, size)
    colours = {domain: place % COLOURS for place, domain in enumerate(domains_in_order(lists))}
    codes = dict.fromkeys(code for column in lists.columns for code in column)
    named = {chosen, *related} if chosen else set(codes)
    strands = [
        _strand(
            code,
            lists,
            columns,
            colour=colours[lists.domains[code]],
            emphasis=_emphasis(code, chosen, related),
            name=_name(code, labels[code], lists, columns, size) if code in named else None,
        )
        for code in codes
    ]
    return Picture(
        width=size.words_left + size.column_distance * (len(columns) - 1) + BAR_WIDTH + size.words_right,
        height=max((y for column in columns for y in column.middles.values()), default=size.head)
        + size.row * 2,
        bar_width=BAR_WIDTH,
        heads=tuple(_heads(lists, captions, columns, size)),
        domains=_domain_labels(lists, columns, colours, size, named={lists.domains[code] for code in named}),
        strands=tuple(sorted(strands, key=lambda strand: _LAYER[strand.emphasis])),
    )


_LAYER = {Emphasis.MUTED: 0, Emphasis.PLAIN: 0, Emphasis.RELATED: 1, Emphasis.CHOSEN: 2}


def _emphasis(code: str, chosen: str | None, related: frozenset[str]) -> Emphasis:
    if chosen is None:
        return Emphasis.PLAIN
    if code == chosen:
        return Emphasis.CHOSEN
    return Emphasis.RELATED if code in related else Emphasis.MUTED


def _place(lists: Lists, size: Size) -> tuple[_Column, ...]:
    placed: list[_Column] = []
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
        placed.append(_Column(x, middles, min(row * 0.72, 18)))
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
    return [
        fmean(before[source] for source in sources[code])
        if sources[code]
        else before[codes_before[place_of_added(code, codes_before, lists.domains)]]
        for code in lists.columns[index]
    ]


def _apart(wanted: Sequence[float], row: float, top: float, bottom: float) -> list[float]:
    """Return the places nearest to `wanted` (least squares), in the same order, at least a `row` apart.

    They stay between `top` and `bottom`, and go below the bottom only where there is no room.
    """
    if not wanted:
        return []
    offsets = row * np.arange(len(wanted))
    level = isotonic_regression(np.asarray(wanted) - offsets).x
    lowest, highest = top + row / 2, max(top + row / 2, bottom - offsets[-1])
    return [float(place) for place in np.clip(level, lowest, highest) + offsets]


def _strand(
    code: str,
    lists: Lists,
    columns: tuple[_Column, ...],
    *,
    colour: int,
    emphasis: Emphasis,
    name: Words | None,
) -> Strand:
    bars, ribbons, caps, starts = [], [], [], []
    for index, column in enumerate(columns):
        if code not in column.middles:
            continue
        middle, last = column.middles[code], index == len(columns) - 1
        leaving = () if last else tuple(flow for flow in lists.flows[index] if flow.source == code)
        bars.append(Bar(_r(column.x), _r(middle - column.bar / 2), _r(column.bar), not last and not leaving))
        ribbons += [_ribbon(flow, lists, index, columns) for flow in leaving]
        if not last and not leaving:
            caps.append(_stub(column.x + BAR_WIDTH, middle, STUB, column.bar))
        if index and not lists.sources(index)[code]:
            starts.append(_stub(column.x, middle, -STUB, column.bar))
    return Strand(
        code=code,
        colour=colour,
        emphasis=emphasis,
        bars=tuple(bars),
        ribbons=tuple(ribbons),
        caps=tuple(caps),
        starts=tuple(starts),
        name=name,
        in_last_list=code in columns[-1].middles,
    )


def _ribbon(flow: Flow, lists: Lists, index: int, columns: tuple[_Column, ...]) -> str:
    """Return the outline of a flow: from the source's share of its bar to its share of the result's bar."""
    here, there = columns[index], columns[index + 1]
    from_top, from_bottom = _share_of_bar(
        here,
        flow.source,
        flow.result,
        [f.result for f in lists.flows[index] if f.source == flow.source],
        there,
    )
    to_top, to_bottom = _share_of_bar(
        there, flow.result, flow.source, lists.sources(index + 1)[flow.result], here
    )
    left, right = here.x + BAR_WIDTH, there.x
    bend = (left + right) / 2
    return (
        f"M{_r(left)} {_r(from_top)}C{_r(bend)} {_r(from_top)} {_r(bend)} {_r(to_top)} {_r(right)} {_r(to_top)}"
        f"V{_r(to_bottom)}C{_r(bend)} {_r(to_bottom)} {_r(bend)} {_r(from_bottom)} {_r(left)} {_r(from_bottom)}Z"
    )


def _share_of_bar(
    column: _Column, code: str, other: str, others: Sequence[str], across: _Column
) -> tuple[float, float]:
    """Return top and bottom of the part of a bar that belongs to `other`; parts stand as the others do."""
    standing = sorted(others, key=across.middles.__getitem__)
    part = column.bar / len(standing)
    top = column.middles[code] - column.bar / 2 + part * standing.index(other)
    return top, top + part


def _stub(x: float, y: float, length: float, bar: float) -> str:
    """Return a short line with a cross-bar at its end: nothing comes after it, or before it."""
    half = max(min(bar / 2, 5), 2.5)
    return f"M{_r(x)} {_r(y)}h{_r(length)}m0 {_r(-half)}v{_r(2 * half)}"


def _name(code: str, label: str, lists: Lists, columns: tuple[_Column, ...], size: Size) -> Words | None:
    """Return the name of an outcome that ends in a list with room for words, None where there is no room."""
    last = max(index for index, column in enumerate(columns) if code in column.middles)
    column = columns[last]
    if last == len(columns) - 1:
        if _room(column) < size.row_with_words / 2:
            return None
        return _words(label, size.letters_right, column.x + BAR_WIDTH + 8, column.middles[code], 16)
    goes_on = any(flow.source == code for flow in lists.flows[last])
    if goes_on or _room(column) < size.row_with_words:
        return None
    return _words(label, size.letters_between, column.x + BAR_WIDTH + STUB + 6, column.middles[code], 14)


def _room(column: _Column) -> float:
    places = sorted(column.middles.values())
    return min((below - above for above, below in pairwise(places)), default=float("inf"))


def _words(text: str, letters: int, x: float, middle: float, line: float) -> Words:
    lines = wrap(text, letters)
    first = middle - line * (len(lines) - 1) / 2 + 4.5
    return Words(_r(x), tuple((_r(first + line * place), part) for place, part in enumerate(lines)))


def _heads(
    lists: Lists, captions: Sequence[tuple[str, ...]], columns: tuple[_Column, ...], size: Size
) -> list[ColumnHead]:
    heads = []
    for column, codes, caption in zip(columns, lists.columns, captions, strict=True):
        lines = [line for part in caption for line in wrap(part, size.letters_between)]
        words = Words(_r(column.x), tuple((44 + 15.0 * place, part) for place, part in enumerate(lines)))
        heads.append(ColumnHead(_r(column.x), len(codes), words))
    return heads


def _domain_labels(
    lists: Lists,
    columns: tuple[_Column, ...],
    colours: Mapping[str, int],
    size: Size,
    *,
    named: Collection[str],
) -> tuple[DomainLabel, ...]:
    labels = []
    for domain, colour in colours.items():
        middles = [y for code, y in columns[0].middles.items() if lists.domains[code] == domain]
        if middles:
            text = domain if domain in named else ""
            words = _words(text, size.letters_left, size.words_left - 16, (middles[0] + middles[-1]) / 2, 14)
            half = columns[0].bar / 2
            labels.append(DomainLabel(colour, words, _r(middles[0] - half), _r(middles[-1] + half)))
    return tuple(labels)


def _r(length: float) -> float:
    """Return a length as it is drawn: a tenth of a pixel is finer than any screen."""
    return round(length, 1)
