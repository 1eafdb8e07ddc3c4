"""Forms of pauses and beginnings."""

from govuk_frontend_wtf.wtforms_widgets import GovRadioInput, GovSubmitInput
from wtforms import RadioField, SubmitField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import InputRequired

from delphi.domain.timing import Closing
from delphi.web.moments import MomentForm

NOW, THEN, OPEN_ENDED = "now", "then", "open_ended"
CHOOSE = "Choose one."
CLOSING_CHOICES = (
    SelectChoice(Closing.KEEP.value, "Keep it"),
    SelectChoice(Closing.PUT_OFF.value, "Put it off by the length of the pause"),
    SelectChoice(Closing.TAKE_AWAY.value, "Take it away: the round stays open until you close it"),
)


class PauseForm(MomentForm):
    """Until when a round rests, and what becomes of its planned closing: nothing is chosen beforehand."""

    until = RadioField(
        "How long?",
        choices=[
            SelectChoice(OPEN_ENDED, "Until I resume it"),
            SelectChoice(THEN, "Until a day and time"),
        ],
        widget=GovRadioInput(),
        validators=[InputRequired(CHOOSE)],
    )
    closing = RadioField(
        "What becomes of the planned closing?",
        choices=list(CLOSING_CHOICES),
        widget=GovRadioInput(),
        validators=[InputRequired(CHOOSE)],
    )
    pause = SubmitField("Pause the round", widget=GovSubmitInput())

    def __init__(self, *, has_closing: bool) -> None:
        """Ask about the planned closing only where there is one."""
        super().__init__()
        if not has_closing:
            del self.closing

    @property
    def names_a_moment(self) -> bool:
        """Whether the pause has an end."""
        return bool(self.until.data == THEN)

    @property
    def choice(self) -> Closing | None:
        """What is chosen for the planned closing of a valid form, None where there is none."""
        return Closing(self.closing.data) if "closing" in self else None


class ResumeForm(MomentForm):
    """When a round goes on that rests."""

    when = RadioField(
        "When does it go on?",
        choices=[
            SelectChoice(NOW, "Now"),
            SelectChoice(THEN, "On a day and at a time"),
            SelectChoice(OPEN_ENDED, "I do not know yet"),
        ],
        widget=GovRadioInput(),
        validators=[InputRequired(CHOOSE)],
    )
    resume = SubmitField("Save", widget=GovSubmitInput())

    @property
    def names_a_moment(self) -> bool:
        """Whether it goes on later."""
        return bool(self.when.data == THEN)


class BeginForm(MomentForm):
    """When a round begins that was opened for later."""

    when = RadioField(
        "When does it begin?",
        choices=[SelectChoice(NOW, "Now"), SelectChoice(THEN, "On a day and at a time")],
        widget=GovRadioInput(),
        validators=[InputRequired(CHOOSE)],
    )
    begin = SubmitField("Save", widget=GovSubmitInput())

    @property
    def names_a_moment(self) -> bool:
        """Whether it begins later."""
        return bool(self.when.data == THEN)
