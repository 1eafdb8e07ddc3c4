"""Forms of the planned closing of a round."""

from datetime import date, datetime, time

from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovTextInput
from wtforms import StringField, ValidationError

from delphi.web import clock


class PlanForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """The day and the time at which a round closes, in the installation's time zone."""

    day = StringField("Day", description="For example 2031-04-30.", widget=GovTextInput())
    hour = StringField("Time", description="For example 18:00.", widget=GovTextInput())

    def validate_day(self, field: StringField) -> None:
        """Take a day of the calendar."""
        try:
            date.fromisoformat((field.data or "").strip())
        except ValueError:
            raise ValidationError("Enter a real day, such as 2031-04-30.") from None

    def validate_hour(self, field: StringField) -> None:
        """Take a time of day."""
        try:
            hour = time.fromisoformat((field.data or "").strip())
        except ValueError:
            hour = None
        if hour is None or hour.tzinfo is not None:
            raise ValidationError("Enter a real time of day, such as 18:00.")

    def moment(self) -> datetime:
        """The moment that was named, in UTC; only of a valid form."""
        day, hour = (self.day.data or "").strip(), (self.hour.data or "").strip()
        return clock.moment_of(date.fromisoformat(day), time.fromisoformat(hour))


class TakeAwayForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """The button that takes the planned closing away."""
