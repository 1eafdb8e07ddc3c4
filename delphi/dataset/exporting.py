"""From rows to a study as a value: what a bundle holds, and nothing that names a person."""

from typing import Any

from sqlalchemy import ColumnElement, Row, Select, case, func, select
from sqlalchemy.orm import aliased

from analysis.study import records
from analysis.study.published import Published
from analysis.study.study import Study
from delphi.dataset.answers import (
    is_confirmed,
    is_confirmed_later,
    is_counted,
    newest_on_time_comments,
    newest_on_time_rankings,
)
from delphi.dataset.digests import digest_of
from delphi.dataset.lineage import lineage_of, outcomes_of
from delphi.dataset.passing_on import text_to_pass_on
from delphi.dataset.protocols import PUBLISHED_FILE, protocol_of, published_in
from delphi.dataset.translations import texts_in_use, wordings_of
from delphi.extensions import db
from delphi.models import (
    Comment,
    Outcome,
    Panellist,
    Ranking,
    RankingPlace,
    Rating,
    Round,
    StakeholderGroup,
    StudyDocument,
    Vote,
    Withdrawal,
)
from delphi.models import Study as StudyRow

ROWS_AT_ONCE = 10_000


def export_study(study_id: int) -> Study:
    """Return the study as it is now; raises NoResultFound if there is none.

    Of each person's answers to one question the newest on time is given, or the newest late one (marked)
    where none came on time. Late comments are left out: a bundle cannot mark them, and they count nowhere.
    People whose group is not confirmed are left out, and so are private messages to the team. Answers to a
    round that had closed before the group was confirmed are marked late, or left out where nothing can be
    marked: they are in no result. A comment that the team marked as identifying goes out as what stands in
    its place.
    """
    row = db.session.get_one(StudyRow, study_id)
    protocol = protocol_of(row)
    documents = _documents(study_id)
    published = documents.pop(PUBLISHED_FILE, "")
    digest = digest_of(study_id)
    return Study(
        protocol=protocol,
        outcomes=outcomes_of(study_id),
        lineage=lineage_of(study_id),
        panel=_panel(study_id),
        ratings=_ratings(study_id),
        rankings=_rankings(study_id),
        ballots=_votes(study_id),
        comments=_comments(study_id),
        digest=digest,
        wordings=wordings_of(study_id, languages=protocol.study.languages),
        texts=texts_in_use(study_id, digest=digest, languages=protocol.study.languages),
        published=published_in(published) if published else Published(),
        documents=documents,
    )


def _documents(study_id: int) -> dict[str, str]:
    query = select(StudyDocument.name, StudyDocument.text).where(StudyDocument.study_id == study_id)
    return dict(db.session.execute(query).all())


def _panel(study_id: int) -> tuple[records.Panellist, ...]:
    joined, withdrew = aliased(Round), aliased(Round)
    query = (
        select(
            Panellist.code,
            StakeholderGroup.code,
            joined.code,
            withdrew.code,
            Withdrawal.entered,
            Withdrawal.answers,
        )
        .join(StakeholderGroup, StakeholderGroup.id == Panellist.group_id)
        .join(joined, joined.id == Panellist.joined_round_id)
        .outerjoin(withdrew, withdrew.id == Panellist.withdrew_round_id)
        .outerjoin(Withdrawal, Withdrawal.panellist_id == Panellist.id)
        .where(Panellist.study_id == study_id, is_confirmed())
        .order_by(Panellist.position, Panellist.id)
    )
    return tuple(records.Panellist(*row) for row in db.session.execute(query))


