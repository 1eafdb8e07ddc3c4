"""Forms of the pages about a team and one's own account."""

from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import (
    GovPasswordInput,
    GovRadioInput,
    GovSubmitInput,
    GovTextInput,
)
from wtforms import Field, PasswordField, RadioField, StringField, SubmitField, ValidationError
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import InputRequired, Length

from delphi.access.forms import LONGEST_CODE, LONGEST_EMAIL
from delphi.access.passwords import GREATEST_LENGTH, LEAST_LENGTH, problem_with
from delphi.domain.addresses import is_address
from delphi.models import Role
from delphi.team.queries import ROLE_HINTS, ROLE_WORDS

LONGEST_NAME = 200
ROLES = [SelectChoice(role.value, f"{ROLE_WORDS[role]}: {ROLE_HINTS[role]}") for role in Role]


class RoleForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """The role of a member."""

    role = RadioField(
        "Which role?", choices=ROLES, widget=GovRadioInput(), validators=[InputRequired("Choose a role.")]
    )
    save = SubmitField("Save", widget=GovSubmitInput())


class InviteForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """Whom to invite, and to what."""

    email = StringField(
        "E-mail address",
        description="Your colleague signs in with it.",
        widget=GovTextInput(),
        validators=[
            InputRequired("Enter your colleague’s e-mail address."),
            Length(max=LONGEST_EMAIL, message="That is too long to be an e-mail address."),
        ],
    )
    role = RadioField(
        "Which role?", choices=ROLES, widget=GovRadioInput(), validators=[InputRequired("Choose a role.")]
    )
    invite = SubmitField("Make the invitation", widget=GovSubmitInput())

    def validate_email(self, field: Field) -> None:
        """Refuse what no message can be written to."""
        if not is_address((field.data or "").strip()):
            raise ValidationError("Enter an e-mail address, such as name@example.org.")


class NewAccountForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """What a colleague chooses who has no account yet."""

    name = StringField(
        "Your name",
        description="Your team sees it. Panellists do not.",
        widget=GovTextInput(),
        validators=[
            InputRequired("Enter your name."),
            Length(max=LONGEST_NAME, message=f"A name has at most {LONGEST_NAME} characters."),
        ],
    )
    password = PasswordField(
        "Choose a password",
        description=f"At least {LEAST_LENGTH} characters. Three words that do not belong together are good.",
        widget=GovPasswordInput(),
        validators=[InputRequired("Choose a password.")],
    )
    join = SubmitField("Join the team", widget=GovSubmitInput())

    def validate_password(self, field: Field) -> None:
        """Refuse a password that cannot be chosen."""
        problem = problem_with(field.data or "")
        if problem:
            raise ValidationError(problem)


class ConfirmForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """The code and the password without which nothing about the second factor changes."""

    code = StringField(
        "Code",
        description="Six digits from your app.",
        widget=GovTextInput(),
        validators=[
            InputRequired("Enter the code that your app shows."),
            Length(max=LONGEST_CODE, message="That is too long to be a code."),
        ],
    )
    password = PasswordField(
        "Your password",
        widget=GovPasswordInput(),
        validators=[
            InputRequired("Enter your password."),
            Length(max=GREATEST_LENGTH, message="That is too long to be a password."),
        ],
    )
    go_on = SubmitField("Continue", widget=GovSubmitInput())
