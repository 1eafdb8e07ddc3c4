"""The lineage as a picture: where each bar, ribbon and word stands. Pure geometry: the template draws."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from textwrap import wrap

from delphi.reports.lineage_layout import FULL, Column, Layout, Size, lay_out
from delphi.reports.lineage_order import Flow, Lists, domains_in_order

COLOURS = 10
BAR_WIDTH = 10.0
STUB = 12.0


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
    layout = lay_out(lists, size)
    colours = {domain: place % COLOURS for place, domain in enumerate(domains_in_order(lists))}
    codes = dict.fromkeys(code for column in layout.lists.columns for code in column)
    named = {chosen, *related} if chosen else set(codes)
    strands = [
        _strand(
            code,
            layout,
            colour=colours[lists.domains[code]],
            emphasis=_emphasis(code, chosen, related),
            name=_name(labels[code], layout, code) if code in named else None,
        )
        for code in codes
    ]
    return Picture(
        width=size.words_left + size.column_distance * (len(captions) - 1) + BAR_WIDTH + size.words_right,
        height=layout.height,
        bar_width=BAR_WIDTH,
        heads=tuple(_heads(layout, captions)),
        domains=_domain_labels(layout, colours, named={lists.domains[code] for code in named}),
        strands=tuple(sorted(strands, key=lambda strand: _LAYER[strand.emphasis])),
    )


_LAYER = {Emphasis.MUTED: 0, Emphasis.PLAIN: 0, Emphasis.RELATED: 1, Emphasis.CHOSEN: 2}


def _emphasis(code: str, chosen: str | None, related: frozenset[str]) -> Emphasis:
    if chosen is None:
        return Emphasis.PLAIN
    if code == chosen:
        return Emphasis.CHOSEN
    return Emphasis.RELATED if code in related else Emphasis.MUTED


def _strand(code: str, layout: Layout, *, colour: int, emphasis: Emphasis, name: Words | None) -> Strand:
    bars, ribbons, caps, starts = [], [], [], []
    for index, column in enumerate(layout.columns):
        if code not in column.middles:
            continue
        middle, leaving = column.middles[code], layout.leaving[index][code]
        ends = not leaving and not layout.is_last(index)
        bars.append(Bar(_r(column.x), _r(middle - column.bar / 2), _r(column.bar), ends))
        ribbons += [_ribbon(flow, layout, index) for flow in leaving]
        if ends:
            caps.append(_stub(column.x + BAR_WIDTH, middle, STUB, column.bar))
        if index and not layout.sources[index][code]:
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
        in_last_list=code in layout.columns[-1].middles,
    )


def _ribbon(flow: Flow, layout: Layout, index: int) -> str:
    """Return the outline of a flow: from the source's share of its bar to its share of the result's bar."""
    here, there = layout.columns[index], layout.columns[index + 1]
    results = [other.result for other in layout.leaving[index][flow.source]]
    sources = layout.sources[index + 1][flow.result]
    left, right = _r(here.x + BAR_WIDTH), _r(there.x)
    bend = _r((left + right) / 2)
    top, bottom = map(_r, _share_of_bar(here, flow.source, flow.result, others=results, across=there))
    to_top, to_bottom = map(_r, _share_of_bar(there, flow.result, flow.source, others=sources, across=here))
    return (
        f"M{left} {top}C{bend} {top} {bend} {to_top} {right} {to_top}"
        f"V{to_bottom}C{bend} {to_bottom} {bend} {bottom} {left} {bottom}Z"
    )


def _share_of_bar(
    column: Column, code: str, other: str, *, others: Sequence[str], across: Column
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


def _name(label: str, layout: Layout, code: str) -> Words | None:
    """Return the name of an outcome that ends in a list with room for words, None where there is no room."""
    size = layout.size
    index = max(index for index, column in enumerate(layout.columns) if code in column.middles)
    column = layout.columns[index]
    if layout.is_last(index):
        if column.room < size.row_with_words / 2:
            return None
        return _words(label, size.letters_right, column.x + BAR_WIDTH + 8, column.middles[code], 16)
    if layout.leaving[index][code] or column.room < size.row_with_words:
        return None
    return _words(label, size.letters_between, column.x + BAR_WIDTH + STUB + 6, column.middles[code], 14)


def _words(text: str, letters: int, x: float, middle: float, line: float) -> Words:
    lines = wrap(text, letters)
    first = middle - line * (len(lines) - 1) / 2 + 4.5
    return Words(_r(x), tuple((_r(first + line * place), part) for place, part in enumerate(lines)))


def _heads(layout: Layout, captions: Sequence[tuple[str, ...]]) -> list[ColumnHead]:
    heads = []
    for column, codes, caption in zip(layout.columns, layout.lists.columns, captions, strict=True):
        lines = [line for part in caption for line in wrap(part, layout.size.letters_between)]
        words = Words(_r(column.x), tuple((44 + 15.0 * place, part) for place, part in enumerate(lines)))
        heads.append(ColumnHead(_r(column.x), len(codes), words))
    return heads


def _domain_labels(
    layout: Layout, colours: Mapping[str, int], *, named: Collection[str]
) -> tuple[DomainLabel, ...]:
    labels, size, domains = [], layout.size, layout.lists.domains
    first = layout.columns[0]
    for domain, colour in colours.items():
        middles = [y for code, y in first.middles.items() if domains[code] == domain]
        if middles:
            text = domain if domain in named else ""
            middle = (middles[0] + middles[-1]) / 2
            words = _words(text, size.letters_left, size.words_left - 16, middle, 14)
            top, bottom = middles[0] - first.bar / 2, middles[-1] + first.bar / 2
            labels.append(DomainLabel(colour, words, _r(top), _r(bottom)))
    return tuple(labels)


def _r(length: float) -> float:
    """Return a length as it is drawn: a tenth of a pixel is finer than any screen."""
    return round(length, 1)
