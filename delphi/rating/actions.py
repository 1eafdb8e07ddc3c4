"""What a panellist can do: answer the consent question, answer, finish. One audit row and one commit each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select

from delphi import audit
from delphi.domain.answers import Answer, Question, changed_answers, changed_comments
from delphi.extensions import db
from delphi.models import Comment, Consent, Finish, Panellist, Rating, Round
from delphi.rating.forms import Given
from delphi.rating.held import held_answers
from delphi.standing import RoundFacts, Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What is on disk now: how many answers and comments were new; `late`: the round had closed before."""

    answers: int
    comments: int
    late: bool


def answer_consent(
    standing: Standing, *, round_: RoundFacts, wording: str, agreed: bool, by: str, now: datetime
) -> None:
    """Keep the answer to the consent question with the very wording that was shown."""
    db.session.add(
        Consent(
            panellist_id=standing.panellist_id,
            round_id=round_.round_id,
            wording=wording,
            agreed=agreed,
            answered_at=now,
        )
    )
    action = "consent given" if agreed else "consent declined"
    audit.record(
        db.session, at=now, actor=by, action=action, study_id=standing.study_id, round=round_.definition.code
    )
    db.session.commit()


def save_answers(given: Given, *, standing: Standing, round_: RoundFacts, by: str, now: datetime) -> Saved:
    """Add a row for each answer and comment that changed; nothing is overwritten.

    When it returns, the rows are on disk. After closing they are marked late.
    """
    closed_at = _begin_writing(round_)
    saved = _add_changes(given, standing=standing, round_=round_, late=closed_at is not None, now=now)
    if saved.answers or saved.comments:
        _record("answers saved", saved, standing=standing, round_=round_, by=by, now=now)
    db.session.commit()
    return saved


def finish_round(given: Given, *, standing: Standing, round_: RoundFacts, by: str, now: datetime) -> Saved:
    """Keep the comment on the whole round, and that the panellist has finished, unless the round had closed.

    Who finishes twice has finished the first time.
    """
    closed_at = _begin_writing(round_)
    mine = select(Panellist.id).where(Panellist.id == standing.panellist_id).with_for_update()
    db.session.execute(mine)
    saved = _add_changes(given, standing=standing, round_=round_, late=closed_at is not None, now=now)
    key = (round_.round_id, standing.panellist_id)
    if closed_at is None and db.session.get(Finish, key) is None:
        finish = Finish(round_id=round_.round_id, panellist_id=standing.panellist_id, finished_at=now)
        db.session.add(finish)
    _record("round finished", saved, standing=standing, round_=round_, by=by, now=now)
    db.session.commit()
    return saved


def _begin_writing(round_: RoundFacts) -> datetime | None:
    """When the round closed, None if it is open: and then it stays open until the commit.

    PostgreSQL locks the round's row. SQLite knows one writer at a time, so the write begins here: otherwise a
    writer that came between this reading and the commit could close the round.
    """
    connection = db.session.connection()
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    query = select(Round.closed_at).where(Round.id == round_.round_id).with_for_update(read=True)
    return db.session.execute(query).scalar_one()


def _add_changes(given: Given, *, standing: Standing, round_: RoundFacts, late: bool, now: datetime) -> Saved:
    held = held_answers(standing.panellist_id, round_id=round_.round_id)
    answers = changed_answers(given.answers, before=held.answers)
    comments = changed_comments(given.comments, before=held.comments)
    key = {"round_id": round_.round_id, "panellist_id": standing.panellist_id, "late": late}
    if answers:
        db.session.execute(insert(Rating), _rating_rows(answers, key=key, now=now))
    if comments:
        rows = [
            {**key, "outcome_id": outcome_id, "text": text, "written_at": now}
            for outcome_id, text in comments.items()
        ]
        db.session.execute(insert(Comment), rows)
    return Saved(answers=len(answers), comments=len(comments), late=late)


def _rating_rows(
    answers: Mapping[Question, Answer], *, key: Mapping[str, object], now: datetime
) -> list[dict[str, object]]:
    return [
        {
            **key,
            "outcome_id": question.outcome_id,
            "criterion": question.criterion,
            "score": answer.score,
            "missing": answer.missing,
            "answered_at": now,
        }
        for question, answer in answers.items()
    ]


def _record(
    action: str, saved: Saved, *, standing: Standing, round_: RoundFacts, by: str, now: datetime
) -> None:
    audit.record(
        db.session,
        at=now,
        actor=by,
        action=action,
        study_id=standing.study_id,
        round=round_.definition.code,
        answers=saved.answers,
        comments=saved.comments,
        late=saved.late,
    )
