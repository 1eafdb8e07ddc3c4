"""Forms of the pages that ask before a round opens or closes."""

from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovSubmitInput
from wtforms import SubmitField


class OpenForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """The button that opens a round."""

    open = SubmitField("Open this round", widget=GovSubmitInput())


class CloseForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """The button that closes a round."""

    close = SubmitField("Close this round", widget=GovSubmitInput())
