"""What every page of a panellist carries: the exit, the time-out, where there is help."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from babel import Locale
from babel.dates import format_date, format_timedelta
from flask import Blueprint, request

from delphi.access import current
from delphi.domain.sessions import LENGTHS, WARNED_BEFORE
from delphi.domain.support import CountryHelp, address_of, help_by_country
from delphi.web import clock, ways_out
from delphi.web.language import as_list, current_language, current_locale

ENTERING = frozenset(
    {"access.enter", "access.spend", "access.enter_code", "leaving.signed_out", "leaving.help_and_support"}
)
LENGTHS_KEPT = 64  # one a length and language
BLUEPRINTS_FOR_ENTERING = frozenset({"joining", "invitations"})


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeOut:
    """How long this page's reader stays signed in; `words`: how long they may be away."""

    left_seconds: int
    warned_before_seconds: int
    words: str


def offers_exit() -> bool:
    """Whether the page has the button: for panellists, and for who comes in. Asks no database."""
    entering = request.endpoint in ENTERING or request.blueprint in BLUEPRINTS_FOR_ENTERING
    return entering or current.panellist_in_cookie() is not None


def help_lines() -> tuple[CountryHelp, ...]:
    """Where there is help, as far as the page's study is known."""
    return help_by_country(ways_out.support_lines(), language=current_language().code)


def time_out() -> TimeOut | None:
    """The time-out of a signed-in panellist's page, None on others."""
    if not ways_out.study_is_known() or not isinstance(current.visitor(), current.SignedInPanellist):
        return None
    away = LENGTHS[current.away_time()]
    return TimeOut(
        left_seconds=int(current.time_left(now=clock.now()).total_seconds()),
        warned_before_seconds=int(WARNED_BEFORE.total_seconds()),
        words=_in_words(away, current_locale()),
    )


@lru_cache(maxsize=LENGTHS_KEPT)
def _in_words(away: timedelta, locale: Locale) -> str:
    return format_timedelta(away, locale=locale)


def as_day(day: date) -> str:
    """Such as 3 April 2025, in the language of the page."""
    return format_date(day, format="long", locale=current_locale())


def as_language_names(codes: Iterable[str]) -> str:
    """Such as "English, French", in the language of the page."""
    names = current_locale().languages
    return as_list(names.get(code.partition("-")[0].lower(), code) for code in codes)


def offer_to_templates(blueprint: Blueprint) -> None:
    """Give the templates of the app what they need for it."""
    for words in (offers_exit, ways_out.exit_to, ways_out.team_contact, help_lines, time_out):
        blueprint.add_app_template_global(words)
    blueprint.add_app_template_filter(address_of, "as_address")
    blueprint.add_app_template_filter(as_day)
    blueprint.add_app_template_filter(as_language_names)
