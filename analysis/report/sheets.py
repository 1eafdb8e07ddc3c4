"""Figures with a row for each outcome, in sheets that fit a page of paper."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from math import ceil

from matplotlib.figure import Figure

from analysis.figures.drawing import Caption
from analysis.report.parts import Draw

_MOST_ROWS = 32


@dataclass(frozen=True, slots=True)
class Sheet:
    """The outcomes on one sheet, as places, and which sheet of how many it is ("" for the only one)."""

    rows: slice
    which: str

    def titled(self, caption: Caption) -> Caption:
        """Return the caption of a whole figure as that of this sheet."""
        return replace(caption, title=f"{caption.title}{self.which}")


def in_sheets(code: str, n_outcomes: int, draw: Callable[[Sheet], Figure]) -> Iterator[tuple[str, Draw]]:
    """Return a figure as sheets of about the same length: the code of each, and how to draw it."""
    sheets = ceil(n_outcomes / _MOST_ROWS)  # none of no outcome
    size = ceil(n_outcomes / max(1, sheets))
    for at in range(sheets):
        which = f" ({at + 1} of {sheets})" if sheets > 1 else ""
        sheet = Sheet(slice(at * size, (at + 1) * size), which)
        yield f"{code}_{at + 1}" if sheets > 1 else code, partial(draw, sheet)
