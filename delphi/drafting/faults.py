"""What is missing or cannot be right in a draft: a sentence each, with the page where it is mended."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from analysis.study.rounds import SectionOrder
from analysis.study.scale import LONGEST_SCALE, SHORTEST_SCALE
from analysis.study.values import CODE_PATTERN, repeated
from delphi.drafting.answers import (
    About,
    Answers,
    Consensus,
    Criteria,
    FeedbackAnswer,
    Groups,
    Rounds,
    ScaleAnswer,
    Texts,
)
from delphi.drafting.taking_part import joining_faults, lines_in, profile_faults, support_faults
from delphi.models import Part

LONGEST_TITLE = 300
# A study can do without: whoever never looks at these pages has none of it.
MAY_STAY_EMPTY = frozenset({Part.CRITERIA, Part.PROFILE, Part.JOINING, Part.SUPPORT})
_SMALLEST_MINIMUM = 2
_LONGEST_NUMBER = 9


@dataclass(frozen=True, slots=True)
class PartFault:
    """A fault: its part, the form's field ("" for the whole page), and what to do."""

    part: Part
    field: str
    words: str


def faults_of(answers: Answers) -> tuple[PartFault, ...]:
    """Everything that keeps the draft from becoming a study, page by page."""
    return tuple(fault for part in Part for fault in faults_of_part(answers, part))


def faults_of_part(answers: Answers, part: Part) -> tuple[PartFault, ...]:
    """What is wrong on one page."""
    if part in MAY_STAY_EMPTY and part not in answers.saved:
        return ()
    if part not in answers.saved and part is not Part.OUTCOMES:
        return (PartFault(part, "", "Look at this page and save it."),)
    found = {
        Part.ABOUT: lambda: _about(answers.about),
        Part.OUTCOMES: lambda: _outcomes(answers),
        Part.SCALE: lambda: _scale(answers.scale),
        Part.GROUPS: lambda: _groups(answers.groups),
        Part.ROUNDS: lambda: _rounds(answers.rounds),
        Part.CRITERIA: lambda: _criteria(answers.criteria),
        Part.PROFILE: lambda: profile_faults(answers.profile),
        Part.JOINING: lambda: joining_faults(answers.joining),
        Part.SUPPORT: lambda: support_faults(answers.support),
        Part.CONSENSUS: lambda: _consensus(answers.consensus),
        Part.FEEDBACK: lambda: _feedback(answers.feedback),
        Part.TEXTS: lambda: _texts(answers.texts),
    }[part]()
    return tuple(PartFault(part, field, words) for field, words in found)


def number_in(text: str) -> Fraction | None:
    """The number that was typed, None where it is none."""
    plain = text.strip().replace(",", ".")
    if not plain or len(plain) > _LONGEST_NUMBER or not plain.replace(".", "", 1).isdecimal():
        return None
    try:
        return Fraction(plain)
    except ValueError:
        return None


def count_in(text: str) -> int | None:
    """The whole number that was typed, None where it is none."""
    number = number_in(text)
    return number.numerator if number is not None and number.denominator == 1 else None


_Found = Iterator[tuple[str, str]]


def _about(about: About) -> _Found:
    if not about.title.strip():
        yield "title", "Give the study a name."
    if len(about.title) > LONGEST_TITLE:
        yield "title", f"Use at most {LONGEST_TITLE} characters for the name."
    if not CODE_PATTERN.fullmatch(about.code.strip()):
        yield (
            "code",
            "Give a code of 1 to 40 small letters, digits, _ or -. It begins with a letter or digit.",
        )
    if not about.question.strip():
        yield "question", "Say what the study asks."


def _outcomes(answers: Answers) -> _Found:
    if not answers.outcomes.rows:
        yield "file", "Send a table of outcomes."


def _scale(scale: ScaleAnswer) -> _Found:
    points = count_in(scale.points) or 0
    if not SHORTEST_SCALE <= points <= LONGEST_SCALE:
        yield "points", f"Give a whole number from {SHORTEST_SCALE} to {LONGEST_SCALE}."
    elif len(lines_in(scale.between)) not in (0, points - 2):
        yield "between", f"Give {points - 2} lines, one for each point between the ends, or none."
    for name, words in (("lowest", "the lowest point"), ("highest", "the highest point")):
        if not getattr(scale, name).strip():
            yield name, f"Give a word for {words}."
    for name in ("cannot_say", "low_label", "middle_label", "high_label"):
        if not getattr(scale, name).strip():
            yield name, "Fill this in."


