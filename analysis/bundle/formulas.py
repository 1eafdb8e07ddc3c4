"""Free text that a spreadsheet would take for a formula: escaped on the way out, found on the way in.

Why which cells: `docs/decisions/010-spreadsheet-formulas.md`.
"""

import re

FORMULA_EXPECTED = "text: put an apostrophe before it ('), or the value instead of the formula"

# A leading apostrophe is only an escape where a character that needs one follows; so 'tis stays as it is,
# and text that itself begins with apostrophes and such a character gets one more.
_STARTS = "=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20"
_NEEDS_ESCAPE = re.compile(f"'*[{_STARTS}]")
_IS_ESCAPED = re.compile(f"'+[{_STARTS}]")

_ALWAYS = tuple("=@\t\r\n\uff1d\uff20")
_SIGNS = tuple("+-\uff0b\uff0d")
_OPERAND = r"(?:\d[\d.,]*%?|\$?[A-Za-z]{1,3}\$?\d+)"
_COMPUTED = (
    re.compile(
        rf"\s*\$?[A-Za-z]{{1,3}}\$?\d+\s*|[\s(+-]*{_OPERAND}(?:[\s()]*[-+*/^&:][\s()+-]*{_OPERAND})+[\s)]*"
    ),
    re.compile(r"[\s+-]*[A-Za-z][\w.]*\(.*\)\s*", re.DOTALL),  # a call, such as SUM(A1:A9)
    re.compile(r".*\|.*!.*", re.DOTALL),  # a command sent to another program
)


def escaped(text: str) -> str:
    """Return `text` with an apostrophe before it where a spreadsheet would take it for a formula."""
    return f"'{text}" if _NEEDS_ESCAPE.match(text) else text


def unescaped(cell: str) -> str:
    """Return the text that `escaped` made `cell` from: `unescaped(escaped(text)) == text` for every text."""
    return cell[1:] if _IS_ESCAPED.match(cell) else cell


def is_formula(cell: str) -> bool:
    """Say whether a spreadsheet would compute `cell`; a list dash or a signed number is ordinary text."""
    if cell.startswith(_ALWAYS):
        return True
    return cell.startswith(_SIGNS) and any(pattern.fullmatch(cell, 1) for pattern in _COMPUTED)
