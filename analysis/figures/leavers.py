"""Did those who left score otherwise than those who stayed: one dot a person, by group."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, isfinite
from statistics import median

from matplotlib.figure import Figure

from analysis.figures.drawing import Caption, Sheet
from analysis.figures.hidden import too_few
from analysis.figures.key import Entry, draw_key, key_height
from analysis.figures.lettering import LINE_PITCH, width_of
from analysis.figures.outcome_grid import Grid, Span, draw_hidden, draw_ticks
from analysis.figures.palette import MEDIUM
from analysis.figures.paper import MARGIN, RIGHT, Point

_NAMES = 100.0
_KEY_GAP = 8.0
_PITCHES = (5.2, 4.0, 3.0, 2.2)  # from dot to dot
_BETWEEN_DOTS = 0.8
_HIGHEST = 90.0
_MEDIAN_HALF = 7.0
_MOST_TICKS = 12


@dataclass(frozen=True, slots=True)
class LeaversGroup:
    """The mean score of each person of a group: of those who `stayed` and of those who `left`."""

    group: str
    stayed: tuple[float, ...]
    left: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Leavers:
    """What `leavers` draws; ValueError where the parts do not fit.

    `low`, `high`: the ends of the scale. `minimum`: of fewer people neither dots nor a median are drawn,
    nor is their number said.
    """

    groups: tuple[LeaversGroup, ...]
    low: float
    high: float
    minimum: int

    def __post_init__(self) -> None:
        if not self.groups:
            raise ValueError("groups: there is none to draw")
        if not self.low < self.high:
            raise ValueError(f"low: {self.low} is not below high, {self.high}")
        for group in self.groups:
            for score in (*group.stayed, *group.left):
                if not (isfinite(score) and self.low <= score <= self.high):
                    raise ValueError(
                        f"groups: {group.group!r} has {score}, outside {self.low} to {self.high}"
                    )


def leavers(scores: Leavers, *, caption: Caption) -> Figure:
    """Draw the mean score of each person who stayed and of each who left, group by group.

    Parameters
    ----------
    scores : Leavers
        Means over the outcomes that a person rated in the earlier round.
    caption : Caption

    Returns
    -------
    Figure
        One dot a person, placed by a fixed rule so that dots do not overlap; a line at the median.

    Notes
    -----
    Look at the distance between the medians, not for an absence of evidence: with few leavers no test can
    show that they are like the others. The median of an even number is the middle of the two.
    """
    strips = [strip for group in scores.groups for strip in (None, group.stayed, group.left)]
    names = [name for group in scores.groups for name in (group.group, "stayed", "left")]
    axis = Span(MARGIN + _NAMES + 16, RIGHT - width_of(f"000 people, median {scores.high:.1f}") - 12)
    dot, swarms = _dots([_positions(scores, strip, axis) for strip in strips])
    grid = Grid.of(
        names,
        heads=[""],
        label_width=_NAMES,
        headings=range(0, len(names), 3),
        lines=[ceil(_height(swarm) / LINE_PITCH) for swarm in swarms],
    )
    key = [
        Entry("one person’s mean score", marker="o", size=dot, colour=MEDIUM.colour),
        Entry("median", marker="|", size=2 * _MEDIAN_HALF - 4, thick=2.0),
    ]
    sheet = Sheet(caption, summary=_summary(scores), body=key_height(key) + _KEY_GAP + grid.height)
    draw_key(sheet, sheet.top, key)
    rows = grid.draw(sheet, sheet.top + key_height(key) + _KEY_GAP)
    draw_ticks(sheet, [(_at(scores, axis, tick), f"{tick:g}") for tick in _ticks(scores)], rows)
    for strip, swarm, row in zip(strips, swarms, rows, strict=True):
        if strip is None:
            continue
        if 0 < len(strip) < scores.minimum:
            draw_hidden(sheet, Span(axis.start, RIGHT), row, too_few(scores.minimum))
            continue
        sheet.marks([(x, row.middle + y) for x, y in swarm], size=dot, colour=MEDIUM.colour, edge_width=0)
        sheet.write(RIGHT, row.middle, _words(strip), align="right")
        if strip:
            x = _at(scores, axis, median(strip))
            half = max(_height(swarm) / 2, _MEDIAN_HALF)
            sheet.line([(x, row.middle - half), (x, row.middle + half)], width=2.0, order=2.8)
    return sheet


def _words(strip: Sequence[float]) -> str:
    if not strip:
        return "nobody"
    people = "1 person" if len(strip) == 1 else f"{len(strip)} people"
    return f"{people}, median {median(strip):.1f}"


def _at(scores: Leavers, axis: Span, score: float) -> float:
    return axis.start + (score - scores.low) / (scores.high - scores.low) * axis.length


def _ticks(scores: Leavers) -> list[float]:
    """Every whole number, or the two ends and the middle where there are too many."""
    low, high = scores.low, scores.high
    if float(low).is_integer() and high - low <= _MOST_TICKS:
        return [low + step for step in range(int(high - low) + 1)]
    return [low, (low + high) / 2, high]


def _positions(scores: Leavers, strip: Sequence[float] | None, axis: Span) -> list[float]:
    """Where the dots stand along the axis; none where too few would be seen."""
    if not strip or len(strip) < scores.minimum:
        return []
    return sorted(_at(scores, axis, score) for score in strip)


def _dots(columns: Sequence[Sequence[float]]) -> tuple[float, list[list[Point]]]:
    """Return the largest size of dots at which every swarm is low enough, and the swarms."""
    for pitch in _PITCHES:
        swarms = [_swarm(positions, pitch) for positions in columns]
        if max(map(_height, swarms)) <= _HIGHEST:
            break
    return pitch - _BETWEEN_DOTS, swarms


def _swarm(positions: Sequence[float], pitch: float) -> list[Point]:
    """Give each dot, from left to right, the place nearest to the middle where it touches no other.

    The places are levels below and above the middle; one is free when its last dot is far enough to the
    left. A swarm that would be too high even so is pressed together.
    """
    last: list[float] = []
    levels: list[int] = []
    for x in positions:
        level = next((at for at, end in enumerate(last) if x - end >= pitch), len(last))
        last[level : level + 1] = [x]
        levels.append(level)
    step = min(pitch, _HIGHEST / len(last)) if pitch == _PITCHES[-1] and last else pitch
    return [
        (x, (level + 1) // 2 * step * (-1 if level % 2 else 1))
        for x, level in zip(positions, levels, strict=True)
    ]


def _height(swarm: Sequence[Point]) -> float:
    return 2 * max((abs(y) for _, y in swarm), default=0.0) + 6


def _summary(scores: Leavers) -> str:
    shown = [
        f"{group.group} {median(group.stayed):.1f} against {median(group.left):.1f}"
        for group in scores.groups
        if min(len(group.stayed), len(group.left)) >= max(scores.minimum, 1)
    ]
    medians = "; ".join(shown) or "hidden"
    return f"Median of the mean scores of those who stayed against those who left: {medians}."
