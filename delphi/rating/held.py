"""What a panellist has answered in a round so far."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from delphi.domain.answers import Answer, Question
from delphi.extensions import db
from delphi.models import Comment, Rating


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """The newest answers and comments of one panellist in one round.

    A comment on the round itself is under None; one that was taken back is "". `newest` is the outcome that
    was answered last, `saved_at` when.
    """

    answers: Mapping[Question, Answer]
    comments: Mapping[int | None, str]
    newest: int | None
    saved_at: datetime | None

    def answered(self, criteria: Collection[str]) -> frozenset[int]:
        """The outcomes with an answer to each of the criteria."""
        outcomes = {question.outcome_id for question in self.answers}
        return frozenset(
            outcome_id
            for outcome_id in outcomes
            if all(Question(outcome_id, criterion) in self.answers for criterion in criteria)
        )

    @property
    def commented(self) -> frozenset[int]:
        """The outcomes with a comment."""
        return frozenset(outcome_id for outcome_id, text in self.comments.items() if outcome_id and text)


def held_answers(panellist_id: int, *, round_id: int) -> Held:
    """What a panellist has answered in a round, late answers included, in two statements."""
    ratings = db.session.execute(
        select(Rating.outcome_id, Rating.criterion, Rating.score, Rating.missing, Rating.answered_at)
        .where(Rating.round_id == round_id, Rating.panellist_id == panellist_id)
        .order_by(Rating.id)
    ).all()
    comments = db.session.execute(
        select(Comment.outcome_id, Comment.text, Comment.written_at)
        .where(Comment.round_id == round_id, Comment.panellist_id == panellist_id)
        .order_by(Comment.id)
    ).all()
    newest = [(row.answered_at, row.outcome_id) for row in ratings[-1:]]
    newest += [(row.written_at, row.outcome_id) for row in comments[-1:]]
    return Held(
        answers={Question(row.outcome_id, row.criterion): Answer(row.score, row.missing) for row in ratings},
        comments={row.outcome_id: row.text for row in comments},
        newest=_last_outcome(newest),
        saved_at=max((moment for moment, _ in newest), default=None),
    )


def late_answers(panellist_id: int, *, round_id: int) -> int:
    """How many answers and comments of a panellist came after a round had closed."""
    late = [
        select(func.count())
        .where(kind.round_id == round_id, kind.panellist_id == panellist_id, kind.late)
        .scalar_subquery()
        for kind in (Rating, Comment)
    ]
    return int(db.session.scalars(select(late[0] + late[1])).one())


def _last_outcome(newest: Iterable[tuple[datetime, int | None]]) -> int | None:
    """The outcome with the latest moment; a comment on the whole round names none."""
    of_outcomes = [(moment, outcome_id) for moment, outcome_id in newest if outcome_id is not None]
    return max(of_outcomes)[1] if of_outcomes else None
