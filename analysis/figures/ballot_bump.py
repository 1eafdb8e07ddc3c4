"""How the places of outcomes changed from ballot to ballot."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby, pairwise

from matplotlib.figure import Figure

from analysis.figures.column_heads import Heads
from analysis.figures.drawing import Align, Caption, Sheet
from analysis.figures.key import Entry, draw_key, key_height
from analysis.figures.lettering import LINE_PITCH, wrapped
from analysis.figures.outcome_grid import Span
from analysis.figures.palette import DARK, HAIRLINE, OUTLINE
from analysis.figures.paper import MARGIN, RIGHT, Point

_PLACE = 22.0  # what "12=" takes beside a name
_LEADER = 22.0  # from there to the first mark
_ROW_PADDING = 5.0
_KEY_GAP = 10.0
_HEAD_GAP = 6.0
_FEW = 4  # ballots that leave room for long names
_MARK, _LINE, _BOLD_LINE = 5.5, 0.9, 2.0
_SIDE_BY_SIDE = 8.0
_PART_OF_A_TIE = 0.6  # of the way between two ballots, at most
_DASHES = (4.0, 2.5)
_NO_PLACE = "–"


@dataclass(frozen=True, slots=True)
class OutcomePlaces:
    """The place of an outcome on each ballot, 1 the first; None where it had none. The same place: a tie."""

    outcome: str
    places: tuple[int | None, ...]
    goes_on: bool


@dataclass(frozen=True, slots=True)
class Ballots:
    """What `ballot_bump` draws; ValueError where the parts do not fit.

    `cut`: how many places of the last ballot go on, with everything tied at the last of them; None where
    no line is to be drawn. An outcome can go on by another rule: `goes_on` says which do.
    """

    ballots: tuple[str, ...]
    outcomes: tuple[OutcomePlaces, ...]
    cut: int | None = None

    def __post_init__(self) -> None:
        if len(self.ballots) < 2:
            raise ValueError(f"ballots: {len(self.ballots)} given; a change of places needs at least two")
        if not self.outcomes:
            raise ValueError("outcomes: there is none to draw")
        if self.cut is not None and self.cut < 1:
            raise ValueError(f"cut: {self.cut} is below 1")
        for one in self.outcomes:
            if len(one.places) != len(self.ballots):
                raise ValueError(f"outcomes: {one.outcome!r} has not one place for each ballot")
            if any(place is not None and place < 1 for place in one.places):
                raise ValueError(f"outcomes: {one.outcome!r} has a place below 1")


def ballot_bump(ballots: Ballots, *, caption: Caption) -> Figure:
    """Draw how the places of outcomes changed from ballot to ballot.

    Parameters
    ----------
    ballots : Ballots
        Places; ties share one.
    caption : Caption

    Returns
    -------
    Figure
        A line for each outcome, its name and place at both ends; those that go on are bold. Tied outcomes
        stand side by side, in the order given, half-way between the rows that they take.

    Notes
    -----
    Rows are places, not points: two neighbours can be close or far apart in votes. An outcome without a
    place on a ballot stands below the others there, without a mark.
    """
    frame = _Frame.of(len(ballots.ballots))
    columns = _columns(ballots)
    names = [wrapped(one.outcome, frame.names, bold=one.goes_on) for one in ballots.outcomes]
    heights = [
        max(len(names[left]), len(names[right])) * LINE_PITCH + _ROW_PADDING
        for left, right in zip(columns[0].order, columns[-1].order, strict=True)
    ]
    key = _key(ballots)
    heads = Heads.of(ballots.ballots, width=frame.step - 6, bold=range(len(columns)))
    top = key_height(key) + _KEY_GAP + heads.height + _HEAD_GAP
    sheet = Sheet(caption, summary=_summary(ballots, columns[-1]), body=top + sum(heights))
    draw_key(sheet, sheet.top, key)
    edges = list(accumulate(heights, initial=sheet.top + top))
    heads.draw(sheet, frame.across, edges[0] - _HEAD_GAP)
    spots = [column.spots(x, edges, frame.step) for column, x in zip(columns, frame.across, strict=True)]
    _draw_lines(sheet, ballots, spots)
    rows = [Span(start, end) for start, end in pairwise(edges)]
    for side, at in zip(frame.sides, (0, -1), strict=True):
        named = [
            (row, ballots.outcomes[outcome], names[outcome])
            for row, outcome in zip(rows, columns[at].order, strict=True)
        ]
        _draw_names(sheet, side, named, columns[at], spots[at])
    if ballots.cut is not None:
        y = edges[columns[-1].rows_within(ballots.cut)]
        sheet.line([(frame.across[-1] - 16, y), (RIGHT, y)], width=1.0, dashes=_DASHES)
    return sheet


@dataclass(frozen=True, slots=True)
class _Side:
    """One end: where names and places stand, how they are aligned, and where the leaders begin."""

    align: Align
    name: float
    place: float
    leader: float


@dataclass(frozen=True, slots=True)
class _Frame:
    """How the width is shared. `names`: what a name may take; `across`: where the ballots stand."""

    names: float
    across: tuple[float, ...]

    @classmethod
    def of(cls, ballots: int) -> "_Frame":
        """Give names less room where there are many ballots."""
        names = 124.0 if ballots <= _FEW else 98.0
        start, end = MARGIN + names + _PLACE + _LEADER, RIGHT - names - _PLACE - _LEADER
        return cls(names, tuple(start + (end - start) * at / (ballots - 1) for at in range(ballots)))

    @property
    def step(self) -> float:
        """From ballot to ballot."""
        return self.across[1] - self.across[0]

    @property
    def sides(self) -> tuple[_Side, _Side]:
        """The left end and the right end."""
        left, right = MARGIN + self.names, RIGHT - self.names
        return (
            _Side("right", left, left + _PLACE, left + _PLACE + 1),
            _Side("left", right, right - _PLACE, right - _PLACE - 1),
        )


@dataclass(frozen=True, slots=True)
class _Column:
    """One ballot. `order`: outcomes from the first row to the last; `ties`: the rows that share a place."""

    order: tuple[int, ...]
    ties: tuple[range, ...]
    places: tuple[int | None, ...]

    def spots(self, x: float, edges: Sequence[float], step: float) -> dict[int, Point]:
        """Return where the mark of each outcome that has a place stands; tied ones side by side."""
        spots: dict[int, Point] = {}
        for tie in self.ties:
            y = (edges[tie[0]] + edges[tie[-1] + 1]) / 2
            apart = min(_SIDE_BY_SIDE, step * _PART_OF_A_TIE / len(tie))
            for at, row in enumerate(tie):
                if self.places[self.order[row]] is not None:
                    spots[self.order[row]] = (x + (at - (len(tie) - 1) / 2) * apart, y)
        return spots

    def words(self, outcome: int) -> str:
        """Return an outcome's place as written beside its name."""
        place = self.places[outcome]
        if place is None:
            return _NO_PLACE
        return f"{place}=" if self.places.count(place) > 1 else str(place)

    def rows_within(self, cut: int) -> int:
        """Return how many rows a cut leaves above it: whoever is tied with the last of them is in."""
        return sum(place is not None and place <= cut for place in self.places)


