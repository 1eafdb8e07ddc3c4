"""The languages of the pages: which there are, how one is chosen, and how words are put into it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.lists import format_list
from babel.numbers import format_decimal
from babel.support import NullTranslations, Translations
from flask import Flask, g, has_request_context
from flask_babel import Babel, get_locale, gettext, refresh
from markupsafe import Markup, escape
from werkzeug.datastructures import LanguageAccept


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """A language that the pages can be read in; `locale` is Babel's name for its dates and lists.

    `checked`: somebody whose first language it is has read the translation.
    """

    code: str
    name: str
    locale: str
    direction: str = "ltr"
    checked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyLanguage:
    """The language that a study's texts were written in: any, not only one of ours."""

    code: str
    direction: str


ENGLISH = Language(code="en", name="English", locale="en_GB", checked=True)
# The only place that says whether a translation has been checked; every page in it shows what it says.
LANGUAGES = (
    ENGLISH,
    Language(code="fr", name="Français", locale="fr"),
    Language(code="ar", name="العربية", locale="ar", direction="rtl"),
    Language(code="es", name="Español", locale="es"),
)
BY_CODE = {language.code: language for language in LANGUAGES}
FOLDER = Path(__file__).resolve().parent.parent / "translations"
NOTHING_UNTRANSLATED: frozenset[str] = frozenset()


def among(codes: Iterable[str]) -> tuple[Language, ...]:
    """Our languages among a study's, in the study's order; a region is left aside, so fr-CA is fr.

    English if we have none of them: a page is always in some language.
    """
    plain = dict.fromkeys(code.partition("-")[0].lower() for code in codes)
    return tuple(BY_CODE[code] for code in plain if code in BY_CODE) or (ENGLISH,)


def choose(
    offered: Sequence[Language], *, wishes: Iterable[str | None], accepted: LanguageAccept
) -> Language:
    """The language of a page: the first wish that is offered, else what the browser asks for, else English.

    Where English is not offered, the first language is in its place.
    """
    by_code = {language.code: language for language in offered}
    for wish in wishes:
        if wish in by_code:
            return by_code[wish]
    # Not by Accept.best_match: for "fr-CA, en;q=0.5" it prefers "en" to "fr".
    for asked, _ in accepted:
        code = asked.partition("-")[0].lower()
        if code in by_code:
            return by_code[code]
    return by_code.get(ENGLISH.code, offered[0])


def prepare_languages(
    app: Flask, *, select: Callable[[], Language], offered: Callable[[], Sequence[Language]]
) -> None:
    """Let templates and Python speak the language that `select` gives for a request, out of those `offered`.

    Outside a request everything is in English. Raises FileNotFoundError if a catalogue was not built.
    """
    for each in LANGUAGES:
        catalogue = FOLDER / each.code / "LC_MESSAGES" / "messages.mo"
        if each is not ENGLISH and not catalogue.exists():
            raise FileNotFoundError(f"{catalogue} is missing: run `make env`, or install the package again")
    Babel(app, locale_selector=lambda: locale_of(select() if has_request_context() else ENGLISH))
    # In place of Flask-Babel's own, which look the catalogue up anew for each text: a page has hundreds.
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # an extension puts it there
        gettext=lambda text: _catalogue(current_locale()).gettext(text),
        ngettext=lambda one, many, number: _catalogue(current_locale()).ngettext(one, many, number),
        newstyle=True,
    )
    app.add_template_global(current_language, "page_language")
    app.add_template_global(offered, "languages_offered")
    app.add_template_global(untranslated_languages, "untranslated_languages")
    app.add_template_global(untranslated, "untranslated")
    app.add_template_global(in_its_language, "in_its_language")
    app.add_template_global(study_language, "study_language")
    app.add_template_filter(in_its_language)
    app.add_template_filter(as_list)
    app.add_template_filter(language_name)
    app.add_template_filter(as_number)


@cache
def _catalogue(locale: Locale) -> NullTranslations:
    return Translations.load(FOLDER, [locale])


@cache
def locale_of(language: Language) -> Locale:
    """What Babel knows about a language."""
    return Locale.parse(language.locale)


def current_language() -> Language:
    """The language of this page; English where there is no page."""
    return BY_CODE[current_locale().language]


def current_locale() -> Locale:
    """Babel's locale of this page."""
    return get_locale() or locale_of(ENGLISH)


def study_speaks(codes: Sequence[str]) -> None:
    """Say whose page this is: a study's, read in its languages; the first of them is that of its texts.

    Then `current_language` may be another one than before.
    """
    g.languages_of_study, g.study_language = among(codes), codes[0]
    refresh()


def languages_of_study() -> tuple[Language, ...] | None:
    """The languages of the page's study, None while no study is known."""
    of_study: tuple[Language, ...] | None = g.get("languages_of_study")
    return of_study


def study_language() -> StudyLanguage:
    """The language of the study's own texts."""
    return language_of_study(g.get("study_language", ENGLISH.code))


def untranslated_languages() -> Markup:
    """The languages of the texts that are not in the page's, as the language of the page calls them."""
    written_in: Mapping[str, str] = g.get("written_in", {})
    first = study_language().code
    codes = sorted({written_in.get(text, first) for text in untranslated()})
    return as_list_in_sentence(map(language_name, codes))


def language_name(code: str) -> str:
    """A language, as the language of this page calls it."""
    names: Mapping[str, str] = current_locale().languages
    return names.get(code.partition("-")[0].lower(), code)


@cache
def language_of_study(code: str) -> StudyLanguage:
    """A language that a study's texts are in."""
    try:
        locale = Locale.parse(code, sep="-")
    except (ValueError, UnknownLocaleError):
        return StudyLanguage(code=code, direction="ltr")
    return StudyLanguage(code=code, direction=locale.text_direction)


def untranslated() -> frozenset[str]:
    """The study's texts that are not in the language of this page; whoever reads the study fills it."""
    texts: frozenset[str] = g.get("untranslated", NOTHING_UNTRANSLATED)
    return texts


def note_untranslated(texts: Iterable[str]) -> None:
    """Say which texts of the study this page may show that are not in its language."""
    g.untranslated = untranslated() | frozenset(text for text in texts if text)


def note_written_in(languages: Mapping[str, str]) -> None:
    """Say in which language untranslated texts are, where that may be another than the study's first."""
    g.written_in = {**g.get("written_in", {}), **languages}


def in_its_language(text: str) -> Markup:
    """A text of the study for a page; where it is not in the page's language, marked with its own."""
    if text not in untranslated():
        return escape(text)
    written_in: Mapping[str, str] = g.get("written_in", {})
    own = language_of_study(written_in[text]) if text in written_in else study_language()
    return Markup('<span lang="{}" dir="{}">{}</span>').format(own.code, own.direction, text)


def as_number(number: int) -> str:
    """Such as 4,000 in English: in the digits of the scales, with the language's own marks between them."""
    return format_decimal(number, locale=current_locale())


def as_list(items: Iterable[str]) -> Markup:
    """Such as "Survivors, Researchers", for a page: a bare list."""
    return Markup(gettext(", ")).join(items)  # noqa: S704  # ours, from the catalogue


def as_list_in_sentence(items: Iterable[str]) -> Markup:
    """Such as "survivors, nurses and researchers", for a page."""
    escaped = [str(escape(item)) for item in items]
    return Markup(format_list(escaped, locale=current_locale()))  # noqa: S704  # see above
