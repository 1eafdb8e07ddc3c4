"""The parts of a section's page: one card for each outcome."""

from dataclasses import dataclass

from flask_babel import gettext

from analysis.study.records import Missing
from analysis.study.rounds import Criterion
from analysis.study.scale import Scale
from delphi.domain.answers import Question
from delphi.feedback import OutcomeFeedback
from delphi.models import TextKind
from delphi.rating.forms import Asked, Given, Text, answer_field, text_field
from delphi.rating.held import Held
from delphi.rating.pages import Choice, Choices, OutcomeCard, QuestionFields, TextBox
from delphi.rating.sheet import Sheet
from delphi.standing import Listed


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What is asked, what is held, and what was just sent and not taken."""

    asked: Asked
    held: Held
    given: Given

    def box(self, about: Text) -> TextBox:
        """A text box: with what is held, or with what was typed if it could not be kept."""
        name = text_field(about)
        fault = self.fault(name)
        text = self.given.typed.get(name, "") if fault else self.held.texts.get(about, "")
        return TextBox(name=name, text=text, fault=fault)

    def fault(self, name: str) -> str:
        """What is wrong with a field, "" if nothing is."""
        return next((fault.message for fault in self.given.faults if fault.field == name), "")


def anchor_of(outcome_id: int) -> str:
    """An outcome's place on its section's page."""
    return f"outcome-{outcome_id}"


def skip_word() -> str:
    """The words for leaving a question out."""
    return gettext("Skip this one")


def choices_of(scale: Scale | None) -> Choices:
    """What every question on a scale offers."""
    if scale is None:
        return Choices(points=(), apart=())
    return Choices(
        points=tuple(Choice(value=str(n), number=str(n), word=scale.word(n)) for n in scale.points),
        apart=(
            Choice(value=Missing.CANNOT_SAY.value, number="", word=scale.cannot_say),
            Choice(value=Missing.SKIPPED.value, number="", word=skip_word()),
        ),
    )


def card_of(outcome: Listed, *, sheet: Sheet, answered: Answered, feedback: OutcomeFeedback) -> OutcomeCard:
    """One outcome with its questions and text boxes."""
    kinds = answered.asked.kinds
    boxes = {kind: answered.box(Text(outcome.outcome_id, kind)) for kind in kinds}
    questions = tuple(
        _fields(outcome, criterion, sheet=sheet, answered=answered, feedback=feedback)
        for criterion in sheet.round.definition.criteria
    )
    dissent, reason = boxes.get(TextKind.DISSENT), boxes.get(TextKind.REASON)
    sees_groups = any(card.groups for card in (*feedback.earlier, *feedback.live))
    return OutcomeCard(
        outcome_id=outcome.outcome_id,
        anchor=anchor_of(outcome.outcome_id),
        label=outcome.label,
        words=outcome.plain or outcome.descriptor,
        full=outcome.descriptor if outcome.plain else "",
        questions=questions,
        comment=boxes[TextKind.COMMENT],
        private=boxes.get(TextKind.PRIVATE),
        reason=reason if any(question.earlier for question in questions) else None,
        dissent=dissent if dissent and (sees_groups or dissent.text) else None,
        feedback=feedback,
    )


def _fields(
    outcome: Listed, criterion: Criterion, *, sheet: Sheet, answered: Answered, feedback: OutcomeFeedback
) -> QuestionFields:
    question = Question(outcome.outcome_id, criterion.code)
    answer, name = answered.held.answers.get(question), answer_field(question)
    scale = sheet.round.definition.scale
    return QuestionFields(
        name=name,
        question=criterion.question,
        chosen=answer.choice if answer else "",
        earlier=_earlier_choice(feedback, criterion.code, scale=scale),
        with_most=_with_most(feedback, criterion.code, scale=scale),
        fault=answered.fault(name),
    )


def _earlier_choice(feedback: OutcomeFeedback, criterion: str, *, scale: str | None) -> str:
    """The panellist's own earlier score, marked where the outcome has one earlier form, on the same scale."""
    own = [card.own for card in feedback.earlier if card.criterion == criterion and card.scale == scale]
    if len(own) != 1 or own[0] is None or own[0].score is None:
        return ""
    return str(own[0].score)


def _with_most(feedback: OutcomeFeedback, criterion: str, *, scale: str | None) -> tuple[int, ...] | None:
    """The scores that are with most people in everything that is shown of the groups, on the same scale."""
    shown = [
        frozenset(card.with_most)
        for card in (*feedback.earlier, *feedback.live)
        if card.groups and card.criterion == criterion and card.scale == scale
    ]
    return tuple(sorted(frozenset.intersection(*shown))) if shown else None
