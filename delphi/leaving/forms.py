"""The forms of the settings and of leaving the study."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import TypeVar

from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovCheckboxInput, GovRadioInput, GovSubmitInput, GovTextInput
from wtforms import BooleanField, DateField, RadioField, SubmitField, ValidationError
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import InputRequired

from delphi.dataset.wishes import Wish
from delphi.domain.sessions import AwayTime
from delphi.models import AnswersAfterLeaving, Channel, Hours, Reminders

Value = TypeVar("Value", bound=StrEnum)
CHANNELS = {
    Channel.EMAIL: lazy_gettext("By e-mail"),
    Channel.MESSAGE: lazy_gettext("By text message"),
    Channel.TELEPHONE: lazy_gettext("By telephone"),
    Channel.NONE: lazy_gettext("Do not contact me. I will come back by myself"),
}
HOURS = {
    Hours.ANY: lazy_gettext("At any time"),
    Hours.MORNING: lazy_gettext("In the morning"),
    Hours.AFTERNOON: lazy_gettext("In the afternoon"),
    Hours.EVENING: lazy_gettext("In the evening"),
}
REMINDERS = {
    Reminders.WANTED: lazy_gettext("Yes, remind me"),
    Reminders.PAUSED: lazy_gettext("Not now. Wait until a day that I choose"),
    Reminders.STOPPED: lazy_gettext("No reminders"),
}
AWAY_TIMES = {
    AwayTime.TEN_MINUTES: lazy_gettext("10 minutes. For a device that others use too"),
    AwayTime.ONE_HOUR: lazy_gettext("1 hour"),
    AwayTime.EIGHT_HOURS: lazy_gettext("8 hours. This is my own device"),
    AwayTime.ONE_WEEK: lazy_gettext("Keep me signed in on this device for a week"),
}
WAYS = {
    AnswersAfterLeaving.KEPT: lazy_gettext("Stop here, and keep my answers in the study"),
    AnswersAfterLeaving.REMOVED: lazy_gettext("Stop here, and take my answers out"),
}
CONFIRMED = {
    AnswersAfterLeaving.KEPT: lazy_gettext("Leave and keep my answers"),
    AnswersAfterLeaving.REMOVED: lazy_gettext("Delete my answers and leave"),
}


class DayField(DateField):
    """A day that may be left empty."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed."""
        self.data = None
        if any(value.strip() for value in valuelist):
            try:
                self.data = date.fromisoformat(valuelist[0].strip())
            except ValueError:
                raise ValueError(gettext("Enter a real day, such as 2031-04-30.")) from None


class WishForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """How the team may get in touch."""

    channel = RadioField(
        lazy_gettext("How may the team contact you?"),
        widget=GovRadioInput(),
        validators=[InputRequired(lazy_gettext("Choose how the team may contact you."))],
    )
    hours = RadioField(
        lazy_gettext("When is it safe to contact you?"),
        widget=GovRadioInput(),
        validators=[InputRequired(lazy_gettext("Choose when it is safe."))],
    )
    neutral = BooleanField(
        lazy_gettext("Use a sender and a subject that do not name the study"), widget=GovCheckboxInput()
    )
    reminders = RadioField(
        lazy_gettext("May the team remind you of a round?"),
        widget=GovRadioInput(),
        validators=[InputRequired(lazy_gettext("Choose if the team may remind you."))],
    )
    paused_until = DayField(
        lazy_gettext("Remind me again from this day"),
        description=lazy_gettext("Only if you chose to wait. Year, month, day, such as 2031-04-30."),
        widget=GovTextInput(),
    )
    save = SubmitField(lazy_gettext("Save"), widget=GovSubmitInput())

    def __init__(self, wish: Wish, *, today: date, **read_from: None) -> None:
        """Begin with what is wished now; `formdata=None`: another form of the page was sent."""
        super().__init__(obj=wish, **read_from)
        self.today = today
        self.channel.choices = _choices(CHANNELS)
        self.hours.choices = _choices(HOURS)
        self.reminders.choices = _choices(REMINDERS)

    def validate_paused_until(self, field: DayField) -> None:
        """A pause needs a day to come."""
        waits = self.reminders.data == Reminders.PAUSED
        if waits and not field.errors and (field.data is None or field.data <= self.today):
            raise ValidationError(gettext("Enter a day after today, such as 2031-04-30."))

    def wish(self) -> Wish:
        """What was chosen; a day only where there is a pause."""
        reminders = Reminders(self.reminders.data)
        return Wish(
            channel=Channel(self.channel.data),
            hours=Hours(self.hours.data),
            neutral=bool(self.neutral.data),
            reminders=reminders,
            paused_until=self.paused_until.data if reminders is Reminders.PAUSED else None,
        )


class DeviceForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """How long one may be away from this device."""

    away = RadioField(
        lazy_gettext("If you do nothing, when do we sign you out?"),
        widget=GovRadioInput(),
        validators=[InputRequired(lazy_gettext("Choose how long you may be away."))],
    )
    save_device = SubmitField(lazy_gettext("Save for this device"), widget=GovSubmitInput())

    def __init__(self, away: AwayTime) -> None:
        super().__init__(data={"away": away.value})
        self.away.choices = _choices(AWAY_TIMES)


class LeaveForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """Which of the two ways to leave."""

    way = RadioField(
        lazy_gettext("What do you want to happen?"),
        widget=GovRadioInput(),
        validators=[InputRequired(lazy_gettext("Choose what you want to happen."))],
    )
    go_on = SubmitField(lazy_gettext("Continue"), widget=GovSubmitInput())

    def __init__(self, *, may_remove: bool) -> None:
        super().__init__()
        ways = {way: words for way, words in WAYS.items() if may_remove or way is AnswersAfterLeaving.KEPT}
        self.way.choices = _choices(ways)


class ConfirmForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """The button that does it, and says what it does."""

    leave = SubmitField(widget=GovSubmitInput())

    def __init__(self, way: AnswersAfterLeaving) -> None:
        super().__init__()
        self.leave.label.text = CONFIRMED[way]


def _choices(words: Mapping[Value, str]) -> list[SelectChoice]:
    return [SelectChoice(value.value, label) for value, label in words.items()]
