"""The catalogues of translations: whole, in step with the code, and with each blank in its place."""

import gettext
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages import Catalog
from babel.messages.catalog import Message

from delphi.web.language import ENGLISH, LANGUAGES
from tools import messages

BLANK = re.compile(r"%\((\w+)\)s")
ENOUGH_NUMBERS = range(300)
CATALOGUES = {path.parent.parent.name: messages.read_catalogue(path) for path in messages.catalogue_files()}
TEXTS = messages.texts_in_the_code()


def forms(text: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    """A text that depends on a number in each of its forms, any other in its one form."""
    return (text,) if isinstance(text, str) else tuple(text)


def numbers_of_forms(catalogue: Catalog) -> dict[int, list[int]]:
    """Which numbers take each form."""
    form_for = gettext.c2py(catalogue.plural_expr)
    chosen: dict[int, list[int]] = {form: [] for form in range(catalogue.num_plurals)}
    for number in ENOUGH_NUMBERS:
        chosen[form_for(number)].append(number)
    return chosen


def faults_of(message: Message, catalogue: Catalog) -> Iterator[str]:
    """What is wrong with a translation. A form for one number alone may name it in words."""
    said, blanks = forms(message.string), set(BLANK.findall(forms(message.id)[-1]))
    if not all(said):
        yield "not translated"
    elif message.pluralizable and len(said) != catalogue.num_plurals:
        yield f"{len(said)} forms in place of {catalogue.num_plurals}"
    else:
        numbers = numbers_of_forms(catalogue)
        for form, words in enumerate(said):
            one_number = message.pluralizable and len(numbers[form]) <= 1
            missing = blanks - set(BLANK.findall(words)) - ({"num"} if one_number else set())
            if missing or set(BLANK.findall(words)) - blanks:
                yield f"its blanks are {BLANK.findall(words)}, not {sorted(blanks)}"


def test_every_language_but_english_has_a_catalogue() -> None:
    assert set(CATALOGUES) == {each.code for each in LANGUAGES if each is not ENGLISH}


@pytest.mark.parametrize("language", CATALOGUES)
def test_every_text_of_the_pages_is_translated_with_its_blanks_and_forms(language: str) -> None:
    catalogue, faults = CATALOGUES[language], []
    for text in TEXTS:
        if text.id:
            found = catalogue.get(text.id)
            problems = ["not in the catalogue"] if found is None else faults_of(found, catalogue)
            faults += [f"{text.id}: {problem}" for problem in problems]
    assert not faults


@pytest.mark.parametrize(("language", "number"), [("fr", 2), ("ar", 6), ("es", 2)])
def test_each_language_has_its_own_forms_for_numbers(language: str, number: int) -> None:
    assert CATALOGUES[language].num_plurals == number


@pytest.mark.parametrize(
    ("number", "form"),
    [(0, 0), (1, 1), (2, 2), (3, 3), (10, 3), (103, 3), (11, 4), (99, 4), (100, 5), (102, 5)],
)
def test_arabic_tells_six_kinds_of_number_apart(number: int, form: int) -> None:
    # CLDR, "Language Plural Rules", Arabic: zero, one, two, few (3-10), many (11-99), other
    assert gettext.c2py(CATALOGUES["ar"].plural_expr)(number) == form


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ("", "not translated"),
        (("une page",), "1 forms in place of 2"),
        (("%(num)s page", "des pages"), "its blanks are [], not ['num']"),
        (("%(num)s page de %(of)s", "%(num)s pages"), "its blanks are ['num', 'of'], not ['num']"),
    ],
)
def test_a_translation_that_does_not_fit_is_named(said: str | tuple[str, ...], fault: str) -> None:
    message = Message(("%(num)s page", "%(num)s pages"), said or ("", ""))
    assert list(faults_of(message, CATALOGUES["fr"])) == [fault]


def test_a_catalogue_that_lacks_a_text_is_out_of_date(tmp_path: Path) -> None:
    path = tmp_path / "fr" / "LC_MESSAGES" / "messages.po"
    path.parent.mkdir(parents=True)
    path.write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8"\n', encoding="utf-8")
    new = Catalog()
    new.add("A new text", locations=[("delphi/new.py", None)])
    content = messages.brought_up_to_date(path, new)
    path.write_bytes(content)
    assert 'msgid "A new text"' in content.decode()
    assert messages.brought_up_to_date(path, new) == content
