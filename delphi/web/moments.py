"""Forms that ask for a moment to come, by the clock of the installation."""

from datetime import date, datetime, time

from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovTextInput
from wtforms import StringField, ValidationError

from delphi.web import clock


class MomentForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """A day and a time, in the installation's time zone."""

    day = StringField("Day", description="For example 2031-04-30.", widget=GovTextInput())
    hour = StringField("Time", description="For example 18:00.", widget=GovTextInput())

    @property
    def names_a_moment(self) -> bool:
        """Whether the day and the time are asked for; a form that offers something else says so."""
        return True

    def validate_day(self, field: StringField) -> None:
        """Take a day of the calendar."""
        if not self.names_a_moment:
            return
        try:
            date.fromisoformat((field.data or "").strip())
        except ValueError:
            raise ValidationError("Enter a real day, such as 2031-04-30.") from None

    def validate_hour(self, field: StringField) -> None:
        """Take a time of day."""
        if not self.names_a_moment:
            return
        try:
            hour = time.fromisoformat((field.data or "").strip())
        except ValueError:
            hour = None
        if hour is None or hour.tzinfo is not None:
            raise ValidationError("Enter a real time of day, such as 18:00.")

    def moment(self) -> datetime:
        """The moment that was named, in UTC; only of a valid form that names one."""
        day, hour = (self.day.data or "").strip(), (self.hour.data or "").strip()
        return clock.moment_of(date.fromisoformat(day), time.fromisoformat(hour))

    def show(self, moment: datetime | None) -> None:
        """Fill in a moment that was named before, unless something was sent."""
        if moment is not None and not self.is_submitted():
            local = clock.local(moment)
            self.day.data, self.hour.data = f"{local:%Y-%m-%d}", f"{local:%H:%M}"

    def is_to_come(self, *, now: datetime) -> bool:
        """Whether a valid form names a moment to come, or none; else say what is wrong beside the day."""
        if not self.names_a_moment or self.moment() > now:
            return True
        self.refuse_day("Choose a moment that is still to come.")
        return False

    def refuse_day(self, words: str) -> None:
        """Say beside the day why the moment cannot be taken."""
        self.day.errors = [*self.day.errors, words]