def _columns(ballots: Ballots) -> list[_Column]:
    """Rank the outcomes of each ballot; tied ones as on the ballot before, those without a place last."""
    columns: list[_Column] = []
    before = list(range(len(ballots.outcomes)))
    for at in range(len(ballots.ballots)):
        places = [one.places[at] for one in ballots.outcomes]
        order = sorted(before, key=lambda at: (places[at] is None, places[at] or 0))
        columns.append(_Column(tuple(order), _ties([places[outcome] for outcome in order]), tuple(places)))
        before = order
    return columns


def _ties(places: Sequence[int | None]) -> tuple[range, ...]:
    """The rows that share a place; a row without one is alone."""
    runs = [
        [row for row, _ in run] for _, run in groupby(enumerate(places), key=lambda at: at[1] or -1 - at[0])
    ]
    return tuple(range(run[0], run[-1] + 1) for run in runs)


def _key(ballots: Ballots) -> list[Entry]:
    key = [
        Entry("goes on", marker="o", size=_MARK, colour=DARK.colour, line=True, line_width=_BOLD_LINE),
        Entry("ends", marker="o", size=_MARK, colour=OUTLINE, hollow=True, line=True, line_width=_LINE),
        Entry("=  shares its place"),
    ]
    if ballots.cut is not None:
        key.append(Entry(f"cut after place {ballots.cut} of the last ballot", line=True, dashes=_DASHES))
    return key


def _draw_lines(sheet: Sheet, ballots: Ballots, spots: Sequence[dict[int, Point]]) -> None:
    for outcome, one in enumerate(ballots.outcomes):
        colour, width, order = (DARK.colour, _BOLD_LINE, 2.2) if one.goes_on else (OUTLINE, _LINE, 2.0)
        for before, after in pairwise(spots):
            if outcome in before and outcome in after:
                sheet.line([before[outcome], after[outcome]], colour=colour, width=width, order=order)
    for goes_on in (False, True):
        marks = [
            spot
            for column in spots
            for outcome, spot in column.items()
            if ballots.outcomes[outcome].goes_on is goes_on
        ]
        colour = DARK.colour if goes_on else OUTLINE
        sheet.marks(marks, size=_MARK, colour=colour, hollow=not goes_on, order=2.5 + goes_on / 10)


def _draw_names(
    sheet: Sheet,
    side: _Side,
    rows: Sequence[tuple[Span, OutcomePlaces, Sequence[str]]],
    column: _Column,
    spots: Mapping[int, Point],
) -> None:
    """Write names and places at one end, and lead from each to its mark."""
    for (row, one, name), outcome in zip(rows, column.order, strict=True):
        sheet.paragraph(side.name, row.middle, name, align=side.align, bold=one.goes_on)
        sheet.write(side.place, row.middle, column.words(outcome), align=side.align, bold=one.goes_on)
        if outcome in spots:
            sheet.line([(side.leader, row.middle), spots[outcome]], colour=HAIRLINE, width=0.7, order=1.5)


def _summary(ballots: Ballots, last: _Column) -> str:
    order = [at for at in last.order if ballots.outcomes[at].goes_on]
    names = "; ".join(ballots.outcomes[at].outcome for at in order) or "none"
    return f"Places of {len(ballots.outcomes)} outcomes on {len(ballots.ballots)} ballots; go on: {names}."
