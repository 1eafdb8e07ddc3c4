"""Writing the digest of a round's comments: two who write at the same time never undo each other."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select

from delphi import audit
from delphi.domain.line_merge import Joined, join_lines
from delphi.extensions import db
from delphi.feedback.digest import Line, Lines, digest_lines, newest_edition
from delphi.models import DigestLine, Round, Study
from delphi.setup.digest_form import GivenBox, GivenDigest


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """A box that is not saved: a line in it was changed here and by somebody else.

    `ours` were written from the edition `base`; `theirs` is the edition that stands beside them.
    """

    ours: tuple[Line, ...]
    base: int
    theirs: int
    joined: Joined[Line]


NO_CLASHES: Mapping[int | None, Clash] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """How many boxes changed; whose lines were joined with somebody else's; which wait for a choice."""

    changed: int
    joined: tuple[int | None, ...]
    clashes: Mapping[int | None, Clash]


def write_digest(
    study_id: int, *, round_id: int, round_code: str, given: GivenDigest, by: str, now: datetime
) -> Written:
    """Add an edition with the lines of each outcome (None: the whole round) whose lines become others.

    What somebody else saved since the page was made is kept, line by line; where both changed the same line,
    nothing of that outcome is saved and the person has to choose. Older editions stay in the database.
    """
    wait_for_others(Round, round_id)
    newest = newest_edition(round_id)
    held = digest_lines([round_id])
    changed: Lines = {}
    joined: list[int | None] = []
    clashes: dict[int | None, Clash] = {}
    for about, box in given.boxes.items():
        result = _join(box, about, round_id=round_id, held=held, newest=newest, language=given.language)
        if isinstance(result, Clash):
            clashes[about] = result
            continue
        if result.lines != held.get(about, ()):
            changed[about] = result.lines
            if result.beside_others:
                joined.append(about)
    if changed:
        _add(changed, round_id=round_id, edition=newest + 1, now=now)
        numbers = {"outcomes": len(changed), "lines": sum(map(len, changed.values()))}
        audit.record(
            db.session,
            at=now,
            actor=by,
            action="digest written",
            study_id=study_id,
            round=round_code,
            **numbers,
        )
    db.session.commit()
    return Written(changed=len(changed), joined=tuple(joined), clashes=clashes)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Result:
    lines: tuple[Line, ...]
    beside_others: bool


def _join(
    box: GivenBox, about: int | None, *, round_id: int, held: Lines, newest: int, language: str | None
) -> _Result | Clash:
    base = (
        digest_lines([round_id], upto=box.base).get(about, ()) if box.base < newest else held.get(about, ())
    )
    now, edition = held.get(about, ()), box.base
    ours = _in_languages(box.texts, known=(*base, *now), language=language)
    if box.theirs is not None:
        theirs = digest_lines([round_id], upto=box.theirs).get(about, ())
        shown = join_lines(base, ours=ours, theirs=theirs)
        if set(range(len(shown.conflicts))) - set(box.choices):
            return Clash(ours=ours, base=edition, theirs=box.theirs, joined=shown)
        ours, base, edition = shown.settled(box.choices), theirs, box.theirs
    joined = join_lines(base, ours=ours, theirs=now)
    if joined.conflicts:
        return Clash(ours=ours, base=edition, theirs=newest, joined=joined)
    return _Result(lines=joined.settled({}), beside_others=now != base)


def _in_languages(
    texts: tuple[str, ...], *, known: tuple[Line, ...], language: str | None
) -> tuple[Line, ...]:
    """The lines, each in the language that it had; those that are new in the chosen one."""
    languages = {line.text: line.language for line in reversed(known)}
    return tuple(Line(text, languages.get(text, language)) for text in texts)


def wait_for_others(table: type[Round] | type[Study], row_id: int) -> None:
    """Begin a write: until the commit nobody else writes this round's digest, or translates this study."""
    connection = db.session.connection()
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    connection.execute(select(table.id).where(table.id == row_id).with_for_update(key_share=True))


def _add(changed: Lines, *, round_id: int, edition: int, now: datetime) -> None:
    key = {"round_id": round_id, "edition": edition, "written_at": now}
    rows = [
        {**key, "outcome_id": about, "position": place, "text": line.text, "language": line.language}
        for about, lines in changed.items()
        for place, line in enumerate(lines or (Line(""),), start=1)
    ]
    db.session.execute(insert(DigestLine), rows)
