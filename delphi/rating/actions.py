"""What a panellist can do: answer, finish. One audit row and one commit each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert

from delphi import audit
from delphi.domain.answers import Answer, Merged, Question, merge
from delphi.extensions import db
from delphi.models import Comment, EntryMode, Finish, Rating
from delphi.rating.forms import Given, Text
from delphi.rating.held import History, history_of
from delphi.standing import RoundFacts, Standing
from delphi.standing.writing import begin_writing

_NEW_RATING, _NEW_TEXT = insert(Rating), insert(Comment)


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What is on disk now: how many answers and texts were new; `late`: the round had closed before.

    `before` is what was held until then; `elsewhere` are those of the changes that another page had changed
    since this one was made.
    """

    answers: int
    comments: int
    late: bool
    before: History
    elsewhere: tuple[Question | Text, ...]

    @property
    def anything(self) -> bool:
        """Whether anything was new."""
        return bool(self.answers or self.comments)


def save_answers(
    given: Given, *, standing: Standing, round_: RoundFacts, by: str, entered: EntryMode, now: datetime
) -> Saved:
    """Add a row for each answer and text that the person changed; nothing is overwritten.

    When it returns, the rows are on disk. After closing they are marked late.
    """
    closed_at = begin_writing(round_id=round_.round_id, panellist_id=standing.panellist_id, now=now)
    saved = _add_changes(
        given, standing=standing, round_=round_, late=closed_at is not None, entered=entered, now=now
    )
    if saved.anything:
        _record("answers saved", saved, standing=standing, round_=round_, by=by, now=now)
    db.session.commit()
    return saved


def finish_round(
    given: Given, *, standing: Standing, round_: RoundFacts, by: str, entered: EntryMode, now: datetime
) -> Saved:
    """Keep the texts on the whole round, and that the panellist has finished, unless the round had closed.

    Who finishes twice has finished the first time.
    """
    closed_at = begin_writing(round_id=round_.round_id, panellist_id=standing.panellist_id, now=now)
    saved = _add_changes(
        given, standing=standing, round_=round_, late=closed_at is not None, entered=entered, now=now
    )
    key = (round_.round_id, standing.panellist_id)
    if closed_at is None and db.session.get(Finish, key) is None:
        whose = {"round_id": round_.round_id, "panellist_id": standing.panellist_id}
        db.session.add(Finish(**whose, finished_at=now, entered=entered))
    _record("round finished", saved, standing=standing, round_=round_, by=by, now=now)
    db.session.commit()
    return saved


def _add_changes(
    given: Given, *, standing: Standing, round_: RoundFacts, late: bool, entered: EntryMode, now: datetime
) -> Saved:
    history = history_of(standing.panellist_id, round_id=round_.round_id)
    answers, texts = _merged_answers(given, history), _merged_texts(given, history)
    key = {
        "round_id": round_.round_id,
        "panellist_id": standing.panellist_id,
        "late": late,
        "entered": entered,
    }
    connection = db.session.connection()  # without the ORM: it would double the cost of a section
    if answers.changes:
        connection.execute(_NEW_RATING, _rating_rows(answers.changes, key=key, now=now))
    if texts.changes:
        connection.execute(_NEW_TEXT, _comment_rows(texts.changes, key=key, now=now))
    return Saved(
        answers=len(answers.changes),
        comments=len(texts.changes),
        late=late,
        before=history,
        elsewhere=(*answers.elsewhere, *texts.elsewhere),
    )


def _merged_answers(given: Given, history: History) -> Merged[Question, Answer]:
    held, seen = history.answers(), given.seen or history.seen
    base = held if seen == history.seen else history.answers(until=seen.rating)
    return merge(given.answers, base=base, held=held)


def _merged_texts(given: Given, history: History) -> Merged[Text, str]:
    held, seen = history.newest_texts(), given.seen or history.seen
    base = held if seen == history.seen else history.newest_texts(until=seen.text)
    return merge(given.texts, base=base, held=held, empty="")


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


def _comment_rows(
    texts: Mapping[Text, str], *, key: Mapping[str, object], now: datetime
) -> list[dict[str, object]]:
    return [
        {**key, "outcome_id": about.outcome_id, "kind": about.kind, "text": text, "written_at": now}
        for about, text in texts.items()
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
