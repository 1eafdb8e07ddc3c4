"""Tables that are right, in all the ways in which spreadsheets write them."""

import io

import pytest
from openpyxl import Workbook, load_workbook

from delphi.dataset.sheet import SheetRefused
from delphi.dataset.sheet_file import sheet_of_file
from delphi.drafting.answers import Outcomes
from delphi.drafting.outcome_table import HEADERS, outcomes_of_sheet
from delphi.drafting.outcome_template import template_csv, template_xlsx
from tests.drafting.setting_up import filled_template

TEXT = "Name,What it means,Area\nCafé,“Warm”,Wärme\n"
NAMED = [("Café", "“Warm”", "Wärme")]


def read(data: bytes, *, name: str = "outcomes.csv") -> Outcomes:
    return outcomes_of_sheet(sheet_of_file(data, name=name))


def rows_of(data: bytes) -> list[tuple[str, str, str]]:
    return [(row.label, row.descriptor, row.domain) for row in read(data).rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_text_is_read_in_each_encoding_and_with_each_delimiter(encoding: str, delimiter: str) -> None:
    assert rows_of(TEXT.replace(",", delimiter).encode(encoding)) == NAMED


def test_a_guess_of_the_encoding_is_told() -> None:
    assert "Windows-1252" in read(TEXT.encode("cp1252")).notes[0]
    assert read(TEXT.encode()).notes == ()


def test_a_cell_may_hold_delimiters_and_new_lines() -> None:
    assert rows_of(b'Name,What it means,Area\n"A, B","x\ny","C"\n') == [("A, B", "x\ny", "C")]


def test_the_template_comes_back_without_its_example() -> None:
    rows = read(filled_template("Sleep", "Work"), name="outcomes.xlsx").rows
    assert [(row.code, row.label, row.domain) for row in rows] == [
        ("sleep", "Sleep", "Safety"),
        ("work", "Work", "Safety"),
    ]


def test_both_templates_have_the_same_header_and_example() -> None:
    book = sheet_of_file(template_xlsx(), name="o.xlsx").rows
    text = sheet_of_file(template_csv(), name="o.csv").rows
    assert [row[: len(HEADERS)] for row in book] == list(text)
    assert [cell.text for cell in text[0]] == list(HEADERS.values())
    assert "Help" in load_workbook(io.BytesIO(template_xlsx())).sheetnames


def test_codes_are_made_of_names_and_each_only_once() -> None:
    table = "Name,Code\nFeeling safe!,\nFeeling safe?,\nالأمان,\nWork,7\n".encode()
    assert [row.code for row in read(table).rows] == ["feeling_safe", "feeling_safe_2", "outcome", "7"]


def test_text_far_to_the_right_is_not_left_out_in_silence() -> None:
    book = Workbook()
    book.active.append(["Name", "Area"])
    book.active["XFD2"] = "far"
    file = io.BytesIO()
    book.save(file)
    with pytest.raises(SheetRefused, match="more than 40 columns"):
        read(file.getvalue(), name="o.xlsx")


def test_columns_and_sheets_that_are_not_read_are_told() -> None:
    book = Workbook()
    book.active.append(["Name", "Votes"])
    book.active.append(["Sleep", 3])
    book.create_sheet("Older").append(["Rest"])
    book.create_sheet("Empty")
    file = io.BytesIO()
    book.save(file)
    assert read(file.getvalue(), name="o.xlsx").notes == (
        "Only the first sheet was read. These were not: “Older”.",
        "These columns were not read: “Votes”.",
        "There is no column “Area”: all outcomes stand in one, “All outcomes”.",
    )
