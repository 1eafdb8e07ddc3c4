"""The forms of the panellist's pages: what came from the browser, read and checked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovRadioInput, GovSubmitInput
from wtforms import RadioField, SubmitField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import InputRequired

from analysis.study.scale import Scale
from delphi.domain.answers import (
    LONGEST_COMMENT,
    Answer,
    NotOffered,
    Question,
    TooLong,
    read_answer,
    read_comment,
)
from delphi.standing import Listed
from delphi.web.language import as_number

ROUND_FIELD = "round"
WHOLE_ROUND_FIELD = "comment"


CONSENT_QUESTION = lazy_gettext("Do you want to take part?")
CONSENT_CHOICES = (
    ("yes", lazy_gettext("Yes, I want to take part")),
    ("no", lazy_gettext("No, I do not want to take part")),
)


class ConsentForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """Yes or no to taking part."""

    agree = RadioField(
        CONSENT_QUESTION,
        choices=[SelectChoice(value, words) for value, words in CONSENT_CHOICES],
        widget=GovRadioInput(),
        validators=[InputRequired(lazy_gettext("Choose yes or no."))],
    )
    send = SubmitField(lazy_gettext("Continue"), widget=GovSubmitInput())


def consent_wording(consent: str) -> str:
    """Everything that the consent page asks with: the study's text, our question, its answers, as shown."""
    return "\n\n".join([consent, str(CONSENT_QUESTION), *(str(words) for _, words in CONSENT_CHOICES)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong with one field, and how to put it right."""

    field: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What a panellist sent: what could be read, what could not, and everything as it was typed."""

    answers: Mapping[Question, Answer]
    comments: Mapping[int | None, str]
    faults: tuple[Fault, ...]
    typed: Mapping[str, str]


def answer_field(question: Question) -> str:
    """The name of a question's field."""
    return f"rating-{question.outcome_id}-{question.criterion}"


def comment_field(outcome_id: int | None) -> str:
    """The name of a comment's field; None: the comment on the whole round."""
    return WHOLE_ROUND_FIELD if outcome_id is None else f"{WHOLE_ROUND_FIELD}-{outcome_id}"


def read_given(
    form: Mapping[str, str], *, outcomes: Iterable[Listed], criteria: Sequence[str], scale: Scale | None
) -> Given:
    """Read the answers to `outcomes`; a missing field was left untouched. `scale` None: comments only."""
    answers: dict[Question, Answer] = {}
    comments: dict[int | None, str] = {}
    faults: list[Fault] = []
    for outcome in outcomes:
        for question in (Question(outcome.outcome_id, criterion) for criterion in criteria):
            choice = form.get(answer_field(question))
            if choice is not None and scale is not None:
                faults += _answer_faults(question, choice, scale=scale, label=outcome.label, into=answers)
        faults += _comment_faults(form, outcome.outcome_id, label=outcome.label, into=comments)
    return Given(answers=answers, comments=comments, faults=tuple(faults), typed=dict(form))


def read_whole_round_comment(form: Mapping[str, str]) -> Given:
    """Read the comment on the whole round."""
    comments: dict[int | None, str] = {}
    faults = _comment_faults(form, None, label=gettext("Your comment"), into=comments)
    return Given(answers={}, comments=comments, faults=tuple(faults), typed=dict(form))


def _answer_faults(
    question: Question, choice: str, *, scale: Scale, label: str, into: dict[Question, Answer]
) -> list[Fault]:
    """Read one choice into `into`; returns what is wrong with it."""
    try:
        into[question] = read_answer(choice, scale)
    except NotOffered:
        message = gettext("%(text)s: Choose one of the answers in the list.", text=label)
        return [Fault(field=answer_field(question), message=message)]
    return []


def _comment_faults(
    form: Mapping[str, str], outcome_id: int | None, *, label: str, into: dict[int | None, str]
) -> list[Fault]:
    """Read one comment into `into`; returns what is wrong with it."""
    typed = form.get(comment_field(outcome_id))
    if typed is None:
        return []
    try:
        into[outcome_id] = read_comment(typed)
    except TooLong as too_long:
        message = gettext(
            "%(text)s: Write %(most)s characters or fewer. You have %(length)s.",
            text=label,
            most=as_number(LONGEST_COMMENT),
            length=as_number(too_long.length),
        )
        return [Fault(field=comment_field(outcome_id), message=message)]
    return []
