"""Every table of a bundle, column by column: what the reader, the writer, the schema and the manual go by."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Any, Generic, TypeVar

from analysis.study.records import (
    AnswersAfterLeaving,
    Comment,
    CommentKind,
    DigestLine,
    EntryMode,
    Evidence,
    LineageAction,
    LineageStep,
    Missing,
    Outcome,
    Panellist,
    Ranking,
    Rating,
    StudyText,
    TranslationState,
    Vote,
    Wording,
)
from analysis.study.values import LANGUAGE_PATTERN, Provenance

STUDY_FILE, PUBLISHED_FILE, SCHEMA_FILE = "study.toml", "published.toml", "datapackage.json"
DOCUMENT_FILES = ("README.md", "synthetic.toml")
WORDING_FILE = re.compile(rf"outcomes\.({LANGUAGE_PATTERN.pattern})\.csv")
TEXT_FILE = re.compile(rf"texts\.({LANGUAGE_PATTERN.pattern})\.csv")

Record = TypeVar("Record")


class Kind(StrEnum):
    """What a column's cells hold."""

    CODE = "code"
    CODES = "codes"
    TEXT = "text"
    CHOICE = "choice"
    WHOLE = "whole number"
    MARK = "mark"


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `attribute` is the record's field where its name differs from the column's.

    `choices` are the cells that a CHOICE or MARK allows; `least` is the smallest WHOLE (None: any);
    `refers_to` is the file and column whose codes it uses. A column with a value for `absent` may be left
    out of a file: then every row has that cell.
    """

    name: str
    kind: Kind
    meaning: str
    required: bool = True
    attribute: str = ""
    choices: type[StrEnum] | None = None
    mark: str = ""
    least: int | None = None
    refers_to: tuple[str, str] | None = None
    absent: str | None = None

    @property
    def field(self) -> str:
        """The record's field."""
        return self.attribute or self.name


@dataclass(frozen=True, slots=True)
class Table(Generic[Record]):
    """One CSV file: its columns in the order of the record's fields, and the columns that tell rows apart."""

    file: str
    meaning: str
    columns: tuple[Column, ...]
    record: Callable[..., Record]
    key: tuple[str, ...] = ()
    required: bool = True


_ROUND = Column("round", Kind.CODE, "the round's code in study.toml")
_PERSON = Column("panellist", Kind.CODE, "who", refers_to=("panel.csv", "panellist"))
_OUTCOME = Column("outcome", Kind.CODE, "what about", refers_to=("outcomes.csv", "code"))
_POSITION = Column("position", Kind.WHOLE, "the place given, first = 1", least=1)
_PROVENANCE = Column("provenance", Kind.CHOICE, "where the row comes from", choices=Provenance)
_LABEL, _DESCRIPTOR = "the outcome's name", "what it means, in a sentence or two"
_PLAIN = "the same in plainer words, which are shown first; empty: the descriptor is plain enough"
_TOLD = "the reason as panellists read it, in plainer words; empty: the reason itself"
_LATE = "given after the round had closed, or by somebody whose group was confirmed only then"
_STATE = Column(
    "state",
    Kind.CHOICE,
    "checked: by someone who speaks the language",
    choices=TranslationState,
    absent="draft",
)

