"""The path of the list: how many outcomes each stage kept, merged, dropped and added."""

from dataclasses import dataclass
from itertools import pairwise

from matplotlib.figure import Figure
from matplotlib.path import Path as Outline

from analysis.figures.drawing import Caption, Sheet
from analysis.figures.lettering import LINE_PITCH, width_of, wrapped
from analysis.figures.palette import DARK, HATCHED, INK, LIGHT, MEDIUM, OPEN_HATCHED, PALE, PAPER, Fill
from analysis.figures.paper import MARGIN

_NAMES = 104.0
_LEFT = MARGIN + _NAMES + 10
_WIDEST = 230.0  # what the longest list takes; the words on what left stand to its right
_BAR = 16.0
_FLOW = 84.0
_DROPPED_END, _WORDS_AT, _ADDED_START = 0.33, 0.56, 0.78  # of the way from list to list
_ASIDE = 12.0
_WORD_GAP = 6.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PathStage:
    """What one stage did to the list; ValueError where the numbers do not add up.

    in = kept + merged + split + dropped; out = kept + merged_into + split_into + added. `note`: a few
    words under the label, such as "64 people".
    """

    label: str
    outcomes_in: int
    kept: int
    merged: int
    merged_into: int
    dropped: int
    added: int
    outcomes_out: int
    split: int = 0
    split_into: int = 0
    note: str = ""

    def __post_init__(self) -> None:
        if self.kept + self.merged + self.split + self.dropped != self.outcomes_in:
            raise ValueError(f"outcomes_in: {self.outcomes_in} of {self.label!r} is not what became of them")
        if self.kept + self.merged_into + self.split_into + self.added != self.outcomes_out:
            raise ValueError(
                f"outcomes_out: {self.outcomes_out} of {self.label!r} is not what they are made of"
            )
        numbers = (self.kept, self.merged, self.merged_into, self.split, self.split_into)
        if min(*numbers, self.dropped, self.added) < 0:
            raise ValueError(f"kept: a number of {self.label!r} is negative")


def path_flow(stages: tuple[PathStage, ...], *, caption: Caption) -> Figure:
    """Draw the path of the list from its first length to its last, as bands from list to list.

    Parameters
    ----------
    stages : tuple of PathStage
        In order; each begins with as many outcomes as the one before ended with.
    caption : Caption

    Returns
    -------
    Figure
        Lists from top to bottom, as wide as they are long; as high as there are stages.

    Raises
    ------
    ValueError
        Where there is no stage, no outcome, or a gap between two stages.

    Notes
    -----
    From top to bottom, as flow charts of studies are drawn, so that any number of stages fits on the page.
    """
    if not stages:
        raise ValueError("stages: there is none to draw")
    for before, after in pairwise(stages):
        if before.outcomes_out != after.outcomes_in:
            raise ValueError(
                f"stages: {before.label!r} ends with {before.outcomes_out} outcomes, {after.label!r} begins "
                f"with {after.outcomes_in}"
            )
    lengths = [stages[0].outcomes_in, *(stage.outcomes_out for stage in stages)]
    if not max(lengths):
        raise ValueError("stages: there is no outcome in any list")
    unit = _WIDEST / max(lengths)
    path = " to ".join(map(str, lengths))
    sheet = Sheet(
        caption,
        summary=f"The list went from {path} outcomes in {len(stages)} stages.",
        body=len(lengths) * _BAR + len(stages) * _FLOW,
    )
    top = sheet.top
    _draw_list(sheet, top, lengths[0], unit)
    for stage in stages:
        _Flow(stage, top + _BAR, unit).draw(sheet)
        top += _BAR + _FLOW
        _draw_list(sheet, top, stage.outcomes_out, unit)
    return sheet


def _draw_list(sheet: Sheet, top: float, number: int, unit: float) -> None:
    words = f"{number} outcome" if number == 1 else f"{number} outcomes"
    end = _LEFT + number * unit
    sheet.box((_LEFT, top, max(end, _LEFT + 1), top + _BAR), DARK)
    if width_of(words, bold=True) + 2 * _WORD_GAP <= number * unit:
        sheet.write(_LEFT + _WORD_GAP, top + _BAR / 2, words, bold=True, colour=DARK.ink)
    else:
        sheet.write(end + _WORD_GAP, top + _BAR / 2, words, bold=True)


