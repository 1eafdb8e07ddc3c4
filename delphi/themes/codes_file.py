"""Comments and their themes as CSV, with what may be passed on of each text."""

import csv
import io
from collections.abc import Iterable

from analysis.bundle.formulas import escaped, is_formula
from delphi.themes.pages import CommentLine

COLUMNS = ("comment", "kind", "outcome", "group", "themes", "marked", "text")
BETWEEN_THEMES = "; "


def codes_csv(lines: Iterable[CommentLine]) -> str:
    """Return the table; a cell that a spreadsheet would take for a formula is escaped."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for line in lines:
        cells = (
            line.number,
            line.kind,
            line.outcome,
            line.group,
            BETWEEN_THEMES.join(line.themes),
            "yes" if line.original else "",
            line.text,
        )
        writer.writerow([escaped(cell) if is_formula(cell) else cell for cell in cells])
    return text.getvalue()
