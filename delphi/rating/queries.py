"""What the panellist's pages show, read from the database."""

from collections.abc import Sequence
from datetime import datetime

from delphi.domain.journey import Step
from delphi.domain.sections import Section, section_to_go_on_with
from delphi.feedback import NO_FEEDBACK, show_feedback
from delphi.models import TextKind
from delphi.rating.cards import Answered, anchor_of, card_of, choices_of
from delphi.rating.forms import Given, Text
from delphi.rating.held import held_answers, late_answers
from delphi.rating.pages import (
    FinishPage,
    LeftOver,
    SectionLine,
    SectionPage,
    WaitingPage,
)
from delphi.rating.sheet import Sheet, sheet_of
from delphi.rating.told import Elsewhere, told_in_words
from delphi.standing import RoundFacts, Standing
from delphi.standing.contact import can_be_reached

NOTHING_GIVEN = Given(answers={}, texts={}, faults=(), typed={}, seen=None)


def section_to_open(standing: Standing, *, round_: RoundFacts) -> int | None:
    """The number of the section where a panellist goes on, None if nothing is left."""
    sheet, held = sheet_of(standing, round_), held_answers(standing.panellist_id, round_id=round_.round_id)
    section = section_to_go_on_with(sheet.sections, answered=sheet.done(held), newest=held.newest)
    return section.number if section else None


def section_page(
    standing: Standing,
    *,
    sheet: Sheet,
    section: Section,
    now: datetime,
    given: Given = NOTHING_GIVEN,
    elsewhere: Sequence[Elsewhere] = (),
) -> SectionPage:
    """One section as a panellist sees it; what they see of the others is kept.

    `given`: what was sent and not taken, to be shown again; `elsewhere`: what another page had changed.
    """
    definition, protocol = sheet.round.definition, standing.protocol
    held = held_answers(standing.panellist_id, round_id=sheet.round.round_id)
    answered = Answered(asked=sheet.asked(section), held=held, given=given)
    feedback = show_feedback(standing, round_=sheet.round, outcome_ids=section.outcome_ids, now=now)
    done = sheet.done(held)
    return SectionPage(
        round_code=definition.code,
        has_last_time=bool(standing.since_last_time(sheet.round)),
        seen=held.seen,
        number=section.number,
        of=section.of,
        domain=section.domain,
        part=section.part,
        parts=section.parts,
        note=sheet.notes.get(section.domain, ""),
        question=_question(sheet),
        comments_only=sheet.comments_only,
        choices=choices_of(sheet.scale),
        cards=tuple(
            card_of(
                outcome,
                sheet=sheet,
                answered=answered,
                feedback=feedback.get(outcome.outcome_id, NO_FEEDBACK),
            )
            for outcome in sheet.outcomes_of(section)
        ),
        comment_readers=protocol.ethics.comment_readers,
        private_readers=protocol.ethics.private_readers,
        here=sheet.progress(done, section),
        in_all=sheet.progress(done),
        saved_at=held.saved_at,
        faults=given.faults,
        told=told_in_words(elsewhere, sheet=sheet, held=held),
    )


def finish_page(
    standing: Standing,
    *,
    round_: RoundFacts,
    given: Given = NOTHING_GIVEN,
    elsewhere: Sequence[Elsewhere] = (),
) -> FinishPage:
    """What is left of a round; `given` and `elsewhere` as for a section."""
    sheet, held = sheet_of(standing, round_), held_answers(standing.panellist_id, round_id=round_.round_id)
    answered = Answered(asked=sheet.asked_at_the_end(), held=held, given=given)
    boxes = {kind: answered.box(Text(None, kind)) for kind in answered.asked.of_round}
    done = sheet.done(held)
    return FinishPage(
        round_code=round_.definition.code,
        seen=held.seen,
        comments_only=sheet.comments_only,
        lines=tuple(_line(section, sheet=sheet, done=done) for section in sheet.sections),
        in_all=sheet.progress(done),
        comment=boxes[TextKind.COMMENT],
        proposal=boxes.get(TextKind.PROPOSAL),
        private=boxes.get(TextKind.PRIVATE),
        comment_readers=standing.protocol.ethics.comment_readers,
        private_readers=standing.protocol.ethics.private_readers,
        finished_at=round_.finished_at,
        saved_at=held.saved_at,
        faults=given.faults,
        told=told_in_words(elsewhere, sheet=sheet, held=held),
    )


def told_at_the_end(standing: Standing, *, elsewhere: Sequence[Elsewhere]) -> tuple[str, ...]:
    """What had been changed on another page, in words, for who has finished."""
    round_ = standing.open_round
    if round_ is None or not elsewhere:
        return ()
    held = held_answers(standing.panellist_id, round_id=round_.round_id)
    return told_in_words(elsewhere, sheet=sheet_of(standing, round_), held=held)


def waiting_page(standing: Standing, *, step: Step) -> WaitingPage:
    """Why there is nothing to answer, and what became of answers that came late."""
    closed, current = standing.last_closed, standing.open_round
    shown = current or closed
    to_come = standing.next_to_begin
    return WaitingPage(
        reason=step,
        next_label=to_come.definition.label if to_come else "",
        begins_at=to_come.timing.begins_at if to_come else None,
        round_label=shown.definition.label if shown else "",
        closed_at=closed.closed_at if closed and not current else None,
        late=late_answers(standing.panellist_id, round_id=closed.round_id) if closed and not current else 0,
        can_be_reached=can_be_reached(standing.panellist_id),
    )


def _line(section: Section, *, sheet: Sheet, done: frozenset[int]) -> SectionLine:
    left = () if sheet.comments_only else sheet.left(done, section)
    return SectionLine(
        number=section.number,
        domain=section.domain,
        part=section.part,
        parts=section.parts,
        progress=sheet.progress(done, section),
        left=tuple(LeftOver(anchor=anchor_of(outcome.outcome_id), label=outcome.label) for outcome in left),
    )


def _question(sheet: Sheet) -> str:
    """What is asked of every outcome on a page; "" where each outcome is asked several questions."""
    definition = sheet.round.definition
    if len(definition.criteria) == 1:
        return definition.criteria[0].question
    return definition.question
