"""What the panellist's pages show, read from the database."""

from dataclasses import dataclass

from flask_babel import gettext

from analysis.study.protocol import Protocol
from analysis.study.records import Missing
from analysis.study.rounds import Criterion, RoundKind
from delphi.domain.answers import Question
from delphi.domain.journey import Step, minutes_needed
from delphi.domain.sections import Progress, Section, progress_of, section_to_go_on_with, sections_of
from delphi.feedback import FeedbackCard, cards_for
from delphi.rating.forms import Given, answer_field, comment_field
from delphi.rating.held import Held, held_answers, late_answers
from delphi.rating.pages import (
    Choice,
    CommentBox,
    FinishPage,
    OutcomeCard,
    QuestionFields,
    SectionLine,
    SectionPage,
    WaitingPage,
    WelcomePage,
)
from delphi.standing import Listed, RoundFacts, Standing, list_of

NOTHING_GIVEN = Given(answers={}, comments={}, faults=(), typed={})


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A round's list, cut into sections."""

    round: RoundFacts
    listed: tuple[Listed, ...]
    sections: tuple[Section, ...]

    def section(self, number: int) -> Section | None:
        """The section with that number, None if there is none."""
        return self.sections[number - 1] if 1 <= number <= len(self.sections) else None

    def outcomes_of(self, section: Section) -> tuple[Listed, ...]:
        """A section's outcomes, in its order."""
        by_id = {outcome.outcome_id: outcome for outcome in self.listed}
        return tuple(by_id[outcome_id] for outcome_id in section.outcome_ids)

    @property
    def comments_only(self) -> bool:
        """Whether nothing but comments is asked for."""
        return self.round.definition.kind is RoundKind.COMMENT

    @property
    def criteria(self) -> tuple[str, ...]:
        """The codes of the questions that each outcome is asked."""
        return tuple(criterion.code for criterion in self.round.definition.criteria)

    def done(self, held: Held) -> frozenset[int]:
        """The outcomes that are answered; in a comment round those with a comment."""
        return held.commented if self.comments_only else held.answered(self.criteria)

    def progress(self, held: Held, section: Section | None = None) -> Progress:
        """How far one is with a section, or with everything."""
        outcome_ids = section.outcome_ids if section else [outcome.outcome_id for outcome in self.listed]
        return progress_of(outcome_ids, answered=self.done(held))


def sheet_of(standing: Standing, round_: RoundFacts) -> Sheet:
    """A round's list in sections; one statement."""
    listed = list_of(standing, round_)
    sections = sections_of((outcome.outcome_id, outcome.domain) for outcome in listed)
    return Sheet(round=round_, listed=listed, sections=sections)


def section_to_open(standing: Standing, *, round_: RoundFacts) -> int | None:
    """The number of the section where a panellist goes on, None if nothing is left."""
    sheet, held = sheet_of(standing, round_), held_answers(standing.panellist_id, round_id=round_.round_id)
    section = section_to_go_on_with(sheet.sections, answered=sheet.done(held), newest=held.newest)
    return section.number if section else None


def section_page(
    standing: Standing, *, sheet: Sheet, section: Section, given: Given = NOTHING_GIVEN
) -> SectionPage:
    """One section as a panellist sees it; `given`: what was sent and not taken, to be shown again."""
    definition, protocol = sheet.round.definition, standing.protocol
    held = held_answers(standing.panellist_id, round_id=sheet.round.round_id)
    feedback = cards_for(
        section.outcome_ids,
        panellist_id=standing.panellist_id,
        protocol=protocol,
        round_=definition,
        earlier=standing.earlier_than(sheet.round),
    )
    return SectionPage(
        round_code=definition.code,
        number=section.number,
        of=section.of,
        domain=section.domain,
        part=section.part,
        parts=section.parts,
        question=_question(sheet),
        comments_only=sheet.comments_only,
        cards=tuple(
            _card(outcome, sheet=sheet, protocol=protocol, held=held, given=given, feedback=feedback)
            for outcome in sheet.outcomes_of(section)
        ),
        comment_readers=protocol.ethics.comment_readers,
        here=sheet.progress(held, section),
        in_all=sheet.progress(held),
        saved_at=held.saved_at,
        faults=given.faults,
    )


