"""A table for translators, and reading it when it comes back: every fault by its row, whole or not at all."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from analysis.bundle.formulas import unescaped
from delphi.dataset.sheet import (
    MOST_FAULTS,
    Cell,
    Holds,
    Sheet,
    SheetFault,
    SheetRefused,
    column_letter,
    refused,
)
from delphi.translating.held import NOTHING, Given, State, Translation, Translations, tidied, too_long
from delphi.translating.texts import Item, Piece

KEY, SOURCE, TRANSLATION, STATE, MARK = "key", "first language", "translation", "state", "do not change"
_HEADER = re.compile(r"(key|first language|translation|state|do not change)(?: \(([A-Za-z0-9-]+)\))?")
_NOT_WORDS = {Holds.FORMULA, Holds.ERROR, Holds.DATE, Holds.TRUTH}


@dataclass(frozen=True, slots=True)
class _Row:
    """A row that names a text: its number in the sheet, its cells by column."""

    number: int
    cells: Mapping[str, Cell]

    def text(self, column: str) -> str:
        return unescaped(self.cells[column].text) if column in self.cells else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """What a table gives: items, and in which row the first text of each stands."""

    given: tuple[Given, ...]
    rows: Mapping[str, int]
    notes: tuple[str, ...]


def header_of(*, first: str, language: str) -> tuple[str, ...]:
    """Return the headings; they say which languages the table is for."""
    return KEY, f"{SOURCE} ({first})", f"{TRANSLATION} ({language})", STATE, MARK


def rows_of(items: Iterable[Item], held: Translations) -> Iterator[tuple[str, str, str, str, str]]:
    """Return a row for each text: key, text, translation, state, and a mark of what is held of its item."""
    for item in items:
        of_item = held.get(item.key, NOTHING)
        for piece in item.pieces:
            text = of_item.of(piece)
            state = State.MISSING if not text else State.CHECKED if of_item.is_checked else State.DRAFT
            yield piece.key, piece.source, text, state.value, of_item.fingerprint


def read_table(sheet: Sheet, *, items: Iterable[Item], held: Translations, language: str) -> Table:
    """Return what a table gives; raises `SheetRefused` with every fault, and then it gives nothing.

    A cell without a translation changes nothing. An item is checked if each of its rows is.
    """
    known = {piece.key: (item, piece) for item in items for piece in item.pieces}
    columns, rows = _rows(sheet, language=language)
    faults = [*_faults(rows, columns, known)]
    if faults:
        raise SheetRefused(_first(faults))
    by_item: dict[str, list[_Row]] = defaultdict(list)
    for row in rows:
        by_item[known[row.text(KEY)][0].key].append(row)
    given = [_given(known[group[0].text(KEY)][0], group, held=held) for group in by_item.values()]
    lines = {key: group[0].number for key, group in by_item.items()}
    return Table(given=tuple(filter(None, given)), rows=lines, notes=sheet.notes)


def _rows(sheet: Sheet, *, language: str) -> tuple[dict[str, int], list[_Row]]:
    filled = [(number, row) for number, row in enumerate(sheet.rows, start=1) if any(c.text for c in row)]
    if not filled:
        raise refused("There is nothing in the table.", "Send the table that you downloaded, filled in.")
    columns = _columns(filled[0][1], filled[0][0], language=language)
    rows = [
        _Row(number, {name: row[place] for name, place in columns.items() if place < len(row)})
        for number, row in filled[1:]
    ]
    return columns, rows


def _columns(header: tuple[Cell, ...], number: int, *, language: str) -> dict[str, int]:
    columns: dict[str, int] = {}
    for place, cell in enumerate(header):
        found = _HEADER.fullmatch(" ".join(cell.text.split()))
        if found is None:
            continue
        where = f"Row {number}, column {column_letter(place)}"
        if found[1] in columns:
            raise refused(f"“{cell.text}” stands over two columns.", "Keep one of them.", place=where)
        if found[1] == TRANSLATION and found[2] not in (None, language):
            raise refused(
                f"This table is for another language: {found[2]}.",
                "Send it on that language's page.",
                place=where,
            )
        columns[found[1]] = place
    for needed in (KEY, TRANSLATION):
        if needed not in columns:
            advice = "Keep the headings of the table that you downloaded."
            raise refused(f"No column has the heading “{needed}”.", advice, place=f"Row {number}")
    return columns


def _faults(
    rows: Iterable[_Row], columns: Mapping[str, int], known: Mapping[str, tuple[Item, Piece]]
) -> Iterator[SheetFault]:
    first: dict[str, int] = {}
    for row in rows:
        key = row.text(KEY)
        if key not in known:
            found = f"The study has no text with the key “{key[:60]}”." if key else "There is no key."
            yield _fault(row, KEY, columns, found, "Leave the keys as they are in the table.")
            continue
        if key in first:
            found = f"This key stands in row {first[key]}, too."
            yield _fault(row, KEY, columns, found, "Keep one of the two rows.")
        first.setdefault(key, row.number)
        yield from _faults_of_row(row, columns, known[key][1])


def _faults_of_row(row: _Row, columns: Mapping[str, int], piece: Piece) -> Iterator[SheetFault]:
    source, translation = row.text(SOURCE), tidied(row.text(TRANSLATION), piece)
    if source and source.split() != piece.source.split():
        found = f"The study has another text here: “{piece.source[:60]}”."
        advice = "The rows may have been mixed up. Download the table again."
        yield _fault(row, SOURCE, columns, found, advice)
    cell = row.cells.get(TRANSLATION, Cell())
    if cell.holds in _NOT_WORDS:
        found = f"We found {cell.holds.value}: “{cell.text[:60]}”."
        yield _fault(row, TRANSLATION, columns, found, "Put the words themselves in.")
    elif too_long(translation, piece):
        found = f"The text has {len(translation):,} characters."
        yield _fault(row, TRANSLATION, columns, found, f"Use at most {piece.longest:,}.")
    if row.text(STATE).casefold() not in ("", *State):
        found = f"We found “{row.text(STATE)[:60]}”."
        yield _fault(row, STATE, columns, found, "Put in “draft” or “checked”.")


def _fault(row: _Row, column: str, columns: Mapping[str, int], found: str, advice: str) -> SheetFault:
    return SheetFault(f"Row {row.number}, column {column_letter(columns[column])} ({column})", found, advice)


def _first(faults: list[SheetFault]) -> list[SheetFault]:
    more = len(faults) - MOST_FAULTS
    if more <= 0:
        return faults
    return [*faults[:MOST_FAULTS], SheetFault("", f"There are {more} more faults.", "Mend these first.")]


def _given(item: Item, rows: Iterable[_Row], *, held: Translations) -> Given | None:
    """What the rows of an item give; None where they are as they were downloaded, or empty."""
    by_key = {row.text(KEY): row for row in rows}
    now = held.get(item.key, NOTHING)
    written = {
        piece.key: text
        for piece in item.pieces
        if piece.key in by_key and (text := tidied(by_key[piece.key].text(TRANSLATION), piece))
    }
    if not written:
        return None
    says_checked = [by_key[key].text(STATE).casefold() == State.CHECKED for key in written]
    # Without a mark nobody knows what its writer had seen: then it may fill gaps only.
    seen = next(iter(by_key.values())).text(MARK) or NOTHING.fingerprint
    if Translation(texts=written, is_checked=all(says_checked)).fingerprint == seen:
        return None
    texts = {piece.key: text for piece in item.pieces if (text := written.get(piece.key) or now.of(piece))}
    is_checked = all(says_checked) and (now.is_checked or set(texts) <= set(written))
    if not any(STATE in row.cells for row in by_key.values()):
        is_checked = now.is_checked and texts == dict(now.texts)
    return Given(item=item, translation=Translation(texts=texts, is_checked=is_checked), seen=seen)
