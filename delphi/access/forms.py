"""Forms of the sign-in pages."""

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovPasswordInput, GovSubmitInput, GovTextInput
from wtforms import PasswordField, StringField, SubmitField
from wtforms.validators import InputRequired, Length

from delphi.access.passwords import GREATEST_LENGTH

LONGEST_EMAIL = 254
LONGEST_CODE = 100  # with blanks and dashes


class EnterForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """The button that spends a personal link."""

    enter = SubmitField(lazy_gettext("Continue"), widget=GovSubmitInput())


class CodeForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """The box for a code."""

    code = StringField(
        lazy_gettext("Your sign-in code"),
        description=lazy_gettext("Ten letters and numbers. Capitals, spaces and dashes make no difference."),
        widget=GovTextInput(),
        validators=[
            InputRequired(lazy_gettext("Enter your sign-in code.")),
            Length(max=LONGEST_CODE, message=lazy_gettext("That is too long to be a sign-in code.")),
        ],
    )
    enter = SubmitField(lazy_gettext("Continue"), widget=GovSubmitInput())


class SignInForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """E-mail address and password."""

    email = StringField(
        lazy_gettext("E-mail address"),
        widget=GovTextInput(),
        validators=[
            InputRequired(lazy_gettext("Enter your e-mail address.")),
            Length(max=LONGEST_EMAIL, message=lazy_gettext("That is too long to be an e-mail address.")),
        ],
    )
    password = PasswordField(
        lazy_gettext("Password"),
        widget=GovPasswordInput(),
        validators=[
            InputRequired(lazy_gettext("Enter your password.")),
            Length(max=GREATEST_LENGTH, message=lazy_gettext("That is too long to be a password.")),
        ],
    )
    sign_in = SubmitField(lazy_gettext("Sign in"), widget=GovSubmitInput())


class SecondStepForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """The box for a code of an authenticator, or a recovery code."""

    code = StringField(
        "Code",
        description="Six digits from your app. Or one of your recovery codes: each works once.",
        widget=GovTextInput(),
        validators=[
            InputRequired("Enter the code that your app shows."),
            Length(max=LONGEST_CODE, message="That is too long to be a code."),
        ],
    )
    enter = SubmitField("Continue", widget=GovSubmitInput())