OUTCOMES = Table(
    "outcomes.csv",
    "every outcome that ever existed; one that no row of lineage.csv makes is in the starting list",
    (
        Column("code", Kind.CODE, "the outcome's code"),
        Column("label", Kind.TEXT, _LABEL),
        Column("descriptor", Kind.TEXT, _DESCRIPTOR, required=False),
        Column("domain", Kind.TEXT, "the section that it is shown in"),
        _PROVENANCE,
        Column("reason", Kind.TEXT, "why; required where provenance is assumed", required=False),
        Column("plain", Kind.TEXT, _PLAIN, required=False, absent=""),
    ),
    Outcome,
    key=("code",),
)
LINEAGE = Table(
    "lineage.csv",
    "what became of outcomes after a round, one decision a row",
    (
        Column("after", Kind.CODE, "the round's code in study.toml"),
        Column("action", Kind.CHOICE, "what was done", choices=LineageAction),
        Column("from", Kind.CODES, "the outcomes used; empty for added", required=False, attribute="sources"),
        Column("to", Kind.CODES, "what results; empty for dropped", required=False, attribute="results"),
        Column("reason", Kind.TEXT, "why"),
        Column("evidence", Kind.CHOICE, "what the decision rests on", choices=Evidence),
        _PROVENANCE,
        Column("told", Kind.TEXT, _TOLD, required=False, absent=""),
    ),
    LineageStep,
)
PANEL = Table(
    "panel.csv",
    "who was invited, by code; never a name or an address",
    (
        Column("panellist", Kind.CODE, "the person's code", attribute="code"),
        Column("group", Kind.CODE, "the stakeholder group's code in study.toml"),
        Column("joined", Kind.CODE, "the round that they joined in"),
        Column("withdrew", Kind.CODE, "the round that they withdrew in", required=False),
        Column(
            "withdrawal_entered",
            Kind.CHOICE,
            "who put in that they withdraw: themselves, a helper, the team from paper; empty: not known",
            required=False,
            choices=EntryMode,
            absent="",
        ),
        Column(
            "withdrawal_answers",
            Kind.CHOICE,
            "what became of their answers then; given where withdrawal_entered is",
            required=False,
            choices=AnswersAfterLeaving,
            absent="",
        ),
    ),
    Panellist,
    key=("panellist",),
)
RATINGS = Table(
    "ratings.csv",
    "one answer a row; who did not answer has no row",
    (
        _ROUND,
        _PERSON,
        _OUTCOME,
        Column("criterion", Kind.CODE, "the question's code in study.toml"),
        Column(
            "score", Kind.WHOLE, "a point of the round's scale, unless missing says why not", required=False
        ),
        Column("missing", Kind.CHOICE, "why there is no score", required=False, choices=Missing),
        Column("late", Kind.MARK, _LATE, required=False, mark="late"),
    ),
    Rating,
    key=("round", "panellist", "outcome", "criterion"),
)
RANKINGS = Table(
    "rankings.csv",
    "one place of one person's order a row",
    (_ROUND, _PERSON, _POSITION, _OUTCOME),
    Ranking,
    key=("round", "panellist", "position"),
    required=False,
)
BALLOTS = Table(
    "ballots.csv",
    "one vote of a workshop a row",
    (_ROUND, Column("ballot", Kind.CODE, "the ballot's code in study.toml"), _PERSON, _POSITION, _OUTCOME),
    Vote,
    key=("round", "ballot", "panellist", "position"),
    required=False,
)
COMMENTS = Table(
    "comments.csv",
    "free text: from each person at most one of a kind on an outcome, and on the round, in a round",
    (
        _ROUND,
        _PERSON,
        Column(
            "outcome",
            Kind.CODE,
            "what about; empty: the whole round",
            required=False,
            refers_to=("outcomes.csv", "code"),
        ),
        Column("comment", Kind.TEXT, "the text"),
        Column("kind", Kind.CHOICE, "what it is for", choices=CommentKind, absent="comment"),
    ),
    Comment,
    required=False,
)
DIGEST = Table(
    "digest.csv",
    "what the team put together from comments, one point a row, in the order in which it is read",
    (
        _ROUND,
        Column(
            "outcome",
            Kind.CODE,
            "what about; empty: the whole round",
            required=False,
            refers_to=("outcomes.csv", "code"),
        ),
        Column("line", Kind.TEXT, "the point"),
        Column(
            "language",
            Kind.TEXT,
            "the language that it is written in; empty: the study's first",
            required=False,
            absent="",
        ),
    ),
    DigestLine,
    required=False,
)
_WORDING_COLUMNS = (
    Column("code", Kind.CODE, "the outcome's code", refers_to=("outcomes.csv", "code")),
    Column("label", Kind.TEXT, _LABEL, required=False),
    Column("descriptor", Kind.TEXT, _DESCRIPTOR, required=False),
    Column("plain", Kind.TEXT, _PLAIN, required=False, absent=""),
    _STATE,
)
_TEXT_COLUMNS = (
    Column("key", Kind.TEXT, "which text of the study, such as rounds.1.label"),
    Column("text", Kind.TEXT, "the text in this language"),
    _STATE,
)

TABLES: tuple[Table[Any], ...] = (OUTCOMES, LINEAGE, PANEL, RATINGS, RANKINGS, BALLOTS, COMMENTS, DIGEST)
REQUIRED_FILES = (STUDY_FILE, *(table.file for table in TABLES if table.required))
KNOWN_FILES = (STUDY_FILE, *(table.file for table in TABLES), PUBLISHED_FILE, SCHEMA_FILE, *DOCUMENT_FILES)


def wording_table(language: str) -> Table[Wording]:
    """Return the table of the outcomes' wording in `language`."""
    meaning = f"the outcomes' wording in the language {language}"
    record = partial(Wording, language)
    return Table(f"outcomes.{language}.csv", meaning, _WORDING_COLUMNS, record, key=("code",), required=False)


def text_table(language: str) -> Table[StudyText]:
    """Return the table of the protocol's texts in `language`."""
    meaning = f"the texts of study.toml, and the domains, in the language {language}"
    record = partial(StudyText, language)
    return Table(f"texts.{language}.csv", meaning, _TEXT_COLUMNS, record, key=("key",), required=False)
