"""Forms for coding comments, for marking one, and for themes."""

from collections.abc import Collection, Mapping
from enum import StrEnum

from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import (
    GovCheckboxesInput,
    GovRadioInput,
    GovSelect,
    GovSubmitInput,
    GovTextArea,
    GovTextInput,
)
from wtforms import (
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    SubmitField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import InputRequired, Length, Optional

from delphi.domain.answers import LONGEST_COMMENT, TooLong, read_comment
from delphi.themes.pages import CommentPage

LONGEST_NAME = 100  # as the column has it
LARGEST_NUMBER = 2**31 - 1
NONE_CHOSEN = 0
NEW_HINT = "A few words, such as “Safe housing”. A theme with that name is used if there is one."
WORDING_HINT = (
    "Say the same without names, places, dates, jobs, and what happened to one person. "
    "This text is shown in its place."
)


class Passing(StrEnum):
    """What is passed on of a comment."""

    AS_IT_IS = "as-it-is"
    REWORDED = "reworded"
    NOTHING = "nothing"


PASSING_WORDS = {
    Passing.AS_IT_IS: "No. Show it as it was written",
    Passing.REWORDED: "Yes. Show other words in its place",
    Passing.NOTHING: "Yes. Hold it back whole",
}


def read_number(text: str | None) -> int:
    """Read a number that a form carries; 0 where it is none."""
    text = text or ""
    is_number = text.isascii() and text.isdecimal() and len(text) <= len(str(LARGEST_NUMBER))
    return int(text) if is_number and int(text) <= LARGEST_NUMBER else 0


def read_numbers(texts: Collection[str | None]) -> frozenset[int]:
    """Read several; what is no number is left out."""
    return frozenset(filter(None, map(read_number, texts)))


def _choices(themes: Mapping[int, str]) -> list[SelectChoice]:
    return [SelectChoice(id_, name) for id_, name in themes.items()]


def _one_line(text: str | None) -> str:
    return " ".join(_tidy(text).split())


def _tidy(text: str | None) -> str:
    try:
        return read_comment(text or "")
    except TooLong:
        return text or ""  # the length is refused by a validator, beside the field


def _name(label: str, *, hint: str = "", required: str = "") -> StringField:
    long = Length(max=LONGEST_NAME, message=f"Write {LONGEST_NAME} characters or fewer.")
    return StringField(
        label,
        description=hint,
        widget=GovTextInput(),
        filters=[_one_line],
        validators=[InputRequired(required) if required else Optional(), long],
    )


class ChosenForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """Comments of a list that are ticked, and a theme for all of them."""

    comment = SelectMultipleField("Comments", choices=(), validate_choice=False)
    # a theme that was merged since the page was made is still taken: as the one that took its place
    theme = SelectField("Theme", coerce=int, widget=GovSelect(), default=NONE_CHOSEN, validate_choice=False)
    new_theme = _name("Or a new theme", hint=NEW_HINT)
    add = SubmitField("Add to the ticked comments", widget=GovSubmitInput())

    def offer_themes(self, themes: Mapping[int, str]) -> None:
        """Say which themes there are."""
        self.theme.choices = [SelectChoice(NONE_CHOSEN, "Choose a theme"), *_choices(themes)]

    @property
    def comments(self) -> frozenset[int]:
        """The comments that are ticked."""
        return read_numbers(self.comment.data or ())

    def validate_comment(self, field: SelectMultipleField) -> None:
        """At least one is ticked."""
        del field
        if not self.comments:
            raise ValidationError("Tick at least one comment.")

    def validate_theme(self, field: SelectField) -> None:
        """There is a theme, chosen or new."""
        if not (field.data or self.new_theme.data):
            raise ValidationError("Choose a theme, or write a new one.")


class ThemesForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """The themes of one comment. `had`: those that it had when the page was made."""

    themes = SelectMultipleField(
        "Themes of this comment", coerce=int, widget=GovCheckboxesInput(), validate_choice=False
    )
    had = HiddenField()
    new_theme = _name("A new theme", hint=NEW_HINT)
    save = SubmitField("Save themes", widget=GovSubmitInput())
    save_and_next = SubmitField("Save, and go to the next", widget=GovSubmitInput())

    def offer_themes(self, themes: Mapping[int, str]) -> None:
        """Say which themes there are."""
        self.themes.choices = _choices(themes)

    def begin_with(self, page: CommentPage) -> None:
        """Tick the themes that the comment has."""
        self.themes.data = sorted(page.chosen)
        self.had.data = " ".join(map(str, self.themes.data))

    @property
    def seen(self) -> frozenset[int]:
        """The themes that the comment had when the page was made."""
        return read_numbers((self.had.data or "").split())

    @property
    def ticked(self) -> frozenset[int]:
        """The themes that it is to have."""
        return frozenset(self.themes.data or ())


class MarkForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """Whether a comment tells who somebody is. `seen`: the newest mark that the page could show."""

    passing = RadioField(
        "Could this comment tell who somebody is?",
        choices=[SelectChoice(each.value, words) for each, words in PASSING_WORDS.items()],
        widget=GovRadioInput(),
        validators=[InputRequired("Say whether it could tell who somebody is.")],
    )
    wording = TextAreaField(
        "Other words, if you chose them",
        description=WORDING_HINT,
        widget=GovTextArea(),
        filters=[_tidy],
        validators=[Optional(), Length(max=LONGEST_COMMENT, message=f"Write {LONGEST_COMMENT:,} or fewer.")],
    )
    seen = HiddenField()
    save_mark = SubmitField("Save this mark", widget=GovSubmitInput())

    def begin_with(self, page: CommentPage) -> None:
        """Fill in what is marked so far, and the text to begin rewording from."""
        mark = page.mark
        self.seen.data = str(mark.number if mark else 0)
        self.wording.data = mark.wording if mark and mark.wording else page.original
        self.passing.data = Passing.AS_IT_IS
        if mark and mark.identifying:
            self.passing.data = Passing.REWORDED if mark.wording else Passing.NOTHING

    def refuse_original(self, original: str) -> bool:
        """Refuse other words that are none, or are the same; returns whether they were refused."""
        if self.passing.data != Passing.REWORDED or self.words not in ("", original):
            return False
        fault = (
            "Change the words that could tell who somebody is." if self.words else "Write the other words."
        )
        self.wording.errors = [*self.wording.errors, fault]
        return True

    @property
    def identifying(self) -> bool:
        """Whether it is marked."""
        return bool(self.passing.data != Passing.AS_IT_IS)

    @property
    def words(self) -> str:
        """What was typed as other words."""
        return _tidy(self.wording.data)

    @property
    def in_its_place(self) -> str:
        """What is passed on in its place; "" where nothing is, or where it is passed on as it is."""
        return self.words if self.passing.data == Passing.REWORDED else ""


class NewThemeForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """A theme that no comment has yet."""

    name = _name("New theme", required="Write a name.")
    save = SubmitField("Add this theme", widget=GovSubmitInput())


class RenameForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """Another name. `seen`: the version of the theme that the page showed."""

    name = _name("Name of the theme", required="Write a name.")
    seen = HiddenField()
    save = SubmitField("Save the name", widget=GovSubmitInput())


class MergeThemeForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """The theme that takes another's place."""

    into = SelectField("Merge it into", coerce=int, widget=GovSelect())
    seen = HiddenField()
    merge = SubmitField("Merge these themes", widget=GovSubmitInput())

    def offer_themes(self, themes: Mapping[int, str]) -> None:
        """Say which themes there are."""
        self.into.choices = _choices(themes)