@dataclass(frozen=True, slots=True)
class _Flow:
    """One stage between two lists. `top`: where the upper list ends; `unit`: points to an outcome."""

    stage: PathStage
    top: float
    unit: float

    @property
    def end(self) -> float:
        return self.top + _FLOW

    def draw(self, sheet: Sheet) -> None:
        """Draw the stage's name, its bands, and the words in and beside them."""
        self._draw_name(sheet)
        above = below = _LEFT
        beside: list[str] = []
        for band in self._bands():
            wide_above, wide_below = band.number * self.unit, band.becomes * self.unit
            sides = _Sides(above, below), _Sides(above + wide_above, below + wide_below)
            sheet.area(self._outline(*sides), band.fill, edge=PAPER, edge_width=0.8)
            left, right = (side.at(_WORDS_AT) for side in sides)
            if width_of(band.words) + 2 * _WORD_GAP <= min(right - left, wide_above):
                sheet.write(left + _WORD_GAP, self.top + _WORDS_AT * _FLOW, band.words)
            else:
                beside.append(band.words)
            above, below = above + wide_above, below + wide_below
        x = _Sides(above, below).at(_WORDS_AT) + _WORD_GAP
        sheet.paragraph(x, self.top + _WORDS_AT * _FLOW, beside)
        self._draw_dropped(sheet, above)
        self._draw_added(sheet, below)

    def _bands(self) -> list["_Band"]:
        stage = self.stage
        bands = [
            _Band(stage.kept, stage.kept, LIGHT, f"{stage.kept} kept"),
            _Band(stage.merged, stage.merged_into, PALE, f"{stage.merged} merged into {stage.merged_into}"),
            _Band(stage.split, stage.split_into, MEDIUM, f"{stage.split} split into {stage.split_into}"),
        ]
        return [band for band in bands if band.number]

    def _outline(self, left: "_Sides", right: "_Sides") -> Outline:
        """A band from the upper list to the lower."""
        return _curved((left.above, right.above, self.top), (left.below, right.below, self.end))

    def _draw_name(self, sheet: Sheet) -> None:
        name = wrapped(self.stage.label, _NAMES, bold=True)
        note = wrapped(self.stage.note, _NAMES) if self.stage.note else ()
        middle = (self.top + self.end) / 2
        sheet.paragraph(MARGIN, middle - len(note) * LINE_PITCH / 2, name, bold=True)
        sheet.paragraph(MARGIN, middle + len(name) * LINE_PITCH / 2, note)

    def _draw_dropped(self, sheet: Sheet, x: float) -> None:
        if not self.stage.dropped:
            return
        end = x + self.stage.dropped * self.unit
        bottom = self.top + _DROPPED_END * _FLOW
        sheet.area(
            _curved((x, end, self.top), (x + _ASIDE, end + _ASIDE, bottom)),
            HATCHED,
            edge=PAPER,
            edge_width=0.8,
        )
        sheet.line([(x + _ASIDE, bottom), (end + _ASIDE, bottom)], width=2.0)
        sheet.write(end + _ASIDE + _WORD_GAP, bottom - 5, f"{self.stage.dropped} dropped")

    def _draw_added(self, sheet: Sheet, x: float) -> None:
        if not self.stage.added:
            return
        end = x + self.stage.added * self.unit
        start = self.top + _ADDED_START * _FLOW
        sheet.area(
            _curved((x, end, self.end), (x + _ASIDE, end + _ASIDE, start)),
            OPEN_HATCHED,
            edge=INK,
            edge_width=0.6,
        )
        sheet.write(end + _ASIDE + _WORD_GAP, start + 4, f"{self.stage.added} added")


@dataclass(frozen=True, slots=True)
class _Band:
    """Outcomes that go on: how many before and after, and the words on them."""

    number: int
    becomes: int
    fill: Fill
    words: str


@dataclass(frozen=True, slots=True)
class _Sides:
    """Where a band's left or right side stands at its upper and at its lower end."""

    above: float
    below: float

    def at(self, part: float) -> float:
        """Where it stands at a part of the way down."""
        eased = part * part * (3 - 2 * part)
        return self.above + (self.below - self.above) * eased


def _curved(start: tuple[float, float, float], end: tuple[float, float, float]) -> Outline:
    """A band with curved sides between two edges, each (left, right, y)."""
    (left, right, y), (end_left, end_right, end_y) = start, end
    middle = (y + end_y) / 2
    points = [
        (left, y),
        (right, y),
        *((right, middle), (end_right, middle), (end_right, end_y)),
        (end_left, end_y),
        *((end_left, middle), (left, middle), (left, y)),
    ]
    curve = [Outline.CURVE4] * 3
    return Outline(points, [Outline.MOVETO, Outline.LINETO, *curve, Outline.LINETO, *curve])
