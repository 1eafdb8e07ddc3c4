"""The form on which a preview begins."""

from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovRadioInput, GovSubmitInput
from wtforms import RadioField, SubmitField
from wtforms.validators import InputRequired

from delphi.previewing.queries import ChooserPage


class ChooseForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """As whom, and in which language, the pages are shown."""

    group = RadioField("Group", widget=GovRadioInput(), validators=[InputRequired("Choose a group.")])
    language = RadioField(
        "Language", widget=GovRadioInput(), validators=[InputRequired("Choose a language.")]
    )
    begin = SubmitField("Start the preview", widget=GovSubmitInput())

    def __init__(self, page: ChooserPage) -> None:
        """Offer the study's groups and languages; the first of each is chosen."""
        super().__init__(data={"group": page.groups[0][0], "language": page.languages[0][0]})
        self.group.choices, self.language.choices = list(page.groups), list(page.languages)