def _groups(groups: Groups) -> _Found:
    if not groups.rows:
        yield "label-0", "Name at least one group."
    for name in repeated(row.label.strip().casefold() for row in groups.rows):
        at = [row.label.strip().casefold() for row in groups.rows].index(name)
        yield f"label-{at}", f"Two groups have the name “{groups.rows[at].label}”. Change one."
    for at, row in enumerate(groups.rows):
        if not row.one.strip():
            yield f"one-{at}", f"Say what one person of “{row.label}” is called."
        if row.target.strip() and count_in(row.target) is None:
            yield f"target-{at}", f"For “{row.label}”: give a whole number of people, or leave it empty."
        if row.weight.strip() and not number_in(row.weight):
            yield f"weight-{at}", f"For “{row.label}”: give a number above 0, such as 1 or 2."


def _rounds(rounds: Rounds) -> _Found:
    if not rounds.rows:
        yield "label-0", "Name at least one round."
    for name in repeated(row.label.strip().casefold() for row in rounds.rows):
        at = [row.label.strip().casefold() for row in rounds.rows].index(name)
        yield f"label-{at}", f"Two rounds have the name “{rounds.rows[at].label}”. Change one."
    for at, row in enumerate(rounds.rows):
        if row.kind not in ("comment", "rating", "ranking"):
            yield f"kind-{at}-comment", f"For “{row.label}”: choose what people do."
        if row.order and row.order not in tuple(SectionOrder):
            yield f"order-{at}-listed", f"For “{row.label}”: choose an order."
        if row.places.strip() and not (row.kind == "ranking" and count_in(row.places)):
            yield (
                f"places-{at}",
                f"For “{row.label}”: a number, 1 or more, if outcomes are put in order. Else leave it empty.",
            )
        if row.kind == "rating" and not row.question.strip():
            yield f"question-{at}", f"For “{row.label}”: write the question that is asked."


def _criteria(criteria: Criteria) -> _Found:
    for name in repeated(row.question.strip().casefold() for row in criteria.rows):
        at = [row.question.strip().casefold() for row in criteria.rows].index(name)
        yield f"question-{at}", f"“{criteria.rows[at].question}” stands here twice. Change one."


def _consensus(rule: Consensus) -> _Found:
    if rule.in_of not in ("pooled", "every", "any"):
        yield "in_of-pooled", "Choose whose answers bring an outcome in."
    if rule.out_of not in ("pooled", "every", "any", "never"):
        yield "out_of-pooled", "Choose whose answers take an outcome out."
    if not _is_percent(rule.in_percent):
        yield "in_percent", "Give a number from 0 to 100 for the high points."
    if rule.in_low.strip() and not _is_percent(rule.in_low):
        yield "in_low", "Give a number from 0 to 100 for the low points, or leave it empty."
    if rule.out_of != "never" and not _is_percent(rule.out_percent):
        yield "out_percent", "Give a number from 0 to 100 for an outcome that is out."
    if not count_in(rule.minimum_n):
        yield "minimum_n", "Give a whole number of people, 1 or more."
    if rule.decides not in ("every", "last"):
        yield "decides-every", "Choose after which rounds the rule decides."


def _is_percent(text: str) -> bool:
    number = number_in(text)
    return number is not None and number <= 100


def _feedback(feedback: FeedbackAnswer) -> _Found:
    if feedback.shown not in ("groups", "own", "none"):
        yield "shown-groups", "Choose what is shown."
    if (count_in(feedback.minimum_group_size) or 0) < _SMALLEST_MINIMUM:
        yield "minimum_group_size", f"Give a whole number of people, {_SMALLEST_MINIMUM} or more."
    if feedback.live == "yes" and feedback.shown != "groups":
        yield "live-yes", "Answers are shown at once only where each group's answers are shown."
    for name in ("ask_why_changed", "show_digest", "live"):
        if getattr(feedback, name) not in ("yes", "no"):
            yield f"{name}-yes", "Choose yes or no."


def _texts(texts: Texts) -> _Found:
    needed = {
        "welcome": "Write a welcome.",
        "consent": "Write what people agree to.",
        "comment_readers": "Say who reads comments.",
        "team_contact": "Say how people can reach the team.",
    }
    for name, words in needed.items():
        if not getattr(texts, name).strip():
            yield name, words
