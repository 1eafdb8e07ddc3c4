"""A receipt as a tagged PDF (PDF/UA-1), made from its kept text alone."""

import json
import re
from functools import cache
from pathlib import Path

import matplotlib as mpl
import typst

from delphi.domain.receipt import sha256_of
from delphi.domain.receipt_parts import ReceiptPart, head_of_receipt, parts_of_receipt
from delphi.setup.queries import ReceiptPage
from delphi.web import clock

TEMPLATE = Path(__file__).resolve().parent.parent / "templates" / "setup" / "receipt.typ"
# Matplotlib brings DejaVu (Latin, Greek, Cyrillic, Arabic) and, for all else, glyphs that name the character.
FONTS = Path(mpl.get_data_path()) / "fonts" / "ttf"
INTRODUCTION = (
    "This was fixed when the round opened, before anybody could answer. It was made from the text of the "
    "receipt, in which nothing is left out.",
    "To check: download the receipt as a text file and make its SHA-256, for example with “sha256sum "
    "receipt.txt”. It must be the one below.",
)
# Control characters and code points that are no characters: PDF/UA refuses a text that has one.
UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
REPLACED = ("Some signs of the text cannot be printed. Here they stand as “\ufffd”; the text file has them.",)
DOES_NOT_FIT = ("Warning: the kept text does not give the SHA-256 below. Somebody has changed one of them.",)


def receipt_pdf(page: ReceiptPage) -> bytes:
    """Return the PDF; the same receipt always gives the same bytes. Raises TypstError where it is not whole.

    What is printed is the text that was kept at the opening, not the study as it is today.
    """
    made = typst.compile(
        TEMPLATE,
        root=TEMPLATE.parent,
        font_paths=_fonts(),
        sys_inputs={"receipt": json.dumps(_printable(_data(page)))},
        format="pdf",
        pdf_standards=["ua-1"],
        timestamp=page.made_at.replace(microsecond=0),
    )
    if not isinstance(made, bytes):
        raise TypeError("a PDF is one file")
    return made


@cache
def _fonts() -> typst.Fonts:
    # Not the machine's own: the same receipt would look another way elsewhere.
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


def _data(page: ReceiptPage) -> dict[str, object]:
    facts = (
        *head_of_receipt(page.text),
        ("Opened", clock.as_date_and_time(page.made_at)),
        ("Outcomes", str(page.outcomes)),
        ("Languages of the study", ", ".join(page.languages)),
    )
    introduction = INTRODUCTION if sha256_of(page.text) == page.sha256 else DOES_NOT_FIT
    return {
        "title": f"Receipt of {page.round_label}",
        "description": f"What was fixed when the round opened. SHA-256 {page.sha256}",
        "sha256": page.sha256,
        "synthetic": page.synthetic,
        "introduction": introduction + (REPLACED if UNPRINTABLE.search(page.text) else ()),
        "facts": facts,
        "parts": [_part(part) for part in parts_of_receipt(page.text)],
    }


def _part(part: ReceiptPart) -> dict[str, object]:
    lines = [{"text": line.lstrip(), "indent": len(line) - len(line.lstrip())} for line in part.lines]
    return {"title": part.title, "lines": lines}


def _printable(data: object) -> object:
    """The same with another sign in place of each that a PDF cannot hold."""
    if isinstance(data, str):
        return UNPRINTABLE.sub("\ufffd", data)
    if isinstance(data, dict):
        return {key: _printable(value) for key, value in data.items()}
    return [_printable(value) for value in data] if isinstance(data, (list, tuple)) else data
