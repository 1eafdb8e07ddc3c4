"""What one page leaves for the next one to tell.

The session carries it there, and its cookie is signed, not sealed: whoever shares the device can read it. So
it holds ids and times, and the words are found where they are shown.
"""

from datetime import UTC, datetime

from flask import flash, redirect, session, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from analysis.study.rounds import RoundKind
from delphi.access import current
from delphi.standing.facts import RoundFacts, Standing
from delphi.standing.left import not_kept_words
from delphi.web import clock

CAME_LATE = "came_late"
REPLACED_AT = "replaced_at"
NOT_KEPT = "not_kept"
COUNTS = "counts"


def tell_it_came_late(round_: RoundFacts) -> None:
    """Have the next page say that a round had closed before something came."""
    _leave(CAME_LATE, round_.round_id)


def tell_it_counts(round_: RoundFacts) -> None:
    """Have the next page say that what came while a round rests is kept and counts."""
    if round_.closed_at is None:
        _leave(COUNTS, clock.now().timestamp())


def tell_what_was_replaced(at: datetime) -> None:
    """Have the next page say that something newer than what was sent had been saved."""
    _leave(REPLACED_AT, at.timestamp())


def refuse(standing: Standing) -> AnyResponse:
    """Send somebody whose answers the round does not take to where they stand; say so if they have left."""
    if standing.withdrawn:
        _leave(NOT_KEPT, True)
    return redirect(url_for("rating.start"), code=303)


def tell_now(standing: Standing) -> None:
    """Put on this page what earlier ones left to be told."""
    replaced_at, round_id = session.pop(REPLACED_AT, None), session.pop(CAME_LATE, None)
    if replaced_at is not None:
        flash(replaced_words(datetime.fromtimestamp(replaced_at, tz=UTC)))
    if session.pop(NOT_KEPT, False) and standing.withdrawn:
        flash(not_kept_words(standing.panellist_id), "refused")
    came_at = session.pop(COUNTS, None)
    if came_at is not None:
        flash(counts_words(datetime.fromtimestamp(came_at, tz=UTC)))
    late = next((each for each in standing.rounds if each.round_id == round_id), None)
    if late is not None:
        flash(_late_words(late))


def replaced_words(at: datetime) -> str:
    """That what was saved last counts."""
    return gettext(
        "Saved. At %(time)s you saved something else on another page or device. This newer one counts.",
        time=clock.as_time(at),
    )


def counts_words(at: datetime) -> str:
    """That an answer which came while the round rests is as good as any other."""
    return gettext("Saved %(time)s. The round is paused now. Your answer counts.", time=clock.as_time(at))


def _late_words(round_: RoundFacts) -> str:
    if round_.definition.kind is RoundKind.RANKING:
        return gettext(
            "%(round)s had closed before this came. "
            "Your order is kept, marked as late, and not in its results.",
            round=round_.definition.label,
        )
    return gettext(
        "%(round)s had closed before this came. "
        "Your answers are kept, marked as late, and not in its results.",
        round=round_.definition.label,
    )


def _leave(name: str, what: float) -> None:
    # Who is signed out by now is told nothing: the next page may be somebody else's.
    if current.writer_after_timeout() is None:
        session[name] = what
