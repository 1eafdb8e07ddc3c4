"""What the page's script is told: words for the person, and what it needs to keep its page true."""

from collections.abc import Mapping
from datetime import datetime

from flask import Response, jsonify
from flask_babel import gettext

from delphi.access import current
from delphi.domain.answers import Seen
from delphi.rating.actions import Saved
from delphi.rating.forms import Given, about_of, answer_field, text_field
from delphi.rating.held import History, held_in, history_of
from delphi.rating.sheet import Sheet
from delphi.rating.told import elsewhere_in, told_in_words
from delphi.standing import Standing
from delphi.standing.left import not_kept_words
from delphi.standing.told_next import counts_words
from delphi.web import clock


def reply_to_script(
    saved: Saved, *, given: Given, standing: Standing, sheet: Sheet, now: datetime
) -> Response:
    """Say what became of a few answers, and what other pages have changed beside them.

    `fields` could not be kept; `elsewhere` are fields that are held otherwise than this page shows them, up
    to `seen`. Who is signed out by now is told so, and nothing of what is held.
    """
    fields = [fault.field for fault in given.faults]
    code = 422 if fields else 200
    if current.writer_after_timeout() is not None:
        return _json(code, status=_signed_out(now=now, all_kept=not fields), fields=fields)
    rests = sheet.round.timing.rests
    status = given.faults[0].message if given.faults else _kept(saved, rests=rests, now=now)
    if given.seen is None:
        return _json(code, status=status, fields=fields)
    history = history_of(standing.panellist_id, round_id=sheet.round.round_id)
    told = told_in_words(elsewhere_in(saved, now=now), sheet=sheet, held=held_in(history))
    return _json(
        code,
        status=status,
        fields=fields,
        seen=str(history.seen),
        elsewhere=_elsewhere(history, given=given, seen=given.seen, sheet=sheet),
        told=" ".join(told),
    )


def answer_refused(standing: Standing, *, has_left: bool) -> Response:
    """Say that the round takes no answers of this panellist, and what to do."""
    if has_left:
        return _json(409, status=not_kept_words(standing.panellist_id), fields=[])
    status = gettext(
        "This could not be saved, because you do not take part in this round now. "
        "Copy what you wrote if you want to keep it. Then open this page again to see why."
    )
    return _json(409, status=status, fields=[])


def _elsewhere(history: History, *, given: Given, seen: Seen, sheet: Sheet) -> dict[str, str]:
    """What is held of the page's outcomes otherwise than the page shows it, by field."""
    on_page = _outcomes_on_page(given.typed, sheet)
    answers_shown = {**history.answers(until=seen.rating), **given.answers}
    texts_shown = {**history.newest_texts(until=seen.text), **given.texts}
    answers = {
        answer_field(about): answer.choice
        for about, answer in history.answers().items()
        if about.outcome_id in on_page and answers_shown.get(about) != answer
    }
    texts = {
        text_field(about): text
        for about, text in history.newest_texts().items()
        if about.outcome_id in on_page and texts_shown.get(about, "") != text
    }
    return answers | texts


def _outcomes_on_page(fields: Mapping[str, str], sheet: Sheet) -> frozenset[int]:
    named = (about_of(field) for field in fields)
    outcome_ids = [about.outcome_id for about in named if about is not None and about.outcome_id is not None]
    return sheet.beside(outcome_ids[0]) if outcome_ids else frozenset()


def _kept(saved: Saved, *, rests: bool, now: datetime) -> str:
    if saved.late:
        return gettext("The round has closed. Your answer is kept, marked as late.")
    if rests:
        return counts_words(now)
    return gettext("Saved %(time)s", time=clock.as_time(now))


def _signed_out(*, now: datetime, all_kept: bool) -> str:
    if not all_kept:
        return gettext(
            "Not all of it could be saved. You were signed out to keep your answers safe. "
            "Open your link or enter a sign-in code to go on."
        )
    return gettext(
        "Saved %(time)s. You were signed out to keep your answers safe. "
        "Open your link or enter a sign-in code to go on.",
        time=clock.as_time(now),
    )


def _json(code: int, **answer: object) -> Response:
    response = jsonify(**answer)
    response.status_code = code
    return response
