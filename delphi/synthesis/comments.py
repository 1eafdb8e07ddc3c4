"""What panellists wrote in a round, without names and in an order that tells nothing about who wrote."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select

from delphi.dataset.answers import is_counted, newest_on_time_comments
from delphi.dataset.passing_on import text_to_pass_on
from delphi.extensions import db
from delphi.models import Comment, Outcome, Panellist, TextKind

# Dissents are kept for the final report; private messages go to the team alone.
READ = (TextKind.COMMENT, TextKind.PROPOSAL, TextKind.REASON)
KIND_WORDS = {
    TextKind.COMMENT: "Comment",
    TextKind.PROPOSAL: "Proposal",
    TextKind.REASON: "Why an answer changed",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A text. `kind`: what it is for, in words."""

    comment_id: int
    kind: str
    text: str


Comments = Mapping[str | None, tuple[Written, ...]]


def comments_of_round(round_id: int) -> Comments:
    """Return the texts that count, by the code of their outcome; under None those on the whole round."""
    return _comments(round_id)


def comments_about(round_id: int, codes: tuple[str, ...]) -> tuple[Written, ...]:
    """Return the texts about some outcomes, those of one outcome after another."""
    found = _comments(round_id, Outcome.code.in_(codes))
    return tuple(text for code in codes for text in found.get(code, ()))


def comments_on_the_round(round_id: int) -> tuple[Written, ...]:
    """Return the texts that are about no outcome: proposals most of all."""
    return _comments(round_id, Comment.outcome_id.is_(None)).get(None, ())


def _comments(round_id: int, *conditions: ColumnElement[bool]) -> Comments:
    query = (
        select(Comment.id, Outcome.code, Comment.kind, text_to_pass_on())
        .join(Panellist, Panellist.id == Comment.panellist_id)
        .outerjoin(Outcome, Outcome.id == Comment.outcome_id)
        .where(Comment.id.in_(newest_on_time_comments([round_id])), Comment.kind.in_(READ))
        .where(Comment.text != "", is_counted(Comment.round_id), *conditions)
    )
    texts: dict[str | None, list[Written]] = defaultdict(list)
    for comment_id, code, kind, text in db.session.execute(query):
        texts[code].append(Written(comment_id=comment_id, kind=KIND_WORDS[kind], text=text))
    return {code: tuple(sorted(each, key=lambda one: one.text)) for code, each in texts.items()}
