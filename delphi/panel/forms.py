"""Forms of the pages about the panel."""

from collections.abc import Sequence

from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovRadioInput
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import InputRequired

from analysis.study.protocol import Group
from delphi.models import EntryMode

ENTRY_CHOICES = (
    SelectChoice(EntryMode.PAPER.value, "From paper: they filled in a form, and you copy it"),
    SelectChoice(EntryMode.HELPER.value, "As a helper: they tell you, by telephone or side by side"),
)


class EntryForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """How answers are entered for a panellist."""

    mode = RadioField(
        "How do you enter their answers?",
        choices=list(ENTRY_CHOICES),
        widget=GovRadioInput(),
        validators=[InputRequired("Choose how you enter their answers.")],
    )


class GroupForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """The group that a panellist belongs to, in the team's eyes."""

    group = RadioField(
        "Which group do they belong to?",
        widget=GovRadioInput(),
        validators=[InputRequired("Choose a group.")],
    )

    def offer(self, groups: Sequence[Group]) -> None:
        """Say which groups there are."""
        self.group.choices = [SelectChoice(group.code, group.label) for group in groups]


class EndForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """The button that ends an open link."""
