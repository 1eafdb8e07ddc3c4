"""What a panellist has answered in a round: now, and up to the moment when a page was made."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import bindparam, func, select

from analysis.study.records import Missing
from delphi.domain.answers import Answer, Question, Seen
from delphi.extensions import ask, db
from delphi.models import Comment, Ranking, Rating, TextKind
from delphi.rating.forms import Text

ANSWERS_KEPT = 64
_RATINGS = (
    select(Rating.id, Rating.answered_at, Rating.outcome_id, Rating.criterion, Rating.score, Rating.missing)
    .where(Rating.round_id == bindparam("round_id"), Rating.panellist_id == bindparam("panellist_id"))
    .order_by(Rating.id)
)
_TEXTS = (
    select(Comment.id, Comment.written_at, Comment.outcome_id, Comment.kind, Comment.text)
    .where(Comment.round_id == bindparam("round_id"), Comment.panellist_id == bindparam("panellist_id"))
    .order_by(Comment.id)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """The newest answers and texts of one panellist in one round; a text that was taken back is "".

    `newest` is the outcome that was answered last, `saved_at` when.
    """

    answers: Mapping[Question, Answer]
    texts: Mapping[Text, str]
    newest: int | None
    saved_at: datetime | None
    seen: Seen

    def answered(self, criteria: Collection[str]) -> frozenset[int]:
        """The outcomes with an answer to each of the criteria."""
        answers = Counter(about.outcome_id for about in self.answers if about.criterion in criteria)
        return frozenset(outcome_id for outcome_id, number in answers.items() if number == len(criteria))

    @property
    def commented(self) -> frozenset[int]:
        """The outcomes with a comment."""
        return frozenset(
            about.outcome_id
            for about, text in self.texts.items()
            if about.outcome_id and text and about.kind is TextKind.COMMENT
        )


class RatingRow(NamedTuple):
    """A rating, as far as a panellist's own pages need it."""

    id: int
    at: datetime
    about: Question
    answer: Answer


class TextRow(NamedTuple):
    """A text, as far as a panellist's own pages need it."""

    id: int
    at: datetime
    about: Text
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """Every answer and text of one panellist in one round, oldest first, late ones included."""

    ratings: Sequence[RatingRow]
    texts: Sequence[TextRow]

    def answers(self, *, until: int | None = None) -> dict[Question, Answer]:
        """The newest answer to each question; `until`: as it was when a page was made."""
        return {row.about: row.answer for row in self.ratings if until is None or row.id <= until}

    def newest_texts(self, *, until: int | None = None) -> dict[Text, str]:
        """The newest text of each kind; `until`: as it was when a page was made."""
        return {row.about: row.text for row in self.texts if until is None or row.id <= until}

    def changed_at(self, about: Question | Text) -> datetime:
        """When the newest answer to it came; KeyError if there is none."""
        rows: Sequence[RatingRow | TextRow] = self.ratings if isinstance(about, Question) else self.texts
        for row in reversed(rows):
            if row.about == about:
                return row.at
        raise KeyError(about)

    @property
    def seen(self) -> Seen:
        """How far the history goes."""
        last = [rows[-1].id if rows else 0 for rows in (self.ratings, self.texts)]
        return Seen(*last)


def history_of(panellist_id: int, *, round_id: int) -> History:
    """What a panellist has answered in a round, in two statements."""
    mine = {"round_id": round_id, "panellist_id": panellist_id}
    ratings, texts = ask(_RATINGS, mine).all(), ask(_TEXTS, mine).all()
    return History(
        ratings=[
            RatingRow(id_, at, Question(outcome_id, criterion), _answer(score, missing))
            for id_, at, outcome_id, criterion, score, missing in ratings
        ],
        texts=[TextRow(id_, at, Text(outcome_id, kind), text) for id_, at, outcome_id, kind, text in texts],
    )


@lru_cache(maxsize=ANSWERS_KEPT)
def _answer(score: int | None, missing: Missing | None) -> Answer:
    """The same answer for the same score: there are no more than a scale has points."""
    return Answer(score, missing)


def held_answers(panellist_id: int, *, round_id: int) -> Held:
    """What a panellist holds in a round, late answers included, in two statements."""
    return held_in(history_of(panellist_id, round_id=round_id))


def held_in(history: History) -> Held:
    """The newest of a history."""
    newest: list[tuple[datetime, int | None]] = [
        (row.at, row.about.outcome_id) for row in history.ratings[-1:]
    ]
    newest += [(row.at, row.about.outcome_id) for row in history.texts[-1:]]
    return Held(
        answers=history.answers(),
        texts=history.newest_texts(),
        newest=_last_outcome(newest),
        saved_at=max((moment for moment, _ in newest), default=None),
        seen=history.seen,
    )


def late_answers(panellist_id: int, *, round_id: int) -> int:
    """How many answers, comments and orders of a panellist came after a round had closed."""
    late = [
        select(func.count())
        .where(kind.round_id == round_id, kind.panellist_id == panellist_id, kind.late)
        .scalar_subquery()
        for kind in (Rating, Comment, Ranking)
    ]
    return int(db.session.scalars(select(late[0] + late[1] + late[2])).one())


def _last_outcome(newest: Iterable[tuple[datetime, int | None]]) -> int | None:
    """The outcome with the latest moment; a comment on the whole round names none."""
    of_outcomes = [(moment, outcome_id) for moment, outcome_id in newest if outcome_id is not None]
    return max(of_outcomes)[1] if of_outcomes else None
