"""The only clock, and moments as people read them."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from babel.dates import format_date
from flask import Flask, current_app
from flask_babel import gettext

from delphi.web.language import current_locale


def now() -> datetime:
    """This moment, in UTC. Views pass it down; nothing below them asks a clock."""
    return datetime.now(UTC)


def local(moment: datetime) -> datetime:
    """A moment in the installation's time zone."""
    return moment.astimezone(_zone())


def moment_of(day: date, hour: time) -> datetime:
    """The moment, in UTC, at which a clock in the installation's time zone shows that day and hour."""
    return datetime.combine(day, hour, tzinfo=_zone()).astimezone(UTC)


def _zone() -> ZoneInfo:
    zone = current_app.config["TIME_ZONE"]
    if not isinstance(zone, ZoneInfo):
        raise TypeError("TIME_ZONE is not a time zone")
    return zone


def as_time(moment: datetime) -> str:
    """Such as 14:05, in every language."""
    return f"{local(moment):%H:%M}"


def as_date(moment: datetime) -> str:
    """Such as 3 April 2025, in the language of the page."""
    return format_date(local(moment), format="long", locale=current_locale())


def as_date_and_time(moment: datetime) -> str:
    """Such as 3 April 2025 at 14:05, in the language of the page."""
    return gettext("%(date)s at %(time)s", date=as_date(moment), time=as_time(moment))


def offer_to_templates(app: Flask) -> None:
    """Give templates the filters `as_time`, `as_date` and `as_date_and_time`."""
    for words in (as_time, as_date, as_date_and_time):
        app.add_template_filter(words)
