"""Forms of decisions: a reason always, what panellists read, the comments that it rests on, new wordings."""

from collections.abc import Iterable, Sequence

from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import (
    GovCheckboxesInput,
    GovSubmitInput,
    GovTextArea,
    GovTextInput,
)
from wtforms import (
    HiddenField,
    SelectMultipleField,
    StringField,
    SubmitField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import InputRequired, Length, Optional

from delphi.domain.answers import LONGEST_COMMENT, TooLong, read_comment
from delphi.domain.deciding import DecisionKind, OutcomeText
from delphi.synthesis.comments import Written

LONGEST_NAME = 300  # as the column has it
LONGEST_SECTION = 200
PARTS = (1, 2, 3, 4)
LARGEST_NUMBER = 10**9
TOO_LONG = Length(max=LONGEST_COMMENT, message=f"Write {LONGEST_COMMENT:,} characters or fewer.")
REASON_HINT = "For the team, the report and the bundle: why, and what it rests on."
TOLD_HINT = "In plain words, on the page “What changed”. Leave it empty to show them the reason."
PLAIN_HINT = "The same in plainer words, shown first. It may stay empty."
SECTION_HINT = "The heading that panellists find it under."


def _tidy(text: str | None) -> str:
    try:
        return read_comment(text or "")
    except TooLong:
        return text or ""  # the length is refused by a validator, beside the field


def _one_line(text: str | None) -> str:
    return " ".join(_tidy(text).split())


def _name(label: str, *, required: str = "") -> StringField:
    long = Length(max=LONGEST_NAME, message=f"Write {LONGEST_NAME} characters or fewer.")
    first = InputRequired(required) if required else Optional()
    return StringField(label, widget=GovTextInput(), filters=[_one_line], validators=[first, long])


def _section() -> StringField:
    return StringField(
        "Section",
        description=SECTION_HINT,
        widget=GovTextInput(),
        filters=[_one_line],
        validators=[
            InputRequired("Write the section that it is shown in."),
            Length(max=LONGEST_SECTION, message=f"Write {LONGEST_SECTION} characters or fewer."),
        ],
    )


def _text(label: str, *, hint: str = "", required: str = "") -> TextAreaField:
    first = InputRequired(required) if required else Optional()
    return TextAreaField(
        label, description=hint, widget=GovTextArea(), filters=[_tidy], validators=[first, TOO_LONG]
    )


class WhyForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """Why: for the team, and for panellists."""

    reason = _text("Reason", hint=REASON_HINT, required="Write the reason.")
    told = _text("What panellists read", hint=TOLD_HINT)
    save = SubmitField("Save this decision", widget=GovSubmitInput())

    @property
    def why(self) -> str:
        """The reason."""
        return self.reason.data or ""

    @property
    def for_panellists(self) -> str:
        """What panellists read: the reason, unless something else was written for them."""
        return self.told.data or self.why


class ReasonForm(WhyForm):
    """What every decision on an outcome needs; all there is to keeping and dropping.

    `seen`: the newest decision that the page could show.
    """

    seen = HiddenField()
    cited = SelectMultipleField(
        "Comments that this rests on", coerce=int, choices=(), widget=GovCheckboxesInput()
    )

    def offer_comments(self, comments: Iterable[Written]) -> None:
        """Say which comments can be cited."""
        self.cited.choices = [SelectChoice(one.comment_id, f"{one.kind}: {one.text}") for one in comments]

    @property
    def has_seen(self) -> int:
        """The newest decision that the page could show; 0 where the form does not say."""
        return read_number(self.seen.data)

    @property
    def cites(self) -> tuple[int, ...]:
        """The comments that are cited."""
        return tuple(self.cited.data or ())

    def wordings(self, *, domain: str) -> tuple[OutcomeText, ...]:
        """Return the new wordings: none where an outcome is kept or dropped. `domain`: where it was."""
        del domain
        return ()


class WordingForm(ReasonForm):
    """One new wording: of an outcome that is reworded or added, or that others are merged into."""

    label = _name("Name", required="Write a name.")
    descriptor = _text("Description")
    plain = _text("Plainer words", hint=PLAIN_HINT)
    domain = _section()

    def wordings(self, *, domain: str) -> tuple[OutcomeText, ...]:
        """Return the new wording."""
        del domain
        return (
            OutcomeText(
                label=self.label.data or "",
                descriptor=self.descriptor.data or "",
                plain=self.plain.data or "",
                domain=self.domain.data or "",
            ),
        )

    def begin_with(self, text: OutcomeText) -> None:
        """Fill in the wording of today."""
        self.label.data, self.descriptor.data = text.label, text.descriptor
        self.plain.data, self.domain.data = text.plain, text.domain


class MergeForm(WordingForm):
    """What is merged with the outcome, and the wording of what comes out."""

    others = SelectMultipleField(
        "Merge it with",
        choices=(),
        widget=GovCheckboxesInput(),
        validators=[InputRequired("Choose at least one other outcome.")],
    )

    @property
    def merged(self) -> tuple[str, ...]:
        """The outcomes that are merged with it."""
        return tuple(self.others.data or ())

    def offer_others(self, choices: Sequence[tuple[str, str]]) -> None:
        """Say which outcomes there are."""
        self.others.choices = [SelectChoice(code, words) for code, words in choices]


class SplitForm(ReasonForm):
    """Two to four parts; they stay in the section that the outcome was in."""

    label_1 = _name("Name of part 1", required="Write a name for part 1.")
    descriptor_1 = _text("Description of part 1")
    label_2 = _name("Name of part 2", required="Write a name for part 2.")
    descriptor_2 = _text("Description of part 2")
    label_3 = _name("Name of part 3, if there is one")
    descriptor_3 = _text("Description of part 3, if there is one")
    label_4 = _name("Name of part 4, if there is one")
    descriptor_4 = _text("Description of part 4, if there is one")

    def wordings(self, *, domain: str) -> tuple[OutcomeText, ...]:
        """Return the parts that have a name."""
        return tuple(
            OutcomeText(
                label=self[f"label_{part}"].data,
                descriptor=self[f"descriptor_{part}"].data,
                plain="",
                domain=domain,
            )
            for part in PARTS
            if self[f"label_{part}"].data
        )

    def validate_descriptor_3(self, field: TextAreaField) -> None:
        """A part with a description has a name."""
        self._named(field, part=3)

    def validate_descriptor_4(self, field: TextAreaField) -> None:
        """A part with a description has a name."""
        self._named(field, part=4)

    def _named(self, field: TextAreaField, *, part: int) -> None:
        if field.data and not self[f"label_{part}"].data:
            raise ValidationError(f"Write a name for part {part}, or take out its description.")


class AddForm(WordingForm):
    """A new outcome."""


class RuleForm(WhyForm):
    """One reason for everything that the rule decides."""

    save = SubmitField("Accept the rule for these outcomes", widget=GovSubmitInput())


class RemarkForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """What somebody says to the list, or to one of its outcomes."""

    text = _text("Your remark", required="Write your remark.")
    save = SubmitField("Add this remark", widget=GovSubmitInput())


class SignForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """The name under the list with the sum that was shown."""

    sha256 = HiddenField()
    save = SubmitField("Sign this list", widget=GovSubmitInput())


class MakeForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """The button that makes the next list."""

    sha256 = HiddenField()
    save = SubmitField("Make the next list", widget=GovSubmitInput())


FORM_OF: dict[DecisionKind, type[ReasonForm]] = {
    DecisionKind.KEEP: ReasonForm,
    DecisionKind.DROP: ReasonForm,
    DecisionKind.REWORD: WordingForm,
    DecisionKind.MERGE: MergeForm,
    DecisionKind.SPLIT: SplitForm,
}


def read_number(field: str | None) -> int:
    """Read a number that a form carries; 0 where it is none: a page that does not say had seen nothing."""
    text = field or ""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < len(str(LARGEST_NUMBER)) else 0
