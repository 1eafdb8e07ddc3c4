"""What is shown of the groups' answers: kept as it is from the moment when somebody first sees it."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from delphi.domain.feedback_groups import Part
from delphi.domain.receipt import sha256_of
from delphi.extensions import db
from delphi.models import FeedbackText, KeptFeedback

Asked = tuple[int, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupAnswers:
    """The answers of some groups to one criterion of one outcome in one round, as they are shown.

    `parts`: groups that are counted together, with how many people gave each point; `left_out`: groups that
    are not shown. `upto`, by group: the row up to which its scores have been counted. `is_final`: the round
    had closed, so that nothing comes after it.
    """

    round_id: int
    outcome_id: int
    criterion: str
    parts: Mapping[Part, tuple[int, ...]]
    left_out: tuple[str, ...]
    upto: Mapping[str, int]
    is_final: bool

    @property
    def asked(self) -> Asked:
        """Which question they answer."""
        return self.outcome_id, self.criterion


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """The `number`-th that was kept of a question's answers, and the SHA-256 of its text."""

    number: int
    sha256: str
    answers: GroupAnswers


def kept_answers(round_id: int, outcome_ids: Collection[int]) -> dict[Asked, Kept]:
    """The newest that is kept of the answers in a round to each outcome and criterion; one statement."""
    later = aliased(KeptFeedback)
    newest = (
        select(func.max(later.number))
        .where(
            later.round_id == KeptFeedback.round_id,
            later.outcome_id == KeptFeedback.outcome_id,
            later.criterion == KeptFeedback.criterion,
        )
        .scalar_subquery()
    )
    query = (
        select(KeptFeedback.number, KeptFeedback.sha256, FeedbackText.text)
        .join(FeedbackText, FeedbackText.sha256 == KeptFeedback.sha256)
        .where(KeptFeedback.round_id == round_id, KeptFeedback.outcome_id.in_(outcome_ids))
        .where(KeptFeedback.number == newest)
    )
    kept = [
        Kept(number=row.number, sha256=row.sha256, answers=answers_in(row.text))
        for row in db.session.execute(query)
    ]
    return {each.answers.asked: each for each in kept}


def text_of(answers: GroupAnswers) -> str:
    """The answers as a text; equal answers give equal texts."""
    parts = [{"counts": counts, "groups": groups} for groups, counts in answers.parts.items()]
    facts = {
        "round": answers.round_id,
        "outcome": answers.outcome_id,
        "criterion": answers.criterion,
        "parts": parts,
        "left_out": answers.left_out,
        "upto": dict(answers.upto),
        "is_final": answers.is_final,
    }
    return json.dumps(facts, sort_keys=True, separators=(",", ":"))


def answers_in(text: str) -> GroupAnswers:
    """The answers that `text_of` made a text of."""
    facts = json.loads(text)
    return GroupAnswers(
        round_id=facts["round"],
        outcome_id=facts["outcome"],
        criterion=facts["criterion"],
        parts={tuple(part["groups"]): tuple(part["counts"]) for part in facts["parts"]},
        left_out=tuple(facts["left_out"]),
        upto=facts["upto"],
        is_final=facts["is_final"],
    )


def kept_as(answers: GroupAnswers, *, number: int) -> Kept:
    """The answers with the SHA-256 of their text."""
    return Kept(number=number, sha256=sha256_of(text_of(answers)), answers=answers)
