"""What a panellist wrote in rounds that have closed, and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Select, select

from delphi.changes.pages import OwnWords, YourWordsPage
from delphi.changes.texts import change_of, decided_after, note_reasons, outcomes_in, texts_of
from delphi.dataset.answers import newest_on_time_comments
from delphi.domain.lineage_story import Decision, story_of
from delphi.domain.rounds import RoundState
from delphi.extensions import db
from delphi.feedback.digest import told_lines
from delphi.models import Comment, TextKind
from delphi.standing import RoundFacts, Standing

TOLD = (TextKind.COMMENT, TextKind.PROPOSAL, TextKind.REASON)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Written:
    """A text of the panellist's, and the decisions that what it was about has met since."""

    round: RoundFacts
    outcome_id: int | None
    kind: TextKind
    text: str
    story: tuple[Decision, ...]


def has_own_words(standing: Standing) -> bool:
    """Whether there is anything to tell of."""
    return db.session.execute(_own_texts(standing).limit(1)).first() is not None


def your_words_page(standing: Standing) -> YourWordsPage:
    """Each of the panellist's texts with what became of what it was about; newest answers of each kind."""
    written = _written(standing)
    met = [decision for each in written for decision in each.story]
    about = {each.outcome_id for each in written if each.outcome_id is not None}
    texts = texts_of(about | outcomes_in(met), standing=standing)
    note_reasons(met, standing=standing)
    digests = _digests(standing, {each.round.round_id: each.round for each in written})
    last = _opened(standing)[-1:]
    return YourWordsPage(
        words=tuple(
            OwnWords(
                round_label=each.round.definition.label,
                kind=each.kind,
                text=each.text,
                about=texts[each.outcome_id] if each.outcome_id is not None else None,
                story=tuple(change_of(decision, texts=texts) for decision in each.story),
                is_decided=each.round not in last,
                digest=digests.get(each.round.round_id, {}).get(each.outcome_id, ()),
            )
            for each in written
        )
    )


def _written(standing: Standing) -> list[_Written]:
    rounds = {each.round_id: each for each in standing.rounds}
    opened = _opened(standing)
    decided = decided_after(opened, then=None) if opened else []
    rows = sorted(
        db.session.execute(_own_texts(standing)), key=lambda row: opened.index(rounds[row.round_id])
    )
    return [
        _Written(
            round=rounds[round_id],
            outcome_id=outcome_id,
            kind=kind,
            text=text,
            story=story_of(outcome_id, since=decided[opened.index(rounds[round_id]) :])
            if outcome_id is not None
            else (),
        )
        for round_id, outcome_id, kind, text in rows
    ]


def _own_texts(standing: Standing) -> Select[int, int | None, TextKind, str]:
    closed = [each.round_id for each in standing.rounds if each.state is RoundState.CLOSED]
    newest = newest_on_time_comments(closed).where(Comment.panellist_id == standing.panellist_id)
    return (
        select(Comment.round_id, Comment.outcome_id, Comment.kind, Comment.text)
        .where(Comment.id.in_(newest), Comment.kind.in_(TOLD), Comment.text != "")
        .order_by(Comment.id)
    )


def _opened(standing: Standing) -> list[RoundFacts]:
    return [each for each in standing.rounds if each.state is not RoundState.NOT_OPENED]


def _digests(
    standing: Standing, rounds: Mapping[int, RoundFacts]
) -> dict[int, Mapping[int | None, tuple[str, ...]]]:
    """What the team wrote together from each round, where a later one that they agreed to shows it."""
    found: dict[int, Mapping[int | None, tuple[str, ...]]] = {}
    opened = _opened(standing)
    for round_id, round_ in rounds.items():
        later = opened[opened.index(round_) + 1 :]
        if standing.is_confirmed and any(each.definition.show_digest and each.agreed for each in later):
            found[round_id] = told_lines(standing, [round_id])
    return found
