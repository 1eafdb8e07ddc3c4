"""The forms of the pages on which people come in."""

import secrets
from collections.abc import Sequence

from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovRadioInput, GovSubmitInput
from wtforms import HiddenField, RadioField, SubmitField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import InputRequired

CONSENT_QUESTION = lazy_gettext("Do you want to take part?")
YES, NO = "yes", "no"
ONCE_BYTES = 9  # nobody else's form has the same; it opens nothing
CONSENT_CHOICES = (
    (YES, lazy_gettext("Yes, I want to take part")),
    (NO, lazy_gettext("No, I do not want to take part")),
)


class ContinueForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """A page that is read, and a button."""

    go_on = SubmitField(lazy_gettext("Continue"), widget=GovSubmitInput())


class CodeForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """The button that makes a come-back code. `once`: the form's own number, which makes one code."""

    once = HiddenField(default=lambda: secrets.token_urlsafe(ONCE_BYTES))
    make = SubmitField(lazy_gettext("Make a sign-in code"), widget=GovSubmitInput())


class NoThankYouForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """The button that says no without signing in."""

    say_no = SubmitField(lazy_gettext("No thank you"), widget=GovSubmitInput())


class ConsentForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """Yes or no to taking part. `shown`: the mark of the wording that the page asks with."""

    shown = HiddenField()
    agree = RadioField(
        CONSENT_QUESTION,
        choices=[SelectChoice(value, words) for value, words in CONSENT_CHOICES],
        widget=GovRadioInput(),
        validators=[InputRequired(lazy_gettext("Choose yes or no."))],
    )
    send = SubmitField(lazy_gettext("Continue"), widget=GovSubmitInput())


class JoinForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """Which group somebody belongs to. `once`: the form's own number, which makes one person."""

    once = HiddenField(default=lambda: secrets.token_urlsafe(ONCE_BYTES))
    group = RadioField(
        lazy_gettext("Which group do you belong to?"),
        validators=[InputRequired(lazy_gettext("Choose the group that fits you best."))],
    )
    join = SubmitField(lazy_gettext("Join"), widget=GovSubmitInput())

    def offer(self, groups: Sequence[str]) -> None:
        """Say which groups there are, by their codes; the page has their names."""
        self.group.choices = [SelectChoice(code, code) for code in groups]


def consent_wording(consent: str) -> str:
    """Everything that the consent page asks with: the study's text, our question, its answers, as shown."""
    return "\n\n".join([consent, str(CONSENT_QUESTION), *(str(words) for _, words in CONSENT_CHOICES)])


def answer_in_words(*, agreed: bool) -> str:
    """The answer to the consent question, as its form words it."""
    return str(dict(CONSENT_CHOICES)[YES if agreed else NO])


def refusal_wording() -> str:
    """What somebody says who presses "No thank you" on the page of a message."""
    return "\n\n".join(
        [
            gettext("You can say that you do not want to take part. You do not have to say why."),
            gettext("No thank you"),
        ]
    )
