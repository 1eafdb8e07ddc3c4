"""From a study as a value to rows: whole or not at all."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from analysis.study.study import Study
from delphi import audit
from delphi.dataset.answer_rows import (
    comment_rows,
    place_rows,
    ranking_rows,
    rating_rows,
    vote_rows,
    withdrawal_rows,
)
from delphi.dataset.digests import digest_rows
from delphi.dataset.held_rounds import HeldRound, held_rounds
from delphi.dataset.protocols import PUBLISHED_FILE, text_of
from delphi.dataset.writing import Codes, StudyRefused, add_rows
from delphi.domain.receipt import receipt_text, sha256_of
from delphi.extensions import db
from delphi.models import (
    Comment,
    DigestLine,
    LineageMember,
    LineageStep,
    ListedOutcome,
    Outcome,
    Panellist,
    Ranking,
    RankingPlace,
    Rating,
    Receipt,
    Round,
    Side,
    StakeholderGroup,
    StudyDocument,
    StudyText,
    Vote,
    Withdrawal,
    Wording,
)
from delphi.models import Study as StudyRow


def import_study(
    study: Study, *, by: str, now: datetime, open_round: str | None = None, commits: bool = True
) -> int:
    """Load a study, whole or not at all, and return its id.

    Every round that was held counts as opened and closed `now`; `open_round` is left open, and the rounds
    before it are closed. Raises StudyRefused, with nothing loaded, for a code that is taken, a round that
    cannot be the open one, or a text that is too long. `commits` False: the caller has more to add to it.
    """
    held = held_rounds(study, open_round=open_round)
    try:
        study_id = _add_study(study, held=held, now=now)
        counts = {
            "outcomes": len(study.outcomes),
            "panellists": len(study.panel),
            "ratings": len(study.ratings),
        }
        audit.record(db.session, at=now, actor=by, action="study imported", study_id=study_id, **counts)
        if commits:
            db.session.commit()
    except BaseException:
        db.session.rollback()
        raise
    return study_id


def _add_study(study: Study, *, held: tuple[HeldRound, ...], now: datetime) -> int:
    identity = study.protocol.study
    if db.session.scalar(select(StudyRow.id).where(StudyRow.code == identity.code)) is not None:
        raise StudyRefused("study.code", identity.code, "a code that no study here has yet")
    row = {
        "code": identity.code,
        "title": identity.title,
        "protocol": text_of(study.protocol),
        "created_at": now,
    }
    add_rows(StudyRow, [row])
    study_id = db.session.scalars(select(StudyRow.id).where(StudyRow.code == identity.code)).one()
    _add_documents(study, study_id)
    _add_texts(study, study_id)
    codes = _add_nouns(study, study_id, held=held, now=now)
    _add_lists_and_receipts(study, codes, held=held, now=now)
    _add_lineage(study, study_id, codes)
    _add_answers(study, codes, now=now)
    return study_id


def _add_documents(study: Study, study_id: int) -> None:
    texts = {**study.documents, PUBLISHED_FILE: text_of(study.published)}
    add_rows(
        StudyDocument, [{"study_id": study_id, "name": name, "text": text} for name, text in texts.items()]
    )


def _add_texts(study: Study, study_id: int) -> None:
    fields = ("language", "key", "text", "state")
    rows = [
        {"study_id": study_id, "position": at, **{name: getattr(text, name) for name in fields}}
        for at, text in enumerate(study.texts)
    ]
    add_rows(StudyText, rows)


def _add_nouns(study: Study, study_id: int, *, held: tuple[HeldRound, ...], now: datetime) -> Codes:
    def owned(**values: object) -> dict[str, object]:
        return {"study_id": study_id, **values}

    groups = [owned(code=group.code, position=at) for at, group in enumerate(study.protocol.groups)]
    add_rows(StakeholderGroup, groups)
    states = {round_.code: round_ for round_ in held}
    add_rows(Round, [owned(**_round_row(study, at, states, now)) for at in range(len(study.protocol.rounds))])
    add_rows(Outcome, [owned(**_outcome_row(study, at)) for at in range(len(study.outcomes))])
    codes = Codes.of(study_id)
    people = [owned(**_panellist_row(study, at, codes, now=now)) for at in range(len(study.panel))]
    add_rows(Panellist, people)
    add_rows(Withdrawal, withdrawal_rows(study.panel, Codes.of(study_id), now=now))
    fields = ("language", "label", "descriptor", "plain", "state")
    wordings = [
        {"outcome_id": codes.outcomes[w.code], **{name: getattr(w, name) for name in fields}}
        for w in study.wordings
    ]
    add_rows(Wording, wordings)
    return Codes.of(study_id)


def _round_row(study: Study, at: int, held: Mapping[str, HeldRound], now: datetime) -> dict[str, object]:
    code = study.protocol.rounds[at].code
    opened = now if code in held else None
    closed = now if code in held and not held[code].is_open else None
    return {"code": code, "position": at, "opened_at": opened, "closed_at": closed}


def _outcome_row(study: Study, at: int) -> dict[str, object]:
    outcome = study.outcomes[at]
    names = ("code", "label", "descriptor", "domain", "provenance", "reason", "plain")
    return {"position": at, **{name: getattr(outcome, name) for name in names}}


def _panellist_row(study: Study, at: int, codes: Codes, *, now: datetime) -> dict[str, object]:
    person = study.panel[at]
    return {
        "code": person.code,
        "position": at,
        "group_id": codes.groups[person.group],
        "joined_round_id": codes.rounds[person.joined],
        "withdrew_round_id": codes.rounds[person.withdrew] if person.withdrew else None,
        "group_confirmed_at": now,
    }


def _add_lists_and_receipts(
    study: Study, codes: Codes, *, held: tuple[HeldRound, ...], now: datetime
) -> None:
    outcomes = {outcome.code: outcome for outcome in study.outcomes}
    listed: list[dict[str, object]] = []
    receipts: list[dict[str, object]] = []
    for round_ in held:
        round_id = codes.rounds[round_.code]
        listed += [
            {"round_id": round_id, "outcome_id": codes.outcomes[code], "position": at}
            for at, code in enumerate(round_.listed)
        ]
        listed_now = [outcomes[code] for code in round_.listed]
        text = receipt_text(
            study.protocol,
            round_.code,
            outcomes=listed_now,
            wordings=study.wordings,
            texts=study.texts,
        )
        receipts.append({"round_id": round_id, "sha256": sha256_of(text), "text": text, "made_at": now})
    add_rows(ListedOutcome, listed)
    add_rows(Receipt, receipts)


def _add_lineage(study: Study, study_id: int, codes: Codes) -> None:
    steps = [
        {
            "study_id": study_id,
            "round_id": codes.rounds[step.after],
            "position": at,
            **{name: getattr(step, name) for name in ("action", "reason", "evidence", "provenance", "told")},
        }
        for at, step in enumerate(study.lineage)
    ]
    add_rows(LineageStep, steps)
    query = select(LineageStep.position, LineageStep.id).where(LineageStep.study_id == study_id)
    ids = dict(db.session.execute(query).all())
    members = [
        {"step_id": ids[at], "side": side, "position": place, "outcome_id": codes.outcomes[code]}
        for at, step in enumerate(study.lineage)
        for side, names in ((Side.FROM, step.sources), (Side.TO, step.results))
        for place, code in enumerate(names)
    ]
    add_rows(LineageMember, members)


def _add_answers(study: Study, codes: Codes, *, now: datetime) -> None:
    add_rows(Rating, rating_rows(study.ratings, codes, now=now))
    add_rows(Comment, comment_rows(study.comments, codes, now=now))
    add_rows(DigestLine, digest_rows(study.digest, codes, now=now))
    add_rows(Vote, vote_rows(study.ballots, codes))
    add_rows(Ranking, ranking_rows(study.rankings, codes, now=now))
    rounds = select(Ranking.round_id, Ranking.panellist_id, Ranking.id)
    ours = rounds.where(Ranking.round_id.in_(codes.rounds.values()))
    ranking_ids = {(round_id, who): id_ for round_id, who, id_ in db.session.execute(ours)}
    add_rows(RankingPlace, place_rows(study.rankings, codes, ranking_ids=ranking_ids))
