"""The form of the team's own words for a message."""

from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovSubmitInput, GovTextArea, GovTextInput
from wtforms import Field, HiddenField, StringField, SubmitField, TextAreaField, ValidationError
from wtforms.validators import Length

from delphi.domain.own_words import PLACEHOLDER, faults_in

MOST_LETTERS, MOST_SUBJECT_LETTERS = 4000, 100


class TextForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """Subject and text; `seen` is the number of the save that they were read from."""

    subject = StringField(
        "Subject (optional)",
        description="Leave it empty for the neutral subject.",
        filters=[lambda words: " ".join((words or "").split())],
        validators=[
            Length(max=MOST_SUBJECT_LETTERS, message="The subject can have at most %(max)d characters.")
        ],
        widget=GovTextInput(),
    )
    text = TextAreaField(
        "Text",
        description="Write {link} where the link should be, and {until} for the day until it works. "
        "An empty line begins a new paragraph. Leave all of it empty for the standard words.",
        filters=[lambda words: (words or "").replace("\r\n", "\n").replace("\r", "\n").strip()],
        validators=[Length(max=MOST_LETTERS, message="The text can have at most %(max)d characters.")],
        widget=GovTextArea(),
    )
    seen = HiddenField()
    save = SubmitField("Save the text", widget=GovSubmitInput())

    def validate_text(self, field: Field) -> None:
        """The link must be there, and nothing that nobody would fill in."""
        faults = faults_in(field.data or "")
        if faults:
            raise ValidationError(" ".join(faults))

    def validate_subject(self, field: Field) -> None:
        """Nothing is filled in in a subject: whoever sees the list of messages would read a link there."""
        if PLACEHOLDER.search(field.data or ""):
            raise ValidationError("Nothing is filled in in the subject. Take out what stands in { and }.")

    @property
    def seen_number(self) -> int:
        """The number of the save that was read; what is no number is none of ours."""
        said = self.seen.data or ""
        return int(said) if said.isascii() and said.isdigit() and len(said) < 7 else 0
