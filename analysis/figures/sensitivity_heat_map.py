"""How the verdicts would change under other rules: outcomes by rules, the study's own rule first."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure

from analysis.figures.column_heads import Heads
from analysis.figures.drawing import Caption, Sheet
from analysis.figures.key import Entry, draw_key, draw_letter, key_height
from analysis.figures.outcome_grid import Grid, Span
from analysis.figures.palette import BLANK, CLEAR, INK, RULE
from analysis.figures.paper import MARGIN, RIGHT, Box
from analysis.figures.verdict_marks import FILLS, LETTERS, verdict_entries
from analysis.study.rules import Verdict

_NAMES = 150.0
_LEFT = MARGIN + _NAMES + 12
_WIDEST_CELL = 84.0
_OWN_GAP = 10.0
_ROOM = RIGHT - _LEFT - _OWN_GAP
_MARK = 14.0
_KEY_GAP = 8.0
_SUM_IN = "Number in"
_SUM_DIFFER = "Number that differ"

MOST_RULES = int(_ROOM / 14)  # in a narrower column no letter fits


@dataclass(frozen=True, slots=True)
class OutcomeVerdicts:
    """The verdict on one outcome under each rule, the study's own first."""

    outcome: str
    verdicts: tuple[Verdict, ...]


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """What `sensitivity_heat_map` draws; ValueError where the parts do not fit.

    `rules`: what each is called, in a few words, the study's own first.
    """

    rules: tuple[str, ...]
    outcomes: tuple[OutcomeVerdicts, ...]

    def __post_init__(self) -> None:
        if not self.rules:
            raise ValueError("rules: there is none to draw")
        if len(self.rules) > MOST_RULES:
            raise ValueError(f"rules: {len(self.rules)} do not fit on a page, at most {MOST_RULES} do")
        if not self.outcomes:
            raise ValueError("outcomes: there is none to draw")
        for one in self.outcomes:
            if len(one.verdicts) != len(self.rules):
                raise ValueError(f"outcomes: {one.outcome!r} has not one verdict for each rule")

    def number_in(self, rule: int) -> int:
        """Return how many outcomes are in under a rule."""
        return sum(one.verdicts[rule] is Verdict.IN for one in self.outcomes)

    def number_of_differences(self, rule: int) -> int:
        """Return how many verdicts of a rule are not those of the study's own."""
        return sum(one.verdicts[rule] is not one.verdicts[0] for one in self.outcomes)


def sensitivity_heat_map(sensitivity: Sensitivity, *, caption: Caption) -> Figure:
    """Draw the verdict on each outcome under the study's own rule and under others.

    Parameters
    ----------
    sensitivity : Sensitivity
    caption : Caption

    Returns
    -------
    Figure
        A letter on a shade for each verdict; thick outlines where it is not that of the study's rule; under
        each rule how many outcomes are in, and how many verdicts differ.

    Notes
    -----
    The rule was fixed before the answers came; the others show how much rests on it. They are no menu.
    """
    columns = _columns(len(sensitivity.rules))
    heads = Heads.of(sensitivity.rules, width=columns[0].length - 6, bold=[0])
    names = [one.outcome for one in sensitivity.outcomes]
    grid = Grid.of([*names, _SUM_IN, _SUM_DIFFER], heads=[""], label_width=_NAMES, has_axis=False)
    key = verdict_entries(verdict for one in sensitivity.outcomes for verdict in one.verdicts)
    key.append(Entry("the study’s rule", marker="v", size=6))
    key.append(Entry("not as under the study’s rule", fill=BLANK, outlined=True))
    top = key_height(key) + _KEY_GAP + heads.height + _MARK
    sheet = Sheet(caption, summary=_summary(sensitivity), body=top + grid.height)
    draw_key(sheet, sheet.top, key)
    rows = grid.draw(sheet, sheet.top + top)
    heads.draw(sheet, [column.middle for column in columns], rows[0].start - _MARK)
    sheet.marks([(columns[0].middle, rows[0].start - _MARK / 2)], marker="v", size=6)
    _draw_cells(sheet, sensitivity, columns, rows)
    for at, column in enumerate(columns):
        numbers = (sensitivity.number_in(at), sensitivity.number_of_differences(at) if at else "–")
        for number, row in zip(numbers, rows[-2:], strict=True):
            sheet.write(column.middle, row.middle, str(number), align="center")
    return sheet


def _columns(number: int) -> list[Span]:
    """One column a rule, the first a little apart."""
    width = min(_WIDEST_CELL, _ROOM / number)
    starts = [_LEFT + at * width + (_OWN_GAP if at else 0) for at in range(number)]
    return [Span(start, start + width) for start in starts]


def _draw_cells(
    sheet: Sheet, sensitivity: Sensitivity, columns: Sequence[Span], rows: Sequence[Span]
) -> None:
    cells: dict[Verdict, list[Box]] = {verdict: [] for verdict in LETTERS}
    differing: list[Box] = []
    for one, row in zip(sensitivity.outcomes, rows, strict=False):
        for verdict, column in zip(one.verdicts, columns, strict=True):
            cell = (column.start + 1, row.start + 1, column.end - 1, row.end - 1)
            left, top, right, bottom = cell
            cells[verdict].append((left + 1.5, top + 1.5, right - 1.5, bottom - 1.5))
            draw_letter(sheet, column.middle, row.middle, LETTERS[verdict], FILLS[verdict])
            if verdict is not one.verdicts[0]:
                differing.append(cell)
    for verdict, boxes in cells.items():
        sheet.boxes(boxes, FILLS[verdict], edge=RULE)
    sheet.boxes(differing, CLEAR, edge=INK, edge_width=1.4, order=1.8)


def _summary(sensitivity: Sensitivity) -> str:
    changed = sum(len(set(one.verdicts)) > 1 for one in sensitivity.outcomes)
    return (
        f"Under the study’s rule {sensitivity.number_in(0)} of {len(sensitivity.outcomes)} outcomes are in; "
        f"{changed} have another verdict under at least one of {len(sensitivity.rules) - 1} other rules."
    )