def finish_page(standing: Standing, *, round_: RoundFacts, given: Given = NOTHING_GIVEN) -> FinishPage:
    """What is left of a round."""
    sheet, held = sheet_of(standing, round_), held_answers(standing.panellist_id, round_id=round_.round_id)
    return FinishPage(
        round_code=round_.definition.code,
        comments_only=sheet.comments_only,
        lines=tuple(
            SectionLine(
                number=section.number,
                domain=section.domain,
                part=section.part,
                parts=section.parts,
                progress=sheet.progress(held, section),
            )
            for section in sheet.sections
        ),
        in_all=sheet.progress(held),
        comment=_comment_box(None, held=held, given=given),
        comment_readers=standing.protocol.ethics.comment_readers,
        finished_at=round_.finished_at,
        saved_at=held.saved_at,
        faults=given.faults,
    )


def welcome_page(standing: Standing, *, round_: RoundFacts) -> WelcomePage:
    """What taking part in a round means."""
    sheet, protocol = sheet_of(standing, round_), standing.protocol
    return WelcomePage(
        study_title=protocol.study.title,
        round_label=round_.definition.label,
        group=standing.group.label,
        welcome=protocol.ethics.welcome,
        comment_readers=protocol.ethics.comment_readers,
        comments_only=sheet.comments_only,
        outcomes=len(sheet.listed),
        sections=len(sheet.sections),
        minutes=minutes_needed(len(sheet.listed)),
    )


def waiting_page(standing: Standing, *, step: Step) -> WaitingPage:
    """Why there is nothing to answer, and what became of answers that came late."""
    closed, current = standing.last_closed, standing.open_round
    shown = current or closed
    return WaitingPage(
        reason=step,
        round_label=shown.definition.label if shown else "",
        closed_at=closed.closed_at if closed and not current else None,
        late=late_answers(standing.panellist_id, round_id=closed.round_id) if closed and not current else 0,
    )


def _question(sheet: Sheet) -> str:
    """What is asked of every outcome on a page; "" where each outcome is asked several questions."""
    definition = sheet.round.definition
    if len(definition.criteria) == 1:
        return definition.criteria[0].question
    return definition.question


def _card(
    outcome: Listed,
    *,
    sheet: Sheet,
    protocol: Protocol,
    held: Held,
    given: Given,
    feedback: dict[int, tuple[FeedbackCard, ...]],
) -> OutcomeCard:
    cards = feedback.get(outcome.outcome_id, ())
    return OutcomeCard(
        label=outcome.label,
        descriptor=outcome.descriptor,
        questions=tuple(
            _fields(outcome, criterion, sheet=sheet, protocol=protocol, held=held, given=given, cards=cards)
            for criterion in sheet.round.definition.criteria
        ),
        comment=_comment_box(outcome.outcome_id, held=held, given=given),
        feedback=cards,
    )


def _fields(
    outcome: Listed,
    criterion: Criterion,
    *,
    sheet: Sheet,
    protocol: Protocol,
    held: Held,
    given: Given,
    cards: tuple[FeedbackCard, ...],
) -> QuestionFields:
    scale = protocol.scale_of(sheet.round.definition)
    question = Question(outcome.outcome_id, criterion.code)
    answer = held.answers.get(question)
    chosen, earlier = (
        answer.choice if answer else "",
        _earlier_choice(cards, criterion.code, scale=scale.code),
    )
    name = answer_field(question)

    def choice(value: str, *, number: str = "", word: str) -> Choice:
        return Choice(value=value, number=number, word=word, chosen=value == chosen, earlier=value == earlier)

    return QuestionFields(
        name=name,
        question=criterion.question,
        points=tuple(choice(str(n), number=str(n), word=scale.word(n)) for n in scale.points),
        cannot_say=choice(Missing.CANNOT_SAY.value, word=scale.cannot_say),
        skip=choice(Missing.SKIPPED.value, word=gettext("Skip this one")),
        fault=_fault(given, name),
    )


def _earlier_choice(cards: tuple[FeedbackCard, ...], criterion: str, *, scale: str) -> str:
    """The panellist's own earlier score, marked where the outcome has one earlier form, on the same scale."""
    own = [card.own for card in cards if card.criterion == criterion and card.scale == scale]
    if len(own) != 1 or own[0] is None or own[0].score is None:
        return ""
    return str(own[0].score)


def _comment_box(outcome_id: int | None, *, held: Held, given: Given) -> CommentBox:
    name = comment_field(outcome_id)
    fault = _fault(given, name)
    text = given.typed.get(name, "") if fault else held.comments.get(outcome_id, "")
    return CommentBox(name=name, text=text, fault=fault)


def _fault(given: Given, name: str) -> str:
    return next((fault.message for fault in given.faults if fault.field == name), "")
