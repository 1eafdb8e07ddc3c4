"""How often each verdict stays when the panel is drawn again from its own members."""

from dataclasses import dataclass
from math import floor

from matplotlib.figure import Figure

from analysis.figures.drawing import Caption, Sheet
from analysis.figures.key import Entry, draw_key, draw_letter, key_height
from analysis.figures.lettering import width_of
from analysis.figures.outcome_grid import Grid, Span, draw_ticks
from analysis.figures.palette import DARK, PALE, RULE
from analysis.figures.paper import RIGHT
from analysis.figures.verdict_marks import FILLS, LETTERS, verdict_entries
from analysis.study.rules import Verdict

_NAMES = 160.0
_CELL, _CELL_HEIGHT = 16.0, 10.0
_KEY_GAP = 8.0
_NO_SHARE = "not computable"


@dataclass(frozen=True, slots=True)
class StableVerdict:
    """A verdict and the share of resamples in which it stays, 0 to 1; None where there is none."""

    outcome: str
    verdict: Verdict
    share: float | None

    def __post_init__(self) -> None:
        if self.share is not None and not 0 <= self.share <= 1:
            raise ValueError(f"share: {self.share} of {self.outcome!r} is not from 0 to 1")

    @property
    def words(self) -> str:
        """The share in whole per cent, rounded down, so that 100 % means every resample."""
        if self.share is None:
            return _NO_SHARE
        percent = floor(round(self.share * 100, 9))
        return "< 1 %" if percent == 0 < self.share else f"{percent} %"


def verdict_stability(verdicts: tuple[StableVerdict, ...], *, resamples: int, caption: Caption) -> Figure:
    """Draw in what share of resamples of the panel each verdict stays.

    Parameters
    ----------
    verdicts : tuple of StableVerdict
        In the order given.
    resamples : int
        How many were drawn.
    caption : Caption

    Returns
    -------
    Figure
        A dot for each outcome from 0 to 100 %, beside it the verdict's letter and the share in words.

    Raises
    ------
    ValueError
        Where there is no outcome, or `resamples` is below 1.

    Notes
    -----
    A panel is no random sample: the figure shows how much a verdict hangs on who happened to take part, not
    what others would have said.
    """
    if not verdicts:
        raise ValueError("verdicts: there is none to draw")
    if resamples < 1:
        raise ValueError(f"resamples: {resamples} is below 1")
    grid = Grid.of([one.outcome for one in verdicts], heads=[""], label_width=_NAMES)
    key = verdict_entries(one.verdict for one in verdicts)
    key.append(Entry(f"share of {resamples:,} resamples in which the verdict stays", marker="o", line=True))
    sheet = Sheet(caption, summary=_summary(verdicts), body=key_height(key) + _KEY_GAP + grid.height)
    draw_key(sheet, sheet.top, key)
    rows = grid.draw(sheet, sheet.top + key_height(key) + _KEY_GAP)
    letters = grid.columns[0].start + _CELL / 2
    axis = Span(letters + _CELL / 2 + 12, RIGHT - width_of(_NO_SHARE) - 12)
    draw_ticks(sheet, [(axis.start + axis.length * at / 4, f"{25 * at}") for at in range(4)], rows)
    draw_ticks(sheet, [(axis.end, "100 %")], rows)
    for one, row in zip(verdicts, rows, strict=True):
        top, bottom = row.middle - _CELL_HEIGHT / 2, row.middle + _CELL_HEIGHT / 2
        sheet.box((letters - _CELL / 2, top, letters + _CELL / 2, bottom), FILLS[one.verdict], edge=RULE)
        draw_letter(sheet, letters, row.middle, LETTERS[one.verdict], FILLS[one.verdict])
        sheet.write(RIGHT, row.middle, one.words, align="right")
        if one.share is not None:
            x = axis.start + one.share * axis.length
            sheet.line([(axis.start, row.middle), (x, row.middle)], colour=PALE.colour, width=1.6)
            sheet.marks([(x, row.middle)], size=5.5, colour=DARK.colour)
    return sheet


def _summary(verdicts: tuple[StableVerdict, ...]) -> str:
    shares = [(one.share, one.outcome) for one in verdicts if one.share is not None]
    if not shares:
        return "No share could be computed."
    always = sum(share == 1 for share, _ in shares)
    least, outcome = min(shares)
    return (
        f"{always} of {len(verdicts)} verdicts stay in every resample; the least stable is that on "
        f"{outcome}, with {floor(round(least * 100, 9))} %."
    )
