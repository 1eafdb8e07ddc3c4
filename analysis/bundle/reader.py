"""Reads a bundle: a folder or a zip, whole or not at all, every fault of every file at once."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

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
    REQUIRED_FILES,
    STUDY_FILE,
    TEXT_FILE,
    WORDING_FILE,
    Table,
    text_table,
    wording_table,
)
from analysis.bundle.container import Files, files_in, files_in_zip
from analysis.bundle.faults import BundleError, Fault, Reading
from analysis.bundle.tables import Rows, read_table
from analysis.bundle.text import decoded
from analysis.bundle.toml_lines import line_of, undotted
from analysis.bundle.toml_reader import Definitions, Part, read_toml
from analysis.study.protocol import Protocol
from analysis.study.published import Published
from analysis.study.records import (
    Comment,
    DigestLine,
    LineageStep,
    Outcome,
    Panellist,
    Ranking,
    Rating,
    StudyText,
    Vote,
    Wording,
)
from analysis.study.study import Study
from analysis.study.values import InvalidStudy

Value = TypeVar("Value")
Record = TypeVar("Record")
_NOTHING_PUBLISHED = Definitions(Published(), {})


@dataclass(frozen=True, slots=True)
class _Parts:
    """Every part of a bundle that could be read by itself, with the lines that its rows stand on."""

    protocol: Definitions[Protocol]
    published: Definitions[Published]
    outcomes: Rows[Outcome]
    lineage: Rows[LineageStep]
    panel: Rows[Panellist]
    ratings: Rows[Rating]
    rankings: Rows[Ranking]
    ballots: Rows[Vote]
    comments: Rows[Comment]
    digest: Rows[DigestLine]
    wordings: dict[str, Rows[Wording]]
    texts: dict[str, Rows[StudyText]]
    documents: dict[str, str]


def read(path: Path) -> Study:
    """Return the study in the folder or zip at `path`; raises `BundleError` with every fault."""
    return _study(files_in(path))


def unpacked(data: bytes, *, name: str = "bundle.zip") -> Study:
    """Return the study in the zip `data`, which faults call `name`; raises `BundleError` with every fault."""
    return _study(files_in_zip(data, name=name))


def _study(files: Reading[Files]) -> Study:
    if files.value is None:
        raise BundleError(files.faults)
    reader = _Reader(files.value)
    parts = reader.parts()
    faults = (*files.faults, *reader.faults)
    if faults or parts is None:
        raise BundleError(_in_order(faults))
    try:
        return Study(
            protocol=parts.protocol.part,
            outcomes=parts.outcomes.records,
            lineage=parts.lineage.records,
            panel=parts.panel.records,
            ratings=parts.ratings.records,
            rankings=parts.rankings.records,
            ballots=parts.ballots.records,
            comments=parts.comments.records,
            digest=parts.digest.records,
            wordings=tuple(wording for rows in parts.wordings.values() for wording in rows.records),
            texts=tuple(text for rows in parts.texts.values() for text in rows.records),
            published=parts.published.part,
            documents=parts.documents,
        )
    except InvalidStudy as error:
        raise BundleError(_in_order(_placed(error, parts))) from error


class _Reader:
    """Reads file by file and gathers the faults."""

    def __init__(self, files: Files) -> None:
        self.faults: list[Fault] = []
        for name in REQUIRED_FILES:
            if name not in files:
                self.faults.append(Fault(name, None, "", "", "this file (a table may hold only its header)"))
        texts = {name: self.kept(decoded(name, data)) for name, data in sorted(files.items())}
        self.texts = {name: text for name, text in texts.items() if text is not None}

    def kept(self, reading: Reading[Value]) -> Value | None:
        self.faults += reading.faults
        return reading.value

    def parts(self) -> _Parts | None:
        protocol = self.definitions(STUDY_FILE, Protocol)
        worded = sorted(found[1] for found in map(WORDING_FILE.fullmatch, self.texts) if found)
        translated = sorted(found[1] for found in map(TEXT_FILE.fullmatch, self.texts) if found)
        rest = partial(
            _Parts,
            published=self.definitions(PUBLISHED_FILE, Published) or _NOTHING_PUBLISHED,
            outcomes=self.rows(OUTCOMES),
            lineage=self.rows(LINEAGE),
            panel=self.rows(PANEL),
            ratings=self.rows(RATINGS),
            rankings=self.rows(RANKINGS),
            ballots=self.rows(BALLOTS),
            comments=self.rows(COMMENTS),
            digest=self.rows(DIGEST),
            wordings={language: self.rows(wording_table(language)) for language in worded},
            texts={language: self.rows(text_table(language)) for language in translated},
            documents={name: self.texts[name] for name in DOCUMENT_FILES if name in self.texts},
        )
        return rest(protocol=protocol) if protocol else None

    def definitions(self, file: str, kind: type[Part]) -> Definitions[Part] | None:
        text = self.texts.get(file)
        return None if text is None else self.kept(read_toml(text, file=file, kind=kind))

    def rows(self, table: Table[Record]) -> Rows[Record]:
        text = self.texts.get(table.file)
        return (self.kept(read_table(table, text)) if text is not None else None) or Rows()


def _placed(error: InvalidStudy, parts: _Parts) -> Iterator[Fault]:
    """Yield each problem between the parts with the line that it stands on."""
    rows: dict[str, tuple[int, ...]] = {
        OUTCOMES.file: parts.outcomes.lines,
        LINEAGE.file: parts.lineage.lines,
        PANEL.file: parts.panel.lines,
        RATINGS.file: parts.ratings.lines,
        RANKINGS.file: parts.rankings.lines,
        BALLOTS.file: parts.ballots.lines,
        COMMENTS.file: parts.comments.lines,
        DIGEST.file: parts.digest.lines,
    }
    rows |= {wording_table(language).file: part.lines for language, part in parts.wordings.items()}
    rows |= {text_table(language).file: part.lines for language, part in parts.texts.items()}
    keys = {STUDY_FILE: parts.protocol.lines, PUBLISHED_FILE: parts.published.lines}
    for problem in error.problems:
        if problem.row is not None:
            line: int | None = rows[problem.table][problem.row]
        else:
            line = line_of(keys.get(problem.table, {}), undotted(problem.field))
        yield Fault(problem.table, line, problem.field, problem.found, problem.expected)


def _in_order(faults: Iterable[Fault]) -> list[Fault]:
    """Return each fault once, file by file and line by line."""
    places = {name: place for place, name in enumerate(KNOWN_FILES)}

    def place(fault: Fault) -> tuple[int, str, int]:
        return places.get(fault.file, len(places)), fault.file, fault.line or 0

    return sorted(dict.fromkeys(faults), key=place)
