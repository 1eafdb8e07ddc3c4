"""Markup that a page repeats: drawn once with gaps, then filled in for each repetition.

A section asks a dozen questions with eleven choices each, all alike but for a name. Drawing each choice by
the template's macros takes longer than all else that a request does. A stencil lives as long as its page, so
nothing can become stale.
"""

import re
import secrets
from collections.abc import Mapping

from flask import Flask
from markupsafe import Markup, escape

# Chosen anew by each process, so that no text can look like a gap.
OPENING, CLOSING = secrets.token_hex(8), secrets.token_hex(8)
GAP = re.compile(f"{OPENING}(.*?){CLOSING}")


def gap(name: str) -> Markup:
    """A place in a stencil that is filled in later."""
    return Markup(f"{OPENING}{name}{CLOSING}")  # noqa: S704 – names of gaps are our own


class Stencil:
    """Markup with gaps."""

    def __init__(self, drawn: Markup) -> None:
        """Take what a macro drew around its gaps."""
        self._parts = GAP.split(drawn)
        self._names = self._parts[1::2]

    def filled(self, values: Mapping[str, object]) -> Markup:
        """The markup with a value in each gap, escaped as a template does; a gap without one stays empty."""
        markup = {name: escape(value) for name, value in values.items()}
        parts = self._parts.copy()
        parts[1::2] = [markup.get(name, "") for name in self._names]
        return Markup("".join(parts))  # noqa: S704 – a template drew the parts, and the values are escaped


def offer_stencils(app: Flask) -> None:
    """Give templates `gap` and `stencil`."""
    app.add_template_global(gap, "gap")
    app.add_template_global(Stencil, "stencil")
