"""What the team wrote together from comments, to be read by panellists."""

import json
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from analysis.study.translation import digest_key
from delphi.domain.ancestry import Sources, all_forms
from delphi.domain.receipt import sha256_of
from delphi.extensions import db
from delphi.models import DigestLine, StudyText
from delphi.standing import Standing
from delphi.web.language import note_untranslated, note_written_in


class Line(NamedTuple):
    """A point of a digest; `language` None: the study's first."""

    text: str
    language: str | None = None


Lines = dict[int | None, tuple[Line, ...]]
Told = dict[int | None, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """Lines by outcome of today, and what is kept of them: the SHA-256 of each outcome's, and its text."""

    lines: dict[int, tuple[str, ...]]
    kept: frozenset[tuple[int, str]]
    texts: dict[str, str]


NO_DIGEST = Digest(lines={}, kept=frozenset(), texts={})


def digest_on(
    outcome_ids: Sequence[int],
    *,
    standing: Standing,
    round_ids: Sequence[int],
    decisions: Sequence[Sources],
) -> Digest:
    """What was written of outcomes, under whatever form they had, in the rounds since the last feedback.

    `decisions`: what was made into what after each of the rounds.
    """
    forms = {outcome_id: all_forms(outcome_id, decisions=decisions) for outcome_id in outcome_ids}
    asked = {form for each in forms.values() for form in each}
    told = told_lines(standing, round_ids, outcome_ids=asked)
    lines = {
        outcome_id: tuple(line for form in each for line in told.get(form, ()))
        for outcome_id, each in forms.items()
    }
    lines = {outcome_id: each for outcome_id, each in lines.items() if each}
    shas = {outcome_id: sha256_of(_text(each)) for outcome_id, each in lines.items()}
    return Digest(
        lines=lines,
        kept=frozenset(shas.items()),
        texts={shas[outcome_id]: _text(each) for outcome_id, each in lines.items()},
    )


def told_lines(
    standing: Standing, round_ids: Sequence[int], *, outcome_ids: Collection[int] | None = None
) -> Told:
    """The newest lines as a panellist reads them: in the language of the page as far as they are translated.

    What is not is told in the language that it was written in, and the page knows which.
    """
    written = digest_lines(round_ids, outcome_ids=outcome_ids)
    first = standing.protocol.study.languages[0]
    foreign = {
        line: line.language or first
        for lines in written.values()
        for line in lines
        if (line.language or first) != standing.language
    }
    translated = _translations(standing, [line.text for line in foreign]) if foreign else {}
    left = {
        line.text: language for line, language in foreign.items() if digest_key(line.text) not in translated
    }
    note_untranslated(left)
    note_written_in(left)

    def told(line: Line) -> str:
        return translated.get(digest_key(line.text), line.text) if line in foreign else line.text

    return {about: tuple(map(told, lines)) for about, lines in written.items()}


def digest_lines(
    round_ids: Sequence[int], *, outcome_ids: Collection[int] | None = None, upto: int | None = None
) -> Lines:
    """The newest lines of each outcome, under None those of the whole round, in the order of the rounds.

    `outcome_ids` None: of all of them. `upto`: the lines as they were after that edition.
    """
    later = aliased(DigestLine)
    newest = select(func.max(later.edition)).where(
        later.round_id == DigestLine.round_id,
        later.outcome_id.is_not_distinct_from(DigestLine.outcome_id),
    )
    if upto is not None:
        newest = newest.where(later.edition <= upto)
    query = select(DigestLine.round_id, DigestLine.outcome_id, DigestLine.text, DigestLine.language).where(
        DigestLine.round_id.in_(round_ids),
        DigestLine.edition == newest.scalar_subquery(),
        DigestLine.text != "",
    )
    if outcome_ids is not None:
        query = query.where(DigestLine.outcome_id.in_(outcome_ids))
    rows = db.session.execute(query.order_by(DigestLine.position)).all()
    lines: dict[int | None, list[Line]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: round_ids.index(row.round_id)):
        lines[row.outcome_id].append(Line(row.text, row.language))
    return {outcome_id: tuple(each) for outcome_id, each in lines.items()}


def newest_edition(round_id: int) -> int:
    """The number of the last save of a round's digest, 0 before the first."""
    query = select(func.max(DigestLine.edition)).where(DigestLine.round_id == round_id)
    return db.session.scalar(query) or 0


def _translations(standing: Standing, texts: Collection[str]) -> dict[str, str]:
    """What these lines say in the language of the page, by key."""
    query = select(StudyText.key, StudyText.text).where(
        StudyText.study_id == standing.study_id,
        StudyText.language == standing.language,
        StudyText.key.in_({digest_key(text) for text in texts}),
        StudyText.text != "",
    )
    return dict(db.session.execute(query).all())


def _text(lines: Sequence[str]) -> str:
    return json.dumps({"digest": lines}, ensure_ascii=False, separators=(",", ":"))
