"""Markup that a page repeats: drawn once with gaps, then filled in for each repetition.

A section asks a dozen questions with eleven choices each, all alike but for a name. Drawing each choice by
the template's macros takes longer than all else that a request does.
"""

import re
import secrets
from collections.abc import Callable, Hashable, Mapping
from functools import lru_cache

from flask import Flask
from markupsafe import Markup, escape

from delphi.web.language import Language, StudyLanguage, current_language, study_language, untranslated

# Chosen anew by each process, so that no text can look like a gap.
OPENING, CLOSING = secrets.token_hex(8), secrets.token_hex(8)
KINDS_KEPT = 64
STENCILS_KEPT = 512  # of each kind, a few kilobytes each: as many as there are outcomes in a long list
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

    def filled(self, *values: Mapping[str, object]) -> Markup:
        """The markup with a value in each gap, escaped as a template does; a gap without one stays empty."""
        markup = {name: escape(value) for each in values for name, value in each.items()}
        parts = self._parts.copy()
        parts[1::2] = [markup.get(name, "") for name in self._names]
        return Markup("".join(parts))  # noqa: S704 – a template drew the parts, and the values are escaped


def stencil(macro: Callable[..., Markup], *drawn_from: Hashable) -> Stencil:
    """What a template's macro draws of these values around its gaps.

    It is kept by all that it depends on: the macro, the values, and the languages of the page and the study
    with the texts that are not translated. So the next page, or person, gets the same one, and a text that
    changes makes another.
    """
    return stencils(macro, *drawn_from)()


def stencils(macro: Callable[..., Markup], *drawn_from: Hashable) -> Callable[..., Stencil]:
    """Stencils that differ only in what is drawn first: `stencils(macro, b)(a)` is what `macro(a, b)` draws.

    What they share is looked up once, not for each of them.
    """
    return _stencils(macro, drawn_from, current_language(), study_language(), untranslated())


@lru_cache(maxsize=KINDS_KEPT)
def _stencils(
    macro: Callable[..., Markup],
    drawn_from: tuple[Hashable, ...],
    _language: Language,
    _study_language: StudyLanguage,
    _untranslated: frozenset[str],
) -> Callable[..., Stencil]:
    return lru_cache(maxsize=STENCILS_KEPT)(lambda *first: Stencil(macro(*first, *drawn_from)))


def offer_stencils(app: Flask) -> None:
    """Give templates `gap`, `stencil` and `stencils`."""
    app.add_template_global(gap, "gap")
    app.add_template_global(stencil, "stencil")
    app.add_template_global(stencils, "stencils")
