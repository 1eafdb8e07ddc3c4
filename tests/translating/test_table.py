"""Translators work in a table: downloaded, filled in, sent back whole or not at all."""

from collections.abc import Callable

import pytest
from flask import Flask
from openpyxl.worksheet.worksheet import Worksheet

from delphi.dataset.sheet import SheetRefused
from delphi.dataset.sheet_file import sheet_of_file
from delphi.translating.table import header_of, read_table, rows_of
from delphi.translating.table_files import table_file
from delphi.translating.texts import items_of
from tests.data.small_study import small_study
from tests.studies_on_app import StudyOnApp
from tests.translating.translators import (
    ARABIC,
    HOME,
    Cells,
    field,
    filled,
    held,
    outcomes_url,
    send,
    table_of,
    with_arabic,
)

NAME, MEANING, WELCOME = f"{HOME}.label", f"{HOME}.descriptor", "ethics.welcome"


def draft(text: str) -> Cells:
    return {"C": text, "D": "draft"}


def checked(text: str) -> Cells:
    return {"C": text, "D": "checked"}


def test_a_table_that_comes_back_as_it_went_changes_nothing(app: Flask, study: StudyOnApp) -> None:
    client = with_arabic(app, study)
    client.get(outcomes_url())
    client.submit({field(HOME): "بيت"}, button="Save")
    assert "Nothing was changed." in send(client, table_of(client)).text


def test_what_is_filled_in_is_there_with_its_state_and_comes_with_the_next_table(
    app: Flask, study: StudyOnApp
) -> None:
    client = with_arabic(app, study)
    given = {NAME: checked("بيت"), MEANING: checked("مكان"), WELCOME: draft("أهلا\n\nاقرأ.")}
    page = send(client, filled(table_of(client), given))
    assert "Saved: 2 texts were changed." in page.text
    assert held(app, study) == {HOME: ("بيت", "checked"), WELCOME: ("أهلا\n\nاقرأ.", "draft")}
    assert "Nothing was changed." in send(client, table_of(client)).text


def test_the_table_as_csv_comes_back_too_and_formulas_stay_words(app: Flask, study: StudyOnApp) -> None:
    client = with_arabic(app, study)
    client.get(outcomes_url())
    client.submit({field(HOME): "=بيت"}, button="Save")
    table = client.http.get(f"{ARABIC}/table.csv").data.decode("utf-8-sig")
    assert "'=بيت" in table
    assert "Nothing was changed." in send(client, table.encode(), name="table.csv").text
    send(client, table.replace("'=بيت", "دار").encode(), name="table.csv")
    assert held(app, study) == {HOME: ("دار", "draft")}


def test_an_outcome_is_checked_only_when_each_of_its_rows_is(app: Flask, study: StudyOnApp) -> None:
    client = with_arabic(app, study)
    send(client, filled(table_of(client), {NAME: checked("بيت"), MEANING: draft("مكان")}))
    assert held(app, study)[HOME] == ("بيت", "draft")


def wrong_key(sheet: Worksheet) -> None:
    sheet["A2"] = "study.name"


def twice(sheet: Worksheet) -> None:
    sheet["A3"] = sheet["A2"].value


def mixed_up(sheet: Worksheet) -> None:
    sheet["A2"], sheet["A3"] = sheet["A3"].value, sheet["A2"].value


def formula(sheet: Worksheet) -> None:
    sheet["C2"] = "=B2"


def state(sheet: Worksheet) -> None:
    sheet["D2"] = "done"


def other_language(sheet: Worksheet) -> None:
    sheet["C1"] = "translation (fr)"


def no_key(sheet: Worksheet) -> None:
    sheet["A1"] = "code"


def heading_twice(sheet: Worksheet) -> None:
    sheet["D1"] = "key"


FAULTS = {
    wrong_key: "Row 2, column A (key): The study has no text with the key “study.name”.",
    twice: "Row 3, column A (key): This key stands in row 2, too.",
    mixed_up: "Row 2, column B (first language): The study has another text here",
    formula: "Row 2, column C (translation): We found a formula: “=B2”.",
    state: "Row 2, column D (state): We found “done”.",
    other_language: "Row 1, column C: This table is for another language: fr.",
    no_key: "Row 1: No column has the heading “key”.",
    heading_twice: "Row 1, column D: “key” stands over two columns.",
}


@pytest.mark.parametrize("change", FAULTS, ids=lambda change: change.__name__)
def test_a_fault_is_told_by_its_row(change: Callable[[Worksheet], None]) -> None:
    study = small_study()
    items = items_of(study.protocol, outcomes=study.outcomes)
    header = header_of(first="en", language="ar")
    table = table_file("xlsx", header, rows_of(items, {}), direction="rtl")
    sheet = sheet_of_file(filled(table, {NAME: draft("بيت")}, change=change), name="table.xlsx")
    with pytest.raises(SheetRefused) as refused:
        read_table(sheet, items=items, held={}, language="ar")
    assert str(refused.value.faults[0]).startswith(FAULTS[change])


def test_of_a_table_with_a_fault_nothing_is_taken(app: Flask, study: StudyOnApp) -> None:
    client = with_arabic(app, study)
    page = send(client, filled(table_of(client), {NAME: draft("بيت")}, change=state), status=422)
    assert FAULTS[state] in page.text
    assert held(app, study) == {}


def test_what_somebody_changed_since_the_download_is_shown_before_it_is_replaced(
    app: Flask, study: StudyOnApp
) -> None:
    client = with_arabic(app, study)
    table = filled(table_of(client), {NAME: draft("دار"), WELCOME: draft("أهلا")})
    client.get(outcomes_url())
    client.submit({field(HOME): "بيت"}, button="Save")
    page = send(client, table, status=422)
    assert page.table_rows()[1][2:] == ["بيت", "دار"]
    assert held(app, study) == {HOME: ("بيت", "draft")}
    assert send(client, table, again=True, status=422).table_rows() == page.table_rows()
    assert "Saved: 2 texts" in send(client, table, again=True, stands="mine").text
    assert held(app, study) == {HOME: ("دار", "draft"), WELCOME: ("أهلا", "draft")}


def test_a_table_without_the_mark_fills_gaps_and_replaces_nothing_unseen(
    app: Flask, study: StudyOnApp
) -> None:
    client = with_arabic(app, study)
    bare = filled(table_of(client), {NAME: draft("دار")}, change=lambda sheet: sheet.delete_cols(5))
    assert "Saved: 1 text was changed." in send(client, bare).text
    other = filled(table_of(client), {NAME: draft("بيت")}, change=lambda sheet: sheet.delete_cols(5))
    assert send(client, other, status=422).table_rows()[1][2:] == ["دار", "بيت"]
