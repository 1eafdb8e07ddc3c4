"""A table as CSV that a spreadsheet may open: a cell that it would take for a formula is escaped."""

import csv
import io
from collections.abc import Iterable, Sequence

from analysis.bundle.formulas import escaped, is_formula


def csv_text(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return header and rows as CSV with plain line ends, the same that the command line prints."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([escaped(cell) if is_formula(cell) else cell for cell in row] for row in rows)
    return text.getvalue()
