"""What the team wrote together from comments, to be read by panellists."""

import json
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from delphi.domain.ancestry import Sources, all_forms
from delphi.domain.receipt import sha256_of
from delphi.extensions import db
from delphi.models import DigestLine

Lines = dict[int | None, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """Lines by outcome of today, and what is kept of them: the SHA-256 of each outcome's, and its text."""

    lines: dict[int, tuple[str, ...]]
    kept: frozenset[tuple[int, str]]
    texts: dict[str, str]


NO_DIGEST = Digest(lines={}, kept=frozenset(), texts={})


def digest_on(
    outcome_ids: Sequence[int], *, round_ids: Sequence[int], decisions: Sequence[Sources]
) -> Digest:
    """What was written of outcomes, under whatever form they had, in the rounds since the last feedback.

    `decisions`: what was made into what after each of the rounds.
    """
    forms = {outcome_id: all_forms(outcome_id, decisions=decisions) for outcome_id in outcome_ids}
    written = digest_lines(round_ids, outcome_ids={form for each in forms.values() for form in each})
    lines = {
        outcome_id: tuple(line for form in each for line in written.get(form, ()))
        for outcome_id, each in forms.items()
    }
    lines = {outcome_id: each for outcome_id, each in lines.items() if each}
    shas = {outcome_id: sha256_of(_text(each)) for outcome_id, each in lines.items()}
    return Digest(
        lines=lines,
        kept=frozenset(shas.items()),
        texts={shas[outcome_id]: _text(each) for outcome_id, each in lines.items()},
    )


def digest_lines(round_ids: Sequence[int], *, outcome_ids: Collection[int] | None = None) -> Lines:
    """The newest lines of each outcome, under None those of the whole round, in the order of the rounds.

    `outcome_ids` None: of all of them.
    """
    later = aliased(DigestLine)
    newest = (
        select(func.max(later.written_at))
        .where(
            later.round_id == DigestLine.round_id,
            later.outcome_id.is_not_distinct_from(DigestLine.outcome_id),
        )
        .scalar_subquery()
    )
    query = select(DigestLine.round_id, DigestLine.outcome_id, DigestLine.text).where(
        DigestLine.round_id.in_(round_ids), DigestLine.written_at == newest, DigestLine.text != ""
    )
    if outcome_ids is not None:
        query = query.where(DigestLine.outcome_id.in_(outcome_ids))
    rows = db.session.execute(query.order_by(DigestLine.position)).all()
    lines: dict[int | None, list[str]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: round_ids.index(row.round_id)):
        lines[row.outcome_id].append(row.text)
    return {outcome_id: tuple(each) for outcome_id, each in lines.items()}


def _text(lines: Sequence[str]) -> str:
    return json.dumps({"digest": lines}, ensure_ascii=False, separators=(",", ":"))
