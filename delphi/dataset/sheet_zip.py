"""What an XLSX file is packed as: looked at in its directory, before anything is unpacked."""

import io
import zipfile

from delphi.dataset.sheet import SheetRefused, refused

MOST_PARTS = 300
LARGEST_UNPACKED_BYTES = 24 * 2**20
LARGEST_RATIO = 100
SMALLEST_JUDGED_BYTES = 2**20  # a small part that packs well does no harm
_ENCRYPTED = 0x1
_BOMB_ADVICE = "It does not look like a table. Save the table as CSV and send that."


def check_packing(data: bytes) -> None:
    """Raise `SheetRefused` unless `data` is a workbook that is safe to unpack."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = packed.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        raise damaged() from None
    _check_sizes(parts)
    _check_names([part.filename for part in parts])


def damaged() -> SheetRefused:
    """The refusal of a file that cannot be read."""
    return refused(
        "The file is damaged or is no XLSX workbook.",
        "Open it in your spreadsheet program, save it as XLSX again, and send the new file.",
    )


def _check_sizes(parts: list[zipfile.ZipInfo]) -> None:
    if len(parts) > MOST_PARTS:
        raise refused(f"The file has {len(parts)} parts inside.", _BOMB_ADVICE)
    if sum(part.file_size for part in parts) > LARGEST_UNPACKED_BYTES:
        largest = LARGEST_UNPACKED_BYTES // 2**20
        raise refused(f"Unpacked, the file would be larger than {largest} MB.", _BOMB_ADVICE)
    for part in parts:
        if part.flag_bits & _ENCRYPTED:
            raise locked()
        if part.file_size > max(SMALLEST_JUDGED_BYTES, LARGEST_RATIO * part.compress_size):
            raise refused("A part of the file is packed more tightly than a table ever is.", _BOMB_ADVICE)


def locked() -> SheetRefused:
    """The refusal of a file that asks for a password, or is of the old kind."""
    return refused(
        "The file is an old .xls workbook, or it is locked with a password.",
        "Save it as XLSX without a password and send that.",
    )


def _check_names(names: list[str]) -> None:
    known = {name.casefold() for name in names}
    if any(name.endswith("vbaproject.bin") for name in known):
        raise macros()
    if "xl/workbook.xml" not in known:
        raise refused(
            "The file is packed like a workbook, and there is none in it.",
            "Save the table as XLSX or CSV and send that.",
        )
    if any(name.startswith("xl/media/") for name in known):
        raise refused(
            "The file holds pictures. A picture cannot be read as text.",
            "Delete the pictures, or save the table as CSV, and send that.",
        )


def macros() -> SheetRefused:
    """The refusal of a workbook with programs in it."""
    return refused(
        "The file holds macros. We take no files that can run programs.",
        "Save it as XLSX (without macros) or CSV and send that.",
    )
