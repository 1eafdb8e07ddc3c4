"""The form that filters the audit trail: sent with GET, so a filtered page has an address of its own."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovSelect, GovTextInput
from wtforms import Field, SelectField, StringField, ValidationError

from delphi.team.audit_queries import Choices, Filters, is_panellist

DATE_HINT = "Such as 2025-04-03."


class TrailForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """Who, what, when, in which round."""

    class Meta:
        """A form that only reads needs no token."""

        csrf = False

    who = SelectField("Who", default="", widget=GovSelect())
    panellist = StringField("Panellist’s code", widget=GovTextInput())
    action = SelectField("What", default="", widget=GovSelect())
    round = SelectField("Round", default="", widget=GovSelect())
    since = StringField("From", description=DATE_HINT, widget=GovTextInput())
    until = StringField("Up to and with", description=DATE_HINT, widget=GovTextInput())

    def offer(self, choices: Choices, *, study_id: int) -> None:
        """Say what there is to choose from."""
        self.study_id = study_id
        self.who.choices = list(choices.who)
        self.action.choices = list(choices.actions)
        self.round.choices = list(choices.rounds)

    def validate_panellist(self, field: Field) -> None:
        """Refuse a code that nobody has."""
        if field.data and not is_panellist(self.study_id, field.data.strip()):
            raise ValidationError("Nobody on the panel has this code.")

    def validate_since(self, field: Field) -> None:
        """Refuse what is no date."""
        if field.data and _day_of(field.data) is None:
            raise ValidationError("Enter a date as year, month and day, such as 2025-04-03.")

    validate_until = validate_since

    def filters(self, *, zone: ZoneInfo) -> Filters:
        """What is asked for; days are those of the installation's time zone."""
        since, until = _day_of(self.since.data or ""), _day_of(self.until.data or "")
        return Filters(
            who=self.who.data or "",
            panellist=(self.panellist.data or "").strip(),
            action=self.action.data or "",
            round_code=self.round.data or "",
            since=None if since is None else _midnight(since, zone),
            before=None if until is None else _midnight(until + timedelta(days=1), zone),
        )


def _day_of(text: str) -> date | None:
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        return None
    return day if 1900 <= day.year <= 9000 else None


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), tzinfo=zone)
