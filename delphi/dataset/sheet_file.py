"""Which kind of file was sent: told by its first bytes, held against its name."""

from pathlib import PurePath

from delphi.dataset.sheet import LARGEST_SHEET_BYTES, Sheet, refused
from delphi.dataset.sheet_csv import sheet_of_csv
from delphi.dataset.sheet_xlsx import sheet_of_xlsx
from delphi.dataset.sheet_zip import locked, macros

_ZIP, _OLD_OFFICE = b"PK", b"\xd0\xcf\x11\xe0"
_OTHERS = {
    b"\x89PNG": "a picture (PNG)",
    b"\xff\xd8\xff": "a picture (JPEG)",
    b"GIF8": "a picture (GIF)",
    b"%PDF": "a PDF",
    b"{\\rtf": "a text document (RTF)",
    b"\x1f\x8b": "a packed file (gzip)",
    b"7z\xbc\xaf": "a packed file (7z)",
    b"Rar!": "a packed file (RAR)",
}
_TEXT_ENDINGS = frozenset({".csv", ".txt", ".tsv"})
_MACRO_ENDINGS = frozenset({".xlsm", ".xltm", ".xlsb", ".xlam"})


def sheet_of_file(data: bytes, *, name: str) -> Sheet:
    """Return the table in a file that was sent as `name`; raises `SheetRefused` with all that is wrong."""
    ending = PurePath(name).suffix.casefold()
    if not data:
        raise refused("The file is empty.", "Choose a file with a table in it.")
    if len(data) > LARGEST_SHEET_BYTES:
        most = LARGEST_SHEET_BYTES / 1_000_000
        raise refused(f"The file is larger than {most} MB.", "Send only the table, without pictures.")
    if ending in _MACRO_ENDINGS:
        raise macros()
    for start, kind in _OTHERS.items():
        if data.startswith(start):
            raise refused(f"The file is {kind}, no spreadsheet.", "Send the table as XLSX or CSV.")
    if data.startswith(_OLD_OFFICE) or ending == ".xls":
        raise locked()
    if data.startswith(_ZIP):
        return _workbook(data, ending)
    if ending in _TEXT_ENDINGS:
        return sheet_of_csv(data)
    raise refused(
        f"We cannot tell what kind of file it is: its name ends in “{ending[:10]}”."
        if ending
        else "We cannot tell what kind of file it is: its name has no ending.",
        "Save the table as XLSX (.xlsx) or CSV (.csv) and send that.",
    )


def _workbook(data: bytes, ending: str) -> Sheet:
    if ending != ".xlsx":
        raise refused(
            f"The file is packed like a workbook, and its name ends in “{ending[:10]}”.",
            "Save the table as XLSX (.xlsx) or CSV (.csv) and send that.",
        )
    return sheet_of_xlsx(data)
