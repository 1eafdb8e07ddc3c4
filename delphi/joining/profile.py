"""What panellists tell of themselves: read from a form, each question for itself, each may be left."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from analysis.study.taking_part import ProfileKind, ProfileQuestion
from delphi.domain.answers import TooLong, read_comment
from delphi.web.language import as_number

LONGEST_ANSWER = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong with one field, and how to put it right."""

    field: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What was sent: by question the answer as it is kept ("" for none), and what could not be read."""

    answers: Mapping[str, str]
    typed: Mapping[str, str]
    faults: tuple[Fault, ...]


def field_of(question: ProfileQuestion) -> str:
    """The name of a question's field."""
    return f"about-{question.code}"


def read_told(
    form: MultiDict[str, str], *, questions: Sequence[ProfileQuestion], shown: Sequence[ProfileQuestion]
) -> Told:
    """Read the answers; a choice is sent as its place, and kept in the study's own words.

    `shown`: the same questions in the language of the page, for what is said about a fault.
    """
    answers: dict[str, str] = {}
    typed: dict[str, str] = {}
    faults: list[Fault] = []
    for question, asked in zip(questions, shown, strict=True):
        sent = [value.strip() for value in form.getlist(field_of(question))]
        typed[question.code] = "\n".join(sent)
        is_text = question.kind is ProfileKind.TEXT
        answer = _text(sent) if is_text else _choices(question, sent)
        if answer is None:
            faults.append(Fault(field=field_of(question), message=_message(asked)))
        else:
            answers[question.code] = answer
    return Told(answers=answers, typed=typed, faults=tuple(faults))


def _text(sent: Sequence[str]) -> str | None:
    try:
        text = read_comment("\n".join(sent))
    except TooLong:
        return None
    return text if len(text) <= LONGEST_ANSWER else None


def _choices(question: ProfileQuestion, sent: Sequence[str]) -> str | None:
    """The chosen texts, a line each; None for what is not offered."""
    places = {str(place): choice for place, choice in enumerate(question.choices, start=1)}
    chosen = [value for value in sent if value]
    too_many = question.kind is ProfileKind.CHOICE and len(chosen) > 1
    if too_many or not set(chosen) <= set(places):
        return None
    return "\n".join(places[value] for value in places if value in chosen)


def _message(asked: ProfileQuestion) -> str:
    if asked.kind is ProfileKind.TEXT:
        most = as_number(LONGEST_ANSWER)
        return gettext("%(text)s: Write %(most)s characters or fewer.", text=asked.question, most=most)
    return gettext("%(text)s: Choose one of the answers in the list.", text=asked.question)
