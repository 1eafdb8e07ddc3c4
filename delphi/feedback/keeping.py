"""What changes when feedback is shown: counts are kept as they are, and who was shown what."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from delphi.dataset.feedback_counts import people_who_scored
from delphi.domain.feedback_groups import Parts, ShownBefore, parts_of, shown_before
from delphi.extensions import Base, db
from delphi.feedback.counting import RatedRound, counted, counted_anew, counted_last
from delphi.feedback.kept import Asked, Kept, answers_in, text_of
from delphi.models import FeedbackParts, FeedbackText, KeptFeedback, Round, ShownFeedback
from delphi.standing.writing import require_still_here


def keep_of_closed(
    round_: RatedRound, wanted: Collection[Asked], *, kept: Mapping[Asked, Kept], now: datetime
) -> None:
    """Count the answers of a round that has closed, and keep the counts for good.

    `kept`: what was shown of them while the round was open. Whoever else counts at the same moment, of each
    question one count is kept.
    """
    parts = _parts_decided(round_, now=now)
    _keep(_count_closed(round_, wanted, kept=kept, parts=parts), round_=round_, now=now)


def would_keep_of_closed(
    round_: RatedRound, wanted: Collection[Asked], *, kept: Mapping[Asked, Kept]
) -> dict[Asked, Kept]:
    """What `keep_of_closed` would keep if it were called now, beside what is kept; writes nothing."""
    decided = _decided(round_.round_id)
    parts = _parts_to_decide(round_) if decided is None else decided
    made = _count_closed(round_, wanted, kept=kept, parts=parts)
    return {**kept, **{each.answers.asked: each for each in made}}


def _count_closed(
    round_: RatedRound, wanted: Collection[Asked], *, kept: Mapping[Asked, Kept], parts: Parts
) -> list[Kept]:
    shown_before = {asked for asked in wanted if asked in kept}
    first = counted(round_, set(wanted) - shown_before, parts=parts)
    return [*first, *counted_last(round_, shown_before, kept=kept, parts=parts)]


def keep_of_open(
    round_: RatedRound, wanted: Collection[Asked], *, kept: Mapping[Asked, Kept], now: datetime
) -> bool:
    """Count the answers of an open round anew as far as enough of them are new; return whether any were."""
    made = counted_anew(round_, wanted, kept=kept, before=_shown_before(round_.round_id))
    if made:
        _keep(made, round_=round_, now=now)
    return bool(made)


def keep_shown(
    shown: Iterable[tuple[int, str]],
    *,
    texts: Mapping[str, str],
    round_id: int,
    panellist_id: int,
    now: datetime,
) -> None:
    """Keep that a panellist was shown feedback on outcomes in a round: pairs of outcome and SHA-256.

    `texts`: what of it is not kept yet, by SHA-256. Of somebody who has left the study meanwhile nothing is
    kept: Conflict. The panellist is locked first, so that who leaves does so before or after, not in between.
    """
    require_still_here(panellist_id)
    key = {"round_id": round_id, "panellist_id": panellist_id, "shown_at": now}
    _add_new(FeedbackText, _text_rows(texts))
    _add_new(ShownFeedback, [{**key, "outcome_id": outcome, "sha256": sha256} for outcome, sha256 in shown])
    db.session.commit()


def _parts_decided(round_: RatedRound, *, now: datetime) -> Parts:
    """Which groups are counted together in a round that has closed: decided by the first who asks."""
    decided = _decided(round_.round_id)
    if decided is None:
        parts = [list(part) for part in _parts_to_decide(round_)]
        row = {"round_id": round_.round_id, "parts": parts, "decided_at": now}
        _add_new(FeedbackParts, [row])
        decided = _decided(round_.round_id) or ()
    return decided


def _decided(round_id: int) -> Parts | None:
    query = select(FeedbackParts.parts).where(FeedbackParts.round_id == round_id)
    decided = db.session.scalar(query)
    return None if decided is None else tuple(tuple(part) for part in decided)


def _parts_to_decide(round_: RatedRound) -> Parts:
    scored = people_who_scored(round_.round_id)
    people = {group: scored.get(group, 0) for group in round_.protocol.group_codes}
    before = _shown_before(round_.round_id, or_in_it=True)
    return parts_of(people, minimum=round_.minimum, before=before)


def _shown_before(round_id: int, *, or_in_it: bool = False) -> ShownBefore:
    """How groups were shown in earlier rounds of the study, or also in this one while it was open."""
    this = select(Round.study_id, Round.position).where(Round.id == round_id).subquery()
    last = this.c.position if or_in_it else this.c.position - 1
    in_study = (this.c.study_id == Round.study_id) & (Round.position <= last)
    decided = select(FeedbackParts.parts).join(Round, Round.id == FeedbackParts.round_id).join(this, in_study)
    texts = (
        select(FeedbackText.text)
        .join(KeptFeedback, KeptFeedback.sha256 == FeedbackText.sha256)
        .join(Round, Round.id == KeptFeedback.round_id)
        .join(this, in_study)
    )
    parts = [tuple(part) for each in db.session.scalars(decided) for part in each]
    kept = [part for text in db.session.scalars(texts) for part in answers_in(text).parts]
    return shown_before((*parts, *kept))


def _keep(made: Sequence[Kept], *, round_: RatedRound, now: datetime) -> None:
    rows = [
        {
            "round_id": round_.round_id,
            "outcome_id": each.answers.outcome_id,
            "criterion": each.answers.criterion,
            "number": each.number,
            "sha256": each.sha256,
            "kept_at": now,
        }
        for each in sorted(made, key=lambda each: each.answers.asked)
    ]
    _add_new(KeptFeedback, rows)
    # Only now is it known whose count is kept: another's text would hold numbers that nobody was shown.
    key = (KeptFeedback.outcome_id, KeptFeedback.criterion, KeptFeedback.number)
    query = select(*key, KeptFeedback.sha256).where(
        KeptFeedback.round_id == round_.round_id,
        KeptFeedback.outcome_id.in_({each.answers.outcome_id for each in made}),
    )
    there = {tuple(row) for row in db.session.execute(query)}
    ours = [each for each in made if (*each.answers.asked, each.number, each.sha256) in there]
    _add_new(FeedbackText, _text_rows({each.sha256: text_of(each.answers) for each in ours}))
    db.session.commit()


def _text_rows(texts: Mapping[str, str]) -> list[dict[str, str]]:
    """Rows of texts in the same order for everybody, so that two who add the same cannot block each other."""
    return [{"sha256": sha256, "text": text} for sha256, text in sorted(texts.items())]


def _add_new(table: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """Add the rows that are not there yet, whoever else adds them at the same moment."""
    if not rows:
        return
    connection = db.session.connection()
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    connection.execute(insert(table).on_conflict_do_nothing(), list(rows))
