"""Forms of the pages for study teams."""

from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovSubmitInput
from wtforms import SubmitField


class OpenForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """The button that opens a round."""

    open = SubmitField("Open this round", widget=GovSubmitInput())


class CloseForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """The button that closes a round."""

    close = SubmitField("Close this round", widget=GovSubmitInput())


class DigestForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """The button under the digest's boxes."""

    save = SubmitField("Save the digest", widget=GovSubmitInput())
