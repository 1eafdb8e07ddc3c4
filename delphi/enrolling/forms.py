"""Forms of the pages that put people on the panel."""

from collections.abc import Sequence

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from govuk_frontend_wtf.wtforms_widgets import (
    GovFileInput,
    GovRadioInput,
    GovSelect,
    GovSubmitInput,
    GovTextInput,
)
from wtforms import Field, HiddenField, RadioField, SelectField, StringField, SubmitField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import InputRequired, ValidationError

from delphi.access.contacts import ContactDetails
from delphi.enrolling.people import email_fault, reference_fault, telephone_fault

KNOWN = "Somebody with this contact is on the panel already."


class UploadForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """A file with people."""

    file = FileField(
        "The file with the people",
        description="XLSX or CSV, at most 1.5 MB and 5,000 people.",
        widget=GovFileInput(),
        validators=[FileRequired("Choose a file.")],
    )
    upload = SubmitField("Check the file", widget=GovSubmitInput())


class CheckForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """The button that does what the page shows; `shown` says what that was."""

    shown = HiddenField()
    add = SubmitField("Add these people", widget=GovSubmitInput())


class ContactForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """How somebody is reached."""

    email = StringField("E-mail", widget=GovTextInput())
    telephone = StringField(
        "Telephone", description="With the country, such as +44 20 7946 0018.", widget=GovTextInput()
    )
    reference = StringField(
        "Your own reference, or a name",
        description="So that the team knows who it is. It is kept with the contact, apart from answers.",
        widget=GovTextInput(),
    )
    save = SubmitField("Save", widget=GovSubmitInput())

    def contact(self) -> ContactDetails:
        """What was written."""
        texts = [(field.data or "").strip() for field in (self.reference, self.email, self.telephone)]
        return ContactDetails(name=texts[0], email=texts[1], telephone=texts[2])

    def validate_email(self, field: Field) -> None:
        """It has the shape of an address."""
        _refuse(email_fault((field.data or "").strip()))

    def validate_telephone(self, field: Field) -> None:
        """It has the shape of a number."""
        _refuse(telephone_fault((field.data or "").strip()))

    def validate_reference(self, field: Field) -> None:
        """It fits on a line."""
        _refuse(reference_fault((field.data or "").strip()))

    def say_known(self) -> None:
        """Say, beside the first field that was filled, that somebody has this contact."""
        filled = [field for field in (self.email, self.telephone, self.reference) if field.data]
        filled[0].errors = [*filled[0].errors, KNOWN]


class PersonForm(ContactForm):
    """Somebody new."""

    group = RadioField("Group", widget=GovRadioInput(), validators=[InputRequired("Choose a group.")])
    language = SelectField("Language", description="Leave it open if you do not know.", widget=GovSelect())

    def offer(self, *, groups: Sequence[tuple[str, str]], languages: Sequence[tuple[str, str]]) -> None:
        """Say which groups and languages there are."""
        self.group.choices = [SelectChoice(code, label) for code, label in groups]
        self.language.choices = [
            SelectChoice("", "Not known"),
            *(SelectChoice(code, name) for code, name in languages),
        ]


class TargetsForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """The button under the targets."""

    save = SubmitField("Save the targets", widget=GovSubmitInput())


class DeleteForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """The button that deletes a contact."""


def _refuse(expected: str) -> None:
    if expected:
        raise ValidationError(f"Enter {expected}.")
