"""Writes a bundle that reads back as the same study: equal studies give equal bytes, whole or not at all."""

import io
import secrets
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

from analysis.bundle.columns import (
    BALLOTS,
    COMMENTS,
    DIGEST,
    DOCUMENT_FILES,
    KNOWN_FILES,
    LINEAGE,
    OUTCOMES,
    PANEL,
    PUBLISHED_FILE,
    RANKINGS,
    RATINGS,
    SCHEMA_FILE,
    STUDY_FILE,
    text_table,
    wording_table,
)
from analysis.bundle.container import (
    LARGEST_BUNDLE_BYTES,
    LARGEST_RATIO,
    SMALLEST_JUDGED_BYTES,
    Files,
    is_known,
    wrong_size,
)
from analysis.bundle.datapackage import descriptor_text
from analysis.bundle.faults import BundleError, Fault
from analysis.bundle.tables import table_text
from analysis.bundle.text import decoded
from analysis.bundle.toml_text import toml_text
from analysis.study.published import Published
from analysis.study.study import Study

_ZIP_SUFFIX = ".zip"
_TIMESTAMP = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can hold: a bundle has no time of its own
_UNIX, _ORDINARY_FILE = 3, 0o100644 << 16


def write(study: Study, path: Path) -> None:
    """Write `study` into the folder `path`, or into a zip where its name ends in .zip.

    What is there is replaced in one step, and only if it is a bundle. Raises `BundleError` for
    texts that no bundle can hold (NUL, broken Unicode) and for a folder with files of another kind.
    """
    files = bundle_files(study)
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.name.endswith(_ZIP_SUFFIX):
        _replace_file(path, _zipped(files))
    else:
        _replace_folder(path, files)


def packed(study: Study) -> bytes:
    """Return `study` as a zip; raises `BundleError` for texts that no bundle can hold."""
    return _zipped(bundle_files(study))


def bundle_files(study: Study) -> Files:
    """Return the files of `study` by name, in the order of the format."""
    unknown = sorted(set(study.documents) - set(DOCUMENT_FILES))
    if unknown:
        wanted = f"one of: {', '.join(DOCUMENT_FILES)}"
        raise BundleError(Fault(name, None, "", name, wanted) for name in unknown)
    texts = dict(_texts(study))
    texts[SCHEMA_FILE] = descriptor_text(study.protocol.study, files=texts)
    files: Files = {}
    faults: list[Fault] = []
    places = {name: place for place, name in enumerate(KNOWN_FILES)}
    for name in sorted(texts, key=lambda name: (places.get(name, len(places)), name)):
        try:
            files[name] = texts[name].encode("utf-8")
        except UnicodeEncodeError as error:
            line = texts[name].count("\n", 0, error.start) + 1
            faults.append(Fault(name, line, "", repr(error.object[error.start]), "text in Unicode"))
        else:
            faults += decoded(name, files[name]).faults
    faults += _size_faults(files)
    if faults:
        raise BundleError(faults)
    return files


def _size_faults(files: Files) -> Iterator[Fault]:
    left = LARGEST_BUNDLE_BYTES
    for name, data in files.items():
        wrong = wrong_size(name, len(data), left)
        left -= len(data)
        if wrong:
            yield Fault(name, None, "", *wrong)


def _texts(study: Study) -> Iterator[tuple[str, str]]:
    yield STUDY_FILE, toml_text(study.protocol)
    yield OUTCOMES.file, table_text(OUTCOMES, study.outcomes)
    yield LINEAGE.file, table_text(LINEAGE, study.lineage)
    yield PANEL.file, table_text(PANEL, study.panel)
    yield RATINGS.file, table_text(RATINGS, study.ratings)
    if study.rankings:
        yield RANKINGS.file, table_text(RANKINGS, study.rankings)
    if study.ballots:
        yield BALLOTS.file, table_text(BALLOTS, study.ballots)
    if study.comments:
        yield COMMENTS.file, table_text(COMMENTS, study.comments)
    if study.digest:
        yield DIGEST.file, table_text(DIGEST, study.digest)
    for language in sorted({wording.language for wording in study.wordings}):
        table = wording_table(language)
        yield table.file, table_text(table, (w for w in study.wordings if w.language == language))
    for language in sorted({text.language for text in study.texts}):
        texts = text_table(language)
        yield texts.file, table_text(texts, (text for text in study.texts if text.language == language))
    if study.published != Published():
        yield PUBLISHED_FILE, toml_text(study.published)
    for name in DOCUMENT_FILES:
        if name in study.documents:
            yield name, study.documents[name]


def _zipped(files: Files) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in files.items():
            archive.writestr(_member(name), data, compress_type=zipfile.ZIP_DEFLATED, compresslevel=9)
        if any(_looks_like_a_bomb(member) for member in archive.infolist()):
            return _stored(files)
    return buffer.getvalue()


def _stored(files: Files) -> bytes:
    """Return a zip without compression: what packs as well as this, the reader would refuse."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in files.items():
            archive.writestr(_member(name), data)
    return buffer.getvalue()


def _member(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name, date_time=_TIMESTAMP)
    member.create_system, member.external_attr = _UNIX, _ORDINARY_FILE
    return member


def _looks_like_a_bomb(member: zipfile.ZipInfo) -> bool:
    return member.file_size > max(SMALLEST_JUDGED_BYTES, LARGEST_RATIO * member.compress_size)


def _replace_file(path: Path, data: bytes) -> None:
    temporary = _temporary(path)
    try:
        temporary.write_bytes(data)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _replace_folder(path: Path, files: Files) -> None:
    if path.exists():
        _require_bundle(path)
    new = _temporary(path)
    try:
        new.mkdir()
        for name, data in files.items():
            (new / name).write_bytes(data)
        _put(new, path)
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _put(new: Path, path: Path) -> None:
    """Rename `new` to `path`; what was there before goes only once that is done, and else goes back."""
    if not path.exists():
        new.rename(path)
        return
    old = _temporary(path)
    path.rename(old)
    try:
        new.rename(path)
    except OSError:
        old.rename(path)
        raise
    shutil.rmtree(old)


def _temporary(path: Path) -> Path:
    return path.with_name(f".{path.name}.{secrets.token_hex(8)}")


def _require_bundle(path: Path) -> None:
    if not path.is_dir():
        raise BundleError([Fault(path.name, None, "", "a file", "a folder, or a name that ends in .zip")])
    others = sorted(entry.name for entry in path.iterdir() if not is_known(entry.name))
    if others:
        wanted = "a folder that holds a bundle or nothing: it is replaced as a whole"
        raise BundleError([Fault(path.name, None, "", name, wanted) for name in others])
