"""Whether a page is a preview: a page of panellists, shown to a member of a study's team."""

from dataclasses import dataclass

from flask import Flask, g
from flask_babel import refresh

from delphi.web.language import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """As whom a page is shown. `chooser`: the address where another group or language is chosen."""

    round_label: str
    group: str
    language: Language
    chooser: str


def show_preview(as_whom: Preview) -> None:
    """Say that this page is a preview; from now on it speaks the preview's language."""
    g.preview = as_whom
    refresh()


def preview() -> Preview | None:
    """As whom this page is shown, None where it is no preview."""
    as_whom: Preview | None = g.get("preview")
    return as_whom


def offer_to_templates(app: Flask) -> None:
    """Give templates `preview`."""
    app.add_template_global(preview, "preview")
