"""For which weights of a group each outcome stays in."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

from matplotlib.figure import Figure

from analysis.figures.drawing import Caption, Sheet
from analysis.figures.key import Entry, draw_key, key_height
from analysis.figures.lettering import wrapped
from analysis.figures.outcome_grid import Grid, Span, draw_ticks
from analysis.figures.palette import DARK, PAPER
from analysis.figures.paper import RIGHT, Box

_NAMES = 150.0
_WORDS = 118.0
_BAR = 7.0
_KEY_GAP = 8.0
_HEAD = 16.0
_LEAST = 0.1  # below it the axis is not logarithmic, so that it can reach 0
_PART_BELOW = 0.14
_DASHES = (3.0, 2.0)

Interval = tuple[float, float | None]


@dataclass(frozen=True, slots=True)
class OutcomeWeights:
    """The weights for which an outcome is in: intervals, lowest first; one that ends in None has no end."""

    outcome: str
    in_for: tuple[Interval, ...]

    @property
    def words(self) -> str:
        """The weights in words, rounded inwards to two digits, so that they never promise too much."""
        return "; ".join(_in_words(*interval) for interval in self.in_for) or "no weight"


@dataclass(frozen=True, slots=True)
class FlipWeights:
    """What `flip_weight` draws; ValueError where the parts do not fit.

    `group`: whose weight, as within a sentence ("survivors"). `of_study`: the weight that the study
    uses; everyone else's is 1. `most`: the end of the axis.
    """

    outcomes: tuple[OutcomeWeights, ...]
    group: str
    of_study: float
    most: float = 10.0

    def __post_init__(self) -> None:
        if not self.outcomes:
            raise ValueError("outcomes: there is none to draw")
        if not self.most > 1:
            raise ValueError(f"most: {self.most} is not above 1")
        if not 0 <= self.of_study <= self.most:
            raise ValueError(f"of_study: {self.of_study} is not from 0 to {self.most}")
        for one in self.outcomes:
            ends = [end for low, high in one.in_for for end in (low, float("inf") if high is None else high)]
            if ends != sorted(ends) or (ends and not ends[0] >= 0):
                raise ValueError(f"outcomes: the weights of {one.outcome!r} are not from 0 up, in order")


def flip_weight(weights: FlipWeights, *, caption: Caption) -> Figure:
    """Draw for which weights of a group each outcome stays in.

    Parameters
    ----------
    weights : FlipWeights
        Intervals of the weight; outcomes in the order given.
    caption : Caption

    Returns
    -------
    Figure
        A bar from the least to the greatest weight on a logarithmic axis, the study's weight as a dashed
        line, and the weights in words.

    Notes
    -----
    The axis is logarithmic since twice and half are equally far from once; from 0 to 0.1 it is not, so that
    it can show that a group is left out. An arrow: there is no end.
    """
    words = [wrapped(one.words, _WORDS) for one in weights.outcomes]
    names = [one.outcome for one in weights.outcomes]
    grid = Grid.of(names, heads=[""], label_width=_NAMES, lines=[len(lines) for lines in words])
    key = [
        Entry("stays in", fill=DARK),
        Entry("there is no end", marker=">", colour=DARK.colour),
        Entry(f"the study’s weight, {weights.of_study:g}", line=True, dashes=_DASHES),
    ]
    top = key_height(key) + _KEY_GAP + _HEAD
    sheet = Sheet(caption, summary=_summary(weights), body=top + grid.height)
    draw_key(sheet, sheet.top, key)
    rows = grid.draw(sheet, sheet.top + top)
    axis = Span(grid.columns[0].start, RIGHT - _WORDS - 14)
    sheet.write(axis.start, sheet.top + top - 8, f"Weight of {weights.group}", bold=True)
    sheet.write(RIGHT - _WORDS, sheet.top + top - 8, "Stays in for", bold=True)
    ticks = [0, *(10.0**power for power in range(-1, ceil(log10(weights.most)))), weights.most]
    draw_ticks(sheet, [(_at(weights, axis, tick), f"{tick:g}") for tick in ticks], rows)
    _draw_bars(sheet, weights, axis, rows)
    for lines, row in zip(words, rows, strict=True):
        sheet.paragraph(RIGHT - _WORDS, row.middle, lines)
    x = _at(weights, axis, weights.of_study)
    sheet.line([(x, rows[0].start), (x, rows[-1].end)], width=1.2, dashes=_DASHES, order=0.9)
    return sheet


def _draw_bars(sheet: Sheet, weights: FlipWeights, axis: Span, rows: Sequence[Span]) -> None:
    boxes: list[Box] = []
    endless = []
    for one, row in zip(weights.outcomes, rows, strict=True):
        for low, high in one.in_for:
            start = _at(weights, axis, low)
            end = _at(weights, axis, weights.most if high is None else high)
            if high is None or high > weights.most:
                endless.append((axis.end + 3, row.middle))
            boxes.append((start - 0.5, row.middle - _BAR / 2, end + 0.5, row.middle + _BAR / 2))
    sheet.boxes(boxes, DARK)
    study = _at(weights, axis, weights.of_study)
    for left, top, right, bottom in boxes:
        if left < study < right:
            sheet.line([(study, top), (study, bottom)], colour=PAPER, width=1.2)
    sheet.marks(endless, marker=">", size=_BAR - 1, colour=DARK.colour)


def _at(weights: FlipWeights, axis: Span, weight: float) -> float:
    """Where a weight stands; what is beyond the axis stands at its end."""
    bend = axis.start + _PART_BELOW * axis.length
    if weight <= _LEAST:
        return axis.start + weight / _LEAST * (bend - axis.start)
    part = log10(min(weight, weights.most) / _LEAST) / log10(weights.most / _LEAST)
    return bend + part * (axis.end - bend)


def _in_words(low: float, high: float | None) -> str:
    start, end = _two_digits(low, upwards=True), None if high is None else _two_digits(high, upwards=False)
    if low == 0:
        return "any weight" if end is None else f"weights up to {end}"
    return f"any weight from {start} up" if end is None else f"weights from {start} to {end}"


def _two_digits(value: float, *, upwards: bool) -> str:
    if value == 0:
        return "0"
    places = max(1 - floor(log10(value)), 0)
    # Nine more digits, so that 1.1 does not become 1.2 by the error of a float.
    scaled = round(value * 10**places, 9)
    return f"{(ceil(scaled) if upwards else floor(scaled)) / 10**places:g}"


def _summary(weights: FlipWeights) -> str:
    always = sum(one.in_for == ((0, None),) for one in weights.outcomes)
    never = sum(not one.in_for for one in weights.outcomes)
    turns = len(weights.outcomes) - always - never
    return (
        f"Of {len(weights.outcomes)} outcomes {always} are in for any weight of {weights.group}, {never} for "
        f"none, and the verdict on {turns} turns at a weight that the figure states."
    )
