"""What a panellist is told when another page of theirs, or another device, had changed an answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from flask import session
from flask_babel import gettext

from analysis.study.records import Missing
from delphi.access import current
from delphi.domain.answers import Answer, Question
from delphi.models import TextKind
from delphi.rating.actions import Saved
from delphi.rating.cards import skip_word
from delphi.rating.forms import Text
from delphi.rating.held import Held
from delphi.rating.sheet import Sheet
from delphi.standing import RoundFacts
from delphi.web import clock

LATER = "elsewhere"
KINDS = tuple(TextKind)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What had been changed on another page, and when, in words."""

    about: Question | Text
    when: str


def elsewhere_in(saved: Saved, *, now: datetime) -> tuple[Elsewhere, ...]:
    """What another page had changed, of what was just saved."""
    return tuple(
        Elsewhere(about, _when(saved.before.changed_at(about), now=now)) for about in saved.elsewhere
    )


def tell_later(elsewhere: Iterable[Elsewhere], *, round_: RoundFacts) -> None:
    """Tell it on the next page of the round. The cookie carries it there: ids and times, no words of anybody.

    Who is signed out by now is told nothing: the next page may be somebody else's.
    """
    kept = [[*_as_numbers(each.about, round_), each.when] for each in elsewhere]
    if kept and current.writer_after_timeout() is None:
        session[LATER] = [round_.round_id, kept]


def to_be_told(round_: RoundFacts | None) -> tuple[Elsewhere, ...]:
    """What a page of the round left to be told, once."""
    round_id, kept = session.pop(LATER, (None, ()))
    if round_ is None or round_.round_id != round_id:
        return ()
    return tuple(Elsewhere(_about(outcome_id, place, round_), when) for outcome_id, place, when in kept)


def told_in_words(elsewhere: Iterable[Elsewhere], *, sheet: Sheet, held: Held) -> tuple[str, ...]:
    """A sentence or two for each; nothing for an outcome that is not in the round's list."""
    labels = {outcome.outcome_id: outcome.label for outcome in sheet.listed}
    return tuple(
        _words(each, label=labels.get(each.about.outcome_id or 0, ""), sheet=sheet, held=held)
        for each in elsewhere
        if each.about.outcome_id is None or each.about.outcome_id in labels
    )


def _words(each: Elsewhere, *, label: str, sheet: Sheet, held: Held) -> str:
    if isinstance(each.about, Question):
        answer = held.answers.get(each.about)
        return gettext(
            "You changed “%(text)s” on another page (%(time)s). We kept your newest answer: %(answer)s.",
            text=label,
            time=each.when,
            answer=_answer_words(answer, sheet) if answer else "",
        )
    if each.about.outcome_id is None:
        return gettext(
            "You changed what you wrote about the round on another page (%(time)s). "
            "We kept what you wrote last.",
            time=each.when,
        )
    return gettext(
        "You changed what you wrote about “%(text)s” on another page (%(time)s). "
        "We kept what you wrote last.",
        text=label,
        time=each.when,
    )


def _answer_words(answer: Answer, sheet: Sheet) -> str:
    if answer.missing is None:
        return answer.choice
    return skip_word() if answer.missing is Missing.SKIPPED or sheet.scale is None else sheet.scale.cannot_say


def _when(moment: datetime, *, now: datetime) -> str:
    is_today = clock.local(moment).date() == clock.local(now).date()
    return clock.as_time(moment) if is_today else clock.as_date_and_time(moment)


def _as_numbers(about: Question | Text, round_: RoundFacts) -> tuple[int, int]:
    """The outcome, 0 for the whole round, and the place of the criterion, or below 0 of the kind of text."""
    if isinstance(about, Text):
        return about.outcome_id or 0, -1 - KINDS.index(about.kind)
    codes = [criterion.code for criterion in round_.definition.criteria]
    return about.outcome_id, codes.index(about.criterion)


def _about(outcome_id: int, place: int, round_: RoundFacts) -> Question | Text:
    if place < 0:
        return Text(outcome_id or None, KINDS[-1 - place])
    return Question(outcome_id, round_.definition.criteria[place].code)
