"""Forms of the pages about messages."""

from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovRadioInput, GovSubmitInput
from wtforms import RadioField, SubmitField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types

from delphi.domain.inviting import Whom

WHOM_CHOICES = (
    SelectChoice(Whom.NOT_FINISHED.value, "Everyone who has not finished"),
    SelectChoice(Whom.NOT_STARTED.value, "Only those who have not started"),
)


class WhomForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """Whom a reminder is for; sent by GET, so it has no token."""

    whom = RadioField("Whom do you want to remind?", choices=list(WHOM_CHOICES), widget=GovRadioInput())
    show = SubmitField("Show who gets it", widget=GovSubmitInput())


class SendForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """The button that puts messages in the outbox."""

    send = SubmitField("Send them", widget=GovSubmitInput())