def _ratings(study_id: int) -> tuple[records.Rating, ...]:
    """A study may have a million: rows come in parts, with ids, and each code is one string for them all."""
    key = (Rating.round_id, Rating.panellist_id, Rating.outcome_id, Rating.criterion)
    newest = (
        select(
            func.coalesce(func.max(case((~Rating.late, Rating.id))), func.max(Rating.id)).label("id"),
            func.min(Rating.id).label("first"),
        )
        .where(Rating.round_id.in_(select(Round.id).where(Round.study_id == study_id)))
        .group_by(*key)
        .subquery()
    )
    query = (
        select(*key, Rating.score, Rating.missing, Rating.late)
        .join(newest, newest.c.id == Rating.id)
        .order_by(newest.c.first)
    )
    rounds, outcomes = _codes(Round, study_id), _codes(Outcome, study_id)
    people = _codes(Panellist, study_id, is_confirmed())
    out_of_results, questions = _confirmed_later(study_id), dict[str, str]()
    return tuple(
        records.Rating(
            rounds[round_id],
            people[panellist_id],
            outcomes[outcome_id],
            questions.setdefault(criterion, criterion),
            score,
            missing,
            late or (round_id, panellist_id) in out_of_results,
        )
        for round_id, panellist_id, outcome_id, criterion, score, missing, late in db.session.execute(
            query, execution_options={"yield_per": ROWS_AT_ONCE}
        )
        if panellist_id in people
    )


def _codes(
    table: type[Round | Panellist | Outcome], study_id: int, *which: ColumnElement[bool]
) -> dict[int, str]:
    query = select(table.id, table.code).where(table.study_id == study_id, *which)
    return dict(db.session.execute(query).all())


def _confirmed_later(study_id: int) -> frozenset[tuple[int, int]]:
    """The rounds, with people, whose results leave those people out."""
    query = select(Round.id, Panellist.id).join(Panellist, Panellist.study_id == Round.study_id)
    found = db.session.execute(query.where(Round.study_id == study_id, is_confirmed_later(Round.id)))
    return frozenset((round_id, panellist_id) for round_id, panellist_id in found)


def _comments(study_id: int) -> tuple[records.Comment, ...]:
    rounds = list(db.session.scalars(select(Round.id).where(Round.study_id == study_id)))
    query = (
        select(Round.code, Panellist.code, Outcome.code, text_to_pass_on(), Comment.kind)
        .join(Round, Round.id == Comment.round_id)
        .join(Panellist, Panellist.id == Comment.panellist_id)
        .outerjoin(Outcome, Outcome.id == Comment.outcome_id)
        .where(Comment.id.in_(newest_on_time_comments(rounds)), Comment.text != "", is_counted(Round.id))
        .order_by(Comment.id)
    )
    return tuple(
        records.Comment(round_, person, outcome, text, records.CommentKind(kind))
        for round_, person, outcome, text, kind in _rows(query)
    )


def _votes(study_id: int) -> tuple[records.Vote, ...]:
    columns = (Round.code, Vote.ballot, Panellist.code, Vote.position, Outcome.code)
    mine = (Round.study_id == study_id, is_confirmed(), is_counted(Round.id))
    query = (
        select(*columns)
        .select_from(Vote)
        .join(Round, Round.id == Vote.round_id)
        .join(Panellist, Panellist.id == Vote.panellist_id)
        .join(Outcome, Outcome.id == Vote.outcome_id)
        .where(*mine)
        .order_by(Vote.id)
    )
    return tuple(records.Vote(*row) for row in _rows(query))


def _rankings(study_id: int) -> tuple[records.Ranking, ...]:
    rounds = list(db.session.scalars(select(Round.id).where(Round.study_id == study_id)))
    query = (
        select(Round.code, Panellist.code, RankingPlace.position, Outcome.code)
        .select_from(RankingPlace)
        .join(Ranking, Ranking.id == RankingPlace.ranking_id)
        .join(Round, Round.id == Ranking.round_id)
        .join(Panellist, Panellist.id == Ranking.panellist_id)
        .join(Outcome, Outcome.id == RankingPlace.outcome_id)
        .where(Ranking.id.in_(newest_on_time_rankings(rounds)), is_counted(Round.id))
        .order_by(Ranking.id, RankingPlace.position)
    )
    return tuple(records.Ranking(*row) for row in _rows(query))


def _rows(query: Select[*tuple[Any, ...]]) -> list[Row[*tuple[Any, ...]]]:
    return list(db.session.execute(query))
