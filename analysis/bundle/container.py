"""The files of a bundle, from a folder or a zip alike: nothing is unpacked to disk, nothing is followed."""

import io
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from analysis.bundle.columns import KNOWN_FILES, TEXT_FILE, WORDING_FILE
from analysis.bundle.faults import Fault, Reading

MOST_FILES = 100
LARGEST_TABLE_BYTES = 64 * 2**20
LARGEST_TEXT_BYTES = 4 * 2**20
LARGEST_BUNDLE_BYTES = 192 * 2**20
LARGEST_RATIO = 100
SMALLEST_JUDGED_BYTES = 2**20  # a small file that packs well does no harm
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1
_END_BYTES, _COUNT_AT, _COUNTED_ELSEWHERE = 22, 10, 0xFFFF
_OUTSIDE = re.compile(r"(^|[/\\])\.\.([/\\]|$)|^[/\\]|^[A-Za-z]:")

Files = dict[str, bytes]


def files_in(path: Path) -> Reading[Files]:
    """Return the files of the folder or zip at `path`, by name; what must not be in a bundle is left out."""
    place = path.resolve()  # so that "." has a name, too
    if place.is_dir():
        return _folder_files(place)
    if not place.is_file():
        return _nothing(path.name, "", "a folder, or a zip of one")
    size = place.stat().st_size
    if size > LARGEST_BUNDLE_BYTES:
        return _nothing(path.name, f"{size} bytes", f"at most {LARGEST_BUNDLE_BYTES} bytes")
    return files_in_zip(place.read_bytes(), name=path.name)


def files_in_zip(data: bytes, *, name: str = "bundle.zip") -> Reading[Files]:
    """Return the files of the zip in `data`, by name; `name` is what faults call the zip."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if not _is_whole(packed, data):
                return _nothing(name, f"{len(packed.infolist())} files", "as many files as the zip declares")
            return _zip_files(packed, name)
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        return _nothing(name, str(error), "a folder, or a zip that is whole")


def is_known(name: str) -> bool:
    """Say whether `name` is a file that a bundle may hold."""
    return name in KNOWN_FILES or any(kind.fullmatch(name) for kind in (WORDING_FILE, TEXT_FILE))


def _folder_files(folder: Path) -> Reading[Files]:
    entries = sorted(folder.iterdir())
    faults = list(_name_faults([entry.name for entry in entries], folder.name))
    files: Files = {}
    left = LARGEST_BUNDLE_BYTES
    for entry in entries[:MOST_FILES]:
        status = entry.lstat()
        wrong = _wrong_kind(status.st_mode) or wrong_size(entry.name, status.st_size, left)
        if wrong:
            faults.append(Fault(entry.name, None, "", *wrong))
        elif is_known(entry.name):
            files[entry.name] = entry.read_bytes()
            left -= len(files[entry.name])
    return Reading(files, tuple(faults))


def _zip_files(packed: zipfile.ZipFile, name: str) -> Reading[Files]:
    members = packed.infolist()
    faults = list(_name_faults([member.filename for member in members], name))
    files: Files = {}
    left = LARGEST_BUNDLE_BYTES
    for member in members[:MOST_FILES]:
        wrong = _wrong_member(member) or wrong_size(member.filename, member.file_size, left)
        if wrong:
            faults.append(Fault(member.filename, None, "", *wrong))
        elif is_known(member.filename) and member.filename not in files:
            data = _unpacked(packed, member)
            if data is None:
                faults.append(Fault(member.filename, None, "", "damaged data", "a zip that is whole"))
            else:
                files[member.filename] = data
                left -= len(data)
    return Reading(files, tuple(faults))


def _is_whole(packed: zipfile.ZipFile, data: bytes) -> bool:
    """Say whether all the files that the end of the zip counts are in its directory: zipfile does not."""
    end = len(data) - len(packed.comment) - _END_BYTES
    declared = int.from_bytes(data[end + _COUNT_AT : end + _COUNT_AT + 2], "little")
    return declared in (len(packed.infolist()), _COUNTED_ELSEWHERE)


def _unpacked(packed: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes | None:
    """Return the member's bytes, never more than it declares; None if they are not what the zip says."""
    try:
        with packed.open(member) as opened:
            return opened.read(member.file_size)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError):
        return None


def _name_faults(names: list[str], container: str) -> Iterator[Fault]:
    if len(names) > MOST_FILES:
        yield Fault(container, None, "", f"{len(names)} files", f"at most {MOST_FILES} files")
    seen: set[str] = set()
    for name in names[:MOST_FILES]:
        if name.casefold() in seen:
            yield Fault(name, None, "", name, "each file only once")
        elif _OUTSIDE.search(name):
            yield Fault(name, None, "", name, "a plain file name: nothing outside the bundle")
        elif "/" in name or "\\" in name:
            yield Fault(name, None, "", name, "the files themselves, not in a folder inside the bundle")
        elif not is_known(name):
            known = ", ".join((*KNOWN_FILES, "outcomes.<language>.csv"))
            yield Fault(name, None, "", name, f"one of: {known}")
        seen.add(name.casefold())


def _wrong_kind(mode: int) -> tuple[str, str] | None:
    if stat.S_ISREG(mode):
        return None
    if stat.S_ISLNK(mode):
        return "a link", "the file itself"
    return ("a folder" if stat.S_ISDIR(mode) else "no ordinary file"), "a file"


def wrong_size(name: str, size: int, left: int) -> tuple[str, str] | None:
    """Say what is wrong, if anything, with a file of `size` bytes where a bundle has `left` bytes left."""
    largest = LARGEST_TABLE_BYTES if name.endswith(".csv") else LARGEST_TEXT_BYTES
    if size > largest:
        return f"{size} bytes", f"at most {largest} bytes"
    if size > left:
        return f"{size} more bytes", f"at most {LARGEST_BUNDLE_BYTES} bytes in all files"
    return None


def _wrong_member(member: zipfile.ZipInfo) -> tuple[str, str] | None:
    mode = member.external_attr >> 16
    if member.is_dir():
        return "a folder", "a file"
    if stat.S_IFMT(mode) and not stat.S_ISREG(mode):
        return _wrong_kind(mode)
    if member.flag_bits & _ENCRYPTED:
        return "an encrypted file", "a zip without a password"
    if member.compress_type not in _METHODS:
        return f"packing method {member.compress_type}", "a zip packed the usual way (deflate)"
    if member.file_size > max(SMALLEST_JUDGED_BYTES, LARGEST_RATIO * member.compress_size):
        return f"{member.file_size} bytes packed into {member.compress_size}", f"at most {LARGEST_RATIO} to 1"
    return None


def _nothing(name: str, found: str, expected: str) -> Reading[Files]:
    return Reading(None, (Fault(name, None, "", found, expected),))
