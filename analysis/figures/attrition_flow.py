"""Who answered each round: stayed, came back, came new, or was lost, group by group."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from matplotlib.figure import Figure

from analysis.figures.drawing import Caption, Sheet
from analysis.figures.hidden import WITHHELD, too_few
from analysis.figures.lettering import LINE_PITCH, width_of
from analysis.figures.outcome_grid import Grid, Span, draw_hidden, draw_ticks, widest
from analysis.figures.palette import DARK, HATCHED, LIGHT, OUTLINE, PALE
from analysis.figures.paper import RIGHT, Box

_NAMES = 96.0
_BAR = 9.0
_GAP = 10.0
_SAMPLE = 9.0
_HEAD = 2 * LINE_PITCH + 6

# Each part of a bar with its fill: those lost go to the left, the others to the right.
_LEFTWARD = (("lost", HATCHED),)
_RIGHTWARD = (("retained", DARK), ("returned", PALE), ("joined", LIGHT))
_PARTS = (*_LEFTWARD, *_RIGHTWARD)
_ANSWERED = "answered"


@dataclass(frozen=True, slots=True, kw_only=True)
class AttritionRow:
    """One group in one round; responded = retained + returned + joined, or ValueError.

    lost: in the round before, not in this one. `invited`: None where it is not known. `hidden`: the
    numbers are not drawn, since they would say too much about too few people.
    """

    group: str
    round: str
    responded: int
    retained: int
    lost: int
    returned: int
    joined: int
    invited: int | None = None
    hidden: bool = False

    def __post_init__(self) -> None:
        where = f"{self.group!r}, {self.round!r}"
        if self.retained + self.returned + self.joined != self.responded:
            raise ValueError(f"responded: {self.responded} of {where} is not retained, returned and joined")
        if min(self.retained, self.lost, self.returned, self.joined) < 0:
            raise ValueError(f"responded: a number of {where} is negative")
        if self.invited is not None and self.invited < self.responded:
            raise ValueError(f"invited: {self.invited} of {where} is less than responded, {self.responded}")

    def part(self, name: str) -> int:
        """Return the number of a part: lost, retained, returned or joined."""
        numbers = {
            "lost": self.lost,
            "retained": self.retained,
            "returned": self.returned,
            "joined": self.joined,
        }
        return numbers[name]


def attrition_flow(rows: Sequence[AttritionRow], *, caption: Caption, minimum: int) -> Figure:
    """Draw who answered each round, group by group.

    Parameters
    ----------
    rows : sequence of AttritionRow
        A group's rows together, its rounds in order; begin with everyone.
    caption : Caption
    minimum : int
        Named where a row is hidden.

    Returns
    -------
    Figure
        To the right those who answered, by how they came; to the left those lost since the round before;
        beside the bar every number.

    Raises
    ------
    ValueError
        Where there is no row.

    Notes
    -----
    All bars have one scale, people, so that a small group looks small. Whether those lost scored as the
    others did is another question: see `leavers`.
    """
    if not rows:
        raise ValueError("rows: there is none to draw")
    lines = _lines(rows)
    grid = Grid.of(
        [line if isinstance(line, str) else line.round for line in lines],
        heads=[""],
        label_width=_NAMES,
        headings=[at for at, line in enumerate(lines) if isinstance(line, str)],
    )
    sheet = Sheet(caption, summary=_summary(rows), body=_HEAD + grid.height)
    places = grid.draw(sheet, sheet.top + _HEAD)
    columns = _columns(rows)
    axis = Span(grid.columns[0].start, columns[_PARTS[0][0]].start - 2 * _GAP)
    _draw_heads(sheet, columns)
    shown = [
        (row, place)
        for row, place in zip(lines, places, strict=True)
        if isinstance(row, AttritionRow) and not row.hidden
    ]
    _draw_bars(sheet, axis, shown, places)
    for row, place in shown:
        for name, _ in _PARTS:
            sheet.write(columns[name].end, place.middle, str(row.part(name)), align="right")
        sheet.write(RIGHT, place.middle, _answered(row), align="right", bold=True)
    for line, place in zip(lines, places, strict=True):
        if isinstance(line, AttritionRow) and line.hidden:
            words = too_few(minimum) if line.responded < minimum else WITHHELD
            draw_hidden(sheet, Span(axis.start, RIGHT), place, words)
    return sheet


def _lines(rows: Sequence[AttritionRow]) -> list[AttritionRow | str]:
    """The rows, with the name of each group before its own."""
    lines: list[AttritionRow | str] = []
    for group, own in groupby(rows, key=lambda row: row.group):
        lines.extend([group, *own])
    return lines


def _answered(row: AttritionRow) -> str:
    return str(row.responded) if row.invited is None else f"{row.responded} of {row.invited}"


def _columns(rows: Sequence[AttritionRow]) -> dict[str, Span]:
    """Where the numbers stand: the last column ends at the right edge."""
    columns: dict[str, Span] = {}
    end = RIGHT
    words = {_ANSWERED: widest([_answered(row) for row in rows], bold=True)}
    for name in (_ANSWERED, *(part for part, _ in reversed(_PARTS))):
        width = max(words.get(name, 0.0), width_of(name))
        columns[name] = Span(end - width, end)
        end -= width + _GAP
    return columns


def _draw_heads(sheet: Sheet, columns: Mapping[str, Span]) -> None:
    """Head each column of numbers, under a sample of the part that it counts."""
    y = sheet.top + _HEAD - 8
    for name, fill in _PARTS:
        end = columns[name].end
        sample = (end - _SAMPLE * 1.5, y - LINE_PITCH - _SAMPLE / 2, end, y - LINE_PITCH + _SAMPLE / 2)
        sheet.box(sample, fill, edge=OUTLINE)
        sheet.write(end, y, name, align="right")
    sheet.write(RIGHT, y, _ANSWERED, align="right", bold=True)


def _draw_bars(
    sheet: Sheet, axis: Span, shown: Sequence[tuple[AttritionRow, Span]], places: Sequence[Span]
) -> None:
    lost = max((row.lost for row, _ in shown), default=0)
    answered = max((row.responded for row, _ in shown), default=0)
    unit = axis.length / max(lost + answered, 1)
    zero = axis.start + lost * unit
    boxes: dict[str, list[Box]] = {name: [] for name, _ in _PARTS}
    for row, place in shown:
        top, bottom = place.middle - _BAR / 2, place.middle + _BAR / 2
        boxes["lost"].append((zero - row.lost * unit, top, zero, bottom))
        x = zero
        for name, _ in _RIGHTWARD:
            boxes[name].append((x, top, x + row.part(name) * unit, bottom))
            x += row.part(name) * unit
    for name, fill in _PARTS:
        drawn = [box for box in boxes[name] if box[2] > box[0]]
        sheet.boxes(drawn, fill, edge=OUTLINE, edge_width=0.4)
    ticks = [(zero - lost * unit, str(lost)), (zero, "0"), (zero + answered * unit, f"{answered} people")]
    draw_ticks(sheet, ticks[0 if lost * unit > _GAP else 1 :], places)
    sheet.line([(zero, places[0].start), (zero, places[-1].end)], width=0.8)


def _summary(rows: Sequence[AttritionRow]) -> str:
    first = rows[0].group
    numbers = ", ".join(
        f"{row.responded} in {row.round}" for row in rows if row.group == first and not row.hidden
    )
    groups = len({row.group for row in rows})
    return f"Of {groups} rows of bars the first, {first}: {numbers or 'hidden'} answered."
