"""The numbers behind the pictures of a panellist's page: a small table for each group, read as one."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from tests.page_checks import text_of

Rows = list[list[str]]


def numbers_shown(root: Element) -> list[tuple[str, Rows]]:
    """What is written on each card's numbers, and its rows: names first, then a row an answer, then all."""
    parts = [part for part in root.iter("div") if part.get("class") == "app-numbers"]
    return [(part.get("aria-label") or "", list(_joined(part))) for part in parts]


def _joined(part: Element) -> Iterator[list[str]]:
    tables = list(part.iter("table"))
    yield ["Answer", *(text_of(table.findall("caption")[0]) for table in tables)]
    each = [[[text_of(cell) for cell in row] for row in table.iter("tr")][1:] for table in tables]
    for rows in zip(*each, strict=True):
        (label,) = {row[0] for row in rows}
        yield [label, *(row[1] for row in rows)]
