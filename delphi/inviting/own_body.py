"""The team's own words with their placeholders filled in: as plain text, and as paragraphs of HTML."""

from datetime import datetime

from flask_babel import gettext
from markupsafe import Markup, escape

from delphi.domain.own_words import LINK, PLACEHOLDER, UNTIL
from delphi.web.clock import as_date


def plain_body(text: str, *, link: str, good_until: datetime) -> str:
    """The text with its placeholders filled in. One pass: what is filled in is not looked at again."""
    values = {LINK: link, UNTIL: as_date(good_until)}
    return PLACEHOLDER.sub(lambda found: values[found[1]], text)


def html_body(text: str, *, link: str, good_until: datetime) -> Markup:
    """The same as paragraphs: an empty line begins a new one. Everything that was written is escaped."""
    anchor = Markup('<a href="{}">{}</a>').format(link, gettext("Open the questionnaire"))
    values = {LINK: anchor, UNTIL: escape(as_date(good_until))}
    paragraphs = (part.strip() for part in text.split("\n\n"))
    return Markup("\n").join(Markup("<p>{}</p>").format(_filled(part, values)) for part in paragraphs if part)


def _filled(paragraph: str, values: dict[str, Markup]) -> Markup:
    pieces = PLACEHOLDER.split(paragraph)  # words, a name, words, a name, …
    filled = (
        values[piece] if place % 2 else Markup("<br>").join(piece.split("\n"))
        for place, piece in enumerate(pieces)
    )
    return Markup("").join(filled)
