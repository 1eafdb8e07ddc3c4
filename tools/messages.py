"""Keeps the catalogues of delphi/translations up to date with the texts in the code.

`python tools/messages.py` takes new texts in and drops those that are gone; with `--check` it says what
it would change and ends with 1. Translations are written by hand into the .po files; tests say which are
missing.
"""

import argparse
import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "delphi"
CATALOGUES = SOURCES / "translations"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
}
TRANSLATORS = "Translators:"


def texts_in_the_code() -> Catalog:
    """Every text that the pages put through gettext, with the files where it stands."""
    with (CATALOGUES / "mapping.cfg").open(encoding="utf-8") as mapping_file:
        methods, options = parse_mapping_cfg(mapping_file)
    found = Catalog(charset="utf-8")
    texts = extract_from_dir(
        SOURCES, methods, options, keywords=KEYWORDS, comment_tags=(TRANSLATORS,), strip_comment_tags=True
    )
    for file, _, message, comments, context in sorted(texts, key=lambda text: (text[0], text[1])):
        # Without line numbers: they change with every edit, and the catalogue with them.
        found.add(message, locations=[(f"delphi/{file}", None)], auto_comments=comments, context=context)
    return found


def catalogue_files() -> list[Path]:
    """The catalogue of each language."""
    return sorted(CATALOGUES.glob("*/LC_MESSAGES/messages.po"))


def read_catalogue(path: Path) -> Catalog:
    """A catalogue as it stands in its file."""
    with path.open("rb") as file:
        return read_po(file, locale=path.parent.parent.name)


def brought_up_to_date(path: Path, texts: Catalog) -> bytes:
    """What the file of a catalogue should hold: every text, with the translation that it has so far."""
    catalogue = read_catalogue(path)
    revised = catalogue.revision_date
    # No guesses: a translation that fits only nearly would be shown as if it were right.
    catalogue.update(texts, no_fuzzy_matching=True, update_creation_date=False)
    catalogue.revision_date = revised
    catalogue.obsolete.clear()
    content = io.BytesIO()
    write_po(content, catalogue, width=100, include_lineno=False)
    return content.getvalue()


def outdated(texts: Catalog) -> Iterator[tuple[Path, bytes]]:
    """The catalogues that are not up to date, each with what it should hold."""
    for path in catalogue_files():
        content = brought_up_to_date(path, texts)
        if content != path.read_bytes():
            yield path, content


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; say what would change")
    only_check = parser.parse_args().check
    texts = texts_in_the_code()
    changes = list(outdated(texts))
    for path, content in changes:
        if only_check:
            print(f"{path.relative_to(ROOT)} is out of date: run `make messages`")
        else:
            path.write_bytes(content)
            print(f"{path.relative_to(ROOT)} is up to date")
    return 1 if only_check and changes else 0


if __name__ == "__main__":
    sys.exit(main())
