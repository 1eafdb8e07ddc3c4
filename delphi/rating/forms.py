"""The forms of the panellist's pages: what came from the browser, read and checked."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from flask_babel import gettext

from analysis.study.scale import Scale
from delphi.domain.answers import (
    LONGEST_COMMENT,
    Answer,
    NotOffered,
    Question,
    Seen,
    TooLong,
    read_answer,
    read_comment,
    read_seen,
)
from delphi.models import TextKind
from delphi.web.language import as_number

ROUND_FIELD = "round"
SEEN_FIELD = "seen"
KEEP_FIELD = "keep"
ON_RECORD = "on record"  # the text of a dissent: its words are a comment
NO_KINDS: frozenset[TextKind] = frozenset()
_KINDS = "|".join(TextKind)
_FIELD = re.compile(rf"(rating|{_KINDS})(?:-([0-9]{{1,18}})(?:-(.+))?)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong with one field, and how to put it right."""

    field: str
    message: str


class Text(NamedTuple):
    """What a free text is about, None: the whole round, and what it is for."""

    outcome_id: int | None
    kind: TextKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a page asks for; anything else in its form is left alone.

    `labels` names its outcomes; each has `criteria` on a `scale` (None: no ratings) and texts of `kinds`, the
    round itself has texts of the kinds `of_round`.
    """

    labels: Mapping[int, str]
    criteria: Collection[str] = ()
    scale: Scale | None = None
    kinds: frozenset[TextKind] = NO_KINDS
    of_round: frozenset[TextKind] = NO_KINDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What a panellist sent: what could be read, what could not, and everything as it was typed.

    `seen` is what was held when the page was made, None if the form does not say.
    """

    answers: Mapping[Question, Answer]
    texts: Mapping[Text, str]
    faults: tuple[Fault, ...]
    typed: Mapping[str, str]
    seen: Seen | None


def answer_field(question: Question) -> str:
    """The name of a question's field."""
    return f"rating-{question.outcome_id}-{question.criterion}"


def text_field(text: Text) -> str:
    """The name of a text's field."""
    return text.kind.value if text.outcome_id is None else f"{text.kind.value}-{text.outcome_id}"


def about_of(field: str) -> Question | Text | None:
    """What a field is about, by its name; None for a field of another kind."""
    found = _FIELD.fullmatch(field)
    if found is None:
        return None
    kind, outcome, criterion = found.groups()
    outcome_id = None if outcome is None else int(outcome)
    if kind != "rating":
        return Text(outcome_id, TextKind(kind)) if criterion is None else None
    return None if outcome_id is None or criterion is None else Question(outcome_id, criterion)


def as_sent(fields: dict[str, str]) -> dict[str, str]:
    """The fields of a form, with the answer that the button "Keep my earlier answer" stands for."""
    field, _, choice = fields.get(KEEP_FIELD, "").rpartition("=")
    return fields | {field: choice} if field else fields


def outcome_to_keep(form: Mapping[str, str]) -> int | None:
    """The outcome whose earlier answer a button keeps, None if another button was pressed."""
    about = about_of(form.get(KEEP_FIELD, "").rpartition("=")[0])
    return about.outcome_id if isinstance(about, Question) else None


def read_given(fields: Mapping[str, str], *, asked: Asked) -> Given:
    """Read a form's fields; what is not among them was left untouched."""
    answers: dict[Question, Answer] = {}
    texts: dict[Text, str] = {}
    faults: list[Fault] = []
    for field, value in fields.items():
        about = about_of(field)
        message = None
        if isinstance(about, Text) and _is_asked_text(about, asked):
            message = _text_fault(about, value, asked=asked, into=texts)
        elif isinstance(about, Question) and asked.scale and _is_asked_question(about, asked):
            message = _answer_fault(
                about, value, label=asked.labels[about.outcome_id], scale=asked.scale, into=answers
            )
        if message is not None:
            faults.append(Fault(field=field, message=message))
    seen = read_seen(fields.get(SEEN_FIELD, ""))
    return Given(answers=answers, texts=texts, faults=tuple(faults), typed=fields, seen=seen)


def _is_asked_question(question: Question, asked: Asked) -> bool:
    return question.outcome_id in asked.labels and question.criterion in asked.criteria


def _is_asked_text(text: Text, asked: Asked) -> bool:
    if text.outcome_id is None:
        return text.kind in asked.of_round
    return text.kind in asked.kinds and text.outcome_id in asked.labels


def _answer_fault(
    question: Question, choice: str, *, label: str, scale: Scale, into: dict[Question, Answer]
) -> str | None:
    """Read one choice into `into`; returns what is wrong with it."""
    try:
        into[question] = read_answer(choice, scale)
    except NotOffered:
        return gettext("%(text)s: Choose one of the answers in the list.", text=label)
    return None


def _text_fault(text: Text, typed: str, *, asked: Asked, into: dict[Text, str]) -> str | None:
    """Read one text into `into`; returns what is wrong with it."""
    if text.kind is TextKind.DISSENT:
        into[text] = ON_RECORD if typed else ""
        return None
    try:
        into[text] = read_comment(typed)
    except TooLong as too_long:
        label = gettext("Your comment") if text.outcome_id is None else asked.labels[text.outcome_id]
        return gettext(
            "%(text)s: Write %(most)s characters or fewer. You have %(length)s.",
            text=label,
            most=as_number(LONGEST_COMMENT),
            length=as_number(too_long.length),
        )
    return None
