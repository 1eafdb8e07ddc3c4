"""Verifying the trail against its seals: which is the first whose rows are not as they were."""

from dataclasses import dataclass
from itertools import chain

from sqlalchemy import Connection, func, select

from delphi.audit.chain import BEFORE_ALL, OpenGaps, Seal, digest_of, heading, rows_between, rows_with, seals
from delphi.models import AuditRow

NAMED_AT_MOST = 5


@dataclass(frozen=True, kw_only=True)
class Break:
    """The first seal that does not hold: its number, and what is wrong in a sentence."""

    seal: int
    sentence: str


@dataclass(frozen=True, kw_only=True)
class Verified:
    """What was found: seals and rows that hold, rows that no seal holds yet, and the first break."""

    seals: int
    rows: int
    unsealed: int
    first_break: Break | None

    @property
    def is_whole(self) -> bool:
        """Whether every seal holds."""
        return self.first_break is None


def verify_trail(connection: Connection, *, kept_head: str | None = None) -> Verified:
    """Check every seal, oldest first, up to the first that does not hold.

    `kept_head`: a seal's SHA-256 that somebody kept elsewhere; it must be in the chain. Without one, whoever
    can write to the database can make the whole chain anew.
    """
    last: Seal | None = None
    gaps, found = OpenGaps(), seals(connection)
    closed: dict[int, int] = {}
    rows = 0
    for seal in found:
        problem = _problem_with(connection, seal, last, gaps)
        if problem:
            return Verified(
                seals=seal.number - 1,
                rows=rows,
                unsealed=0,
                first_break=Break(seal=seal.number, sentence=problem),
            )
        closed |= dict.fromkeys(gaps.closing(at=seal.sealed_at) - set(seal.late), seal.number)
        gaps.go_past(seal)
        rows, last = rows + seal.rows, seal
    return Verified(
        seals=len(found),
        rows=rows,
        unsealed=_unsealed(connection, last, gaps),
        first_break=_put_in(connection, closed) or _other_chain(found, kept_head),
    )


def _problem_with(connection: Connection, seal: Seal, last: Seal | None, gaps: OpenGaps) -> str:
    """What is wrong with a seal in a sentence, empty if it holds."""
    if seal.number != (1 if last is None else last.number + 1):
        return f"The seal before seal {seal.number} is missing."
    after = None if last is None else last.up_to
    passed_over = set(seal.gaps)
    late = rows_with(connection, seal.late)
    rows = (
        row for row in rows_between(connection, after=after, up_to=seal.up_to) if row.id not in passed_over
    )
    sealed_at = seal.sealed_at
    own = heading(number=seal.number, up_to=seal.up_to, gaps=seal.gaps, late=seal.late, sealed_at=sealed_at)
    before = BEFORE_ALL if last is None else last.sha256
    sha256, ids = digest_of(before=before, seal=own, rows=chain(late, rows))
    if sha256 == seal.sha256 and len(ids) == seal.rows and set(seal.late) <= set(gaps.since):
        return ""
    expected = {*range((after or 0) + 1, seal.up_to + 1), *seal.late} - passed_over
    return _in_words(missing=expected - set(ids), added=set(ids) - expected)


def _in_words(*, missing: set[int], added: set[int]) -> str:
    if missing:
        return f"Rows are missing: {_named(missing)}."
    if added:
        return f"Rows were added: {_named(added)}."
    return "A row, or the seal itself, was changed."


def _named(ids: set[int]) -> str:
    first = ", ".join(f"number {number}" for number in sorted(ids)[:NAMED_AT_MOST])
    return first if len(ids) <= NAMED_AT_MOST else f"{first} and {len(ids) - NAMED_AT_MOST} more"


def _put_in(connection: Connection, closed: dict[int, int]) -> Break | None:
    """Rows whose ids had been passed over, and were closed for good before they came."""
    rows = rows_with(connection, closed)
    if not rows:
        return None
    first = min(closed[row.id] for row in rows)
    return Break(seal=first, sentence=_in_words(missing=set(), added={row.id for row in rows}))


def _other_chain(found: list[Seal], kept_head: str | None) -> Break | None:
    if kept_head is None or any(seal.sha256 == kept_head for seal in found):
        return None
    number = len(found) + 1
    return Break(seal=number, sentence="The seal that you kept is not in the chain: it was made anew or cut.")


def _unsealed(connection: Connection, last: Seal | None, gaps: OpenGaps) -> int:
    newer = select(func.count()).select_from(AuditRow).where(AuditRow.id > (last.up_to if last else 0))
    return (connection.scalar(newer) or 0) + len(rows_with(connection, gaps.since))
