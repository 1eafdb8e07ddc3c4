"""From a file's bytes to its text: UTF-8 without a BOM, LF line ends, no NUL."""

from analysis.bundle.faults import Fault, Reading

BOM, NUL, CR = "\ufeff", "\0", "\r"


def decoded(file: str, data: bytes) -> Reading[str]:
    """Return the text of `data`; a BOM and CRLF are faults, but are taken away so that reading can go on."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        found = f"byte 0x{data[error.start]:02X}"
        return Reading(None, (_fault(file, data.count(b"\n", 0, error.start), found, "text in UTF-8"),))
    if NUL in text:
        fault = _fault(file, _line(text, text.index(NUL)), NUL, "text without NUL characters")
        return Reading(None, (fault,))
    faults = []
    if text.startswith(BOM):
        faults.append(_fault(file, 0, "a byte order mark", "UTF-8 without a byte order mark"))
        text = text.removeprefix(BOM)
    at = _line_end_with_cr(text, file.endswith(".csv"))
    if at is not None:
        wanted = "line ends of one LF (in an editor: Unix line ends)"
        faults.append(_fault(file, _line(text, at), text[at : at + 2], wanted))
        text = text.replace("\r\n", "\n").replace(CR, "\n")
    return Reading(text, tuple(faults))


def _line_end_with_cr(text: str, quotes: bool) -> int | None:
    """Return where the first CR is that is not inside a quoted cell: there it belongs to the text."""
    if CR not in text:
        return None
    if not quotes:
        return text.index(CR)
    at = 0
    for number, part in enumerate(text.split('"')):
        if number % 2 == 0 and CR in part:
            return at + part.index(CR)
        at += len(part) + 1
    return None


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at)


def _fault(file: str, lines_before: int, found: str, expected: str) -> Fault:
    return Fault(file, lines_before + 1, "", found, expected)
