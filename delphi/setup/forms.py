"""Forms of the pages for study teams."""

from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovRadioInput, GovSubmitInput
from wtforms import RadioField, SubmitField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import InputRequired

from delphi.web.moments import MomentForm

NOW, THEN = "now", "then"


class OpenForm(MomentForm):
    """The button that opens a round, and from when panellists can answer."""

    when = RadioField(
        "From when can panellists answer?",
        choices=[
            SelectChoice(NOW, "Now"),
            SelectChoice(THEN, "From a day and time on"),
        ],
        default=NOW,
        widget=GovRadioInput(),
        validators=[InputRequired("Choose one.")],
    )
    open = SubmitField("Open this round", widget=GovSubmitInput())

    @property
    def names_a_moment(self) -> bool:
        """Whether the round begins later."""
        return bool(self.when.data == THEN)


class CloseForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """The button that closes a round."""

    close = SubmitField("Close this round", widget=GovSubmitInput())


class DigestForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """The button under the digest's boxes."""

    save = SubmitField("Save the digest", widget=GovSubmitInput())
