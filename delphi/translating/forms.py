"""Forms of the pages about languages; what a form says of the texts it shows is read here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from govuk_frontend_wtf.wtforms_widgets import GovFileInput, GovRadioInput, GovSubmitInput
from wtforms import RadioField, SubmitField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import InputRequired

from delphi.translating.held import Given, Translation, tidied, too_long
from delphi.translating.texts import Item, Piece
from delphi.web.language import Language, language_name

MINE, THEIRS = "mine", "theirs"


class AddForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """One more language."""

    language = RadioField("Add a language", validators=[InputRequired("Choose a language.")])
    add = SubmitField("Add the language", widget=GovSubmitInput())

    def offer(self, languages: Iterable[Language]) -> None:
        """Say which languages there are."""
        self.language.widget = GovRadioInput()
        self.language.choices = [
            SelectChoice(each.code, f"{language_name(each.code)} ({each.name})") for each in languages
        ]


class TranslateForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """The token of the page; its texts are read by `given_in`."""


class TableForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """A table that comes back from a translator."""

    file = FileField(
        "The table with the translations",
        description="XLSX or CSV, at most 1.5 MB and 5,000 rows.",
        widget=GovFileInput(),
        validators=[FileRequired("Choose a file.")],
    )
    send = SubmitField("Send the table", widget=GovSubmitInput())


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What a form brings: what can be saved; `faults`: what is wrong, by the name of the field."""

    given: tuple[Given, ...]
    faulty: tuple[Given, ...]
    faults: Mapping[str, str]


def piece_field(item: Item, piece: Piece) -> str:
    """The name of the field with the translation of a piece."""
    return f"{item.field}-{item.pieces.index(piece)}"


def given_in(form: Mapping[str, str], *, items: Iterable[Item]) -> Sent:
    """Read the items that a form holds; one whose reader keeps what somebody else wrote is left out."""
    given: list[Given] = []
    faulty: list[Given] = []
    faults: dict[str, str] = {}
    for item in items:
        held_back = form.get(f"{item.field}-stands") == THEIRS
        if held_back or not all(piece_field(item, piece) in form for piece in item.pieces):
            continue
        each = _given(form, item)
        found = {
            piece_field(item, piece): too_long(each.translation.of(piece), piece) for piece in item.pieces
        }
        found = {field: words for field, words in found.items() if words}
        (faulty if found else given).append(each)
        faults |= found
    return Sent(given=tuple(given), faulty=tuple(faulty), faults=faults)


def _given(form: Mapping[str, str], item: Item) -> Given:
    texts = {piece.key: tidied(form[piece_field(item, piece)], piece) for piece in item.pieces}
    texts = {key: text for key, text in texts.items() if text}
    is_checked = form.get(f"{item.field}-checked") == "yes" and bool(texts)
    translation = Translation(texts=texts, is_checked=is_checked)
    return Given(item=item, translation=translation, seen=form.get(f"{item.field}-seen", ""))
