"""Spreadsheets that are no table of outcomes: told in words, nothing changed, no error of ours."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from delphi.dataset.sheet import LARGEST_SHEET_BYTES, SheetRefused
from delphi.dataset.sheet_file import sheet_of_file
from delphi.drafting.outcome_table import outcomes_of_sheet
from delphi.extensions import db
from delphi.models import DraftPart
from tests.drafting.malformed import KINDS, malformed
from tests.drafting.setting_up import filled_template, send_table, start
from tests.web_client import PageClient

NUMBER = 200


def faults_of(number: int) -> tuple[str, ...]:
    data, name = malformed(number)
    with pytest.raises(SheetRefused) as refused:
        outcomes_of_sheet(sheet_of_file(data, name=name))
    return tuple(map(str, refused.value.faults))


@pytest.mark.parametrize("kind", range(len(KINDS)), ids=lambda at: KINDS[at].__name__)
def test_each_malformed_spreadsheet_is_refused_with_a_sentence_and_advice(kind: int) -> None:
    for number in range(kind, NUMBER, len(KINDS)):
        for fault in faults_of(number):
            assert fault.endswith(".")
            assert fault.count(". ") >= 1  # what was found, and how to put it right
            assert "Error" not in fault
            assert "Traceback" not in fault


def saves(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(DraftPart)) or 0


def test_a_malformed_spreadsheet_changes_nothing_of_the_draft(app: Flask, researcher: PageClient) -> None:
    draft = start(researcher)
    send_table(researcher, draft, filled_template("A"), name="outcomes.xlsx")
    before = saves(app)
    for number in range(len(KINDS)):
        data, name = malformed(number)
        if len(data) <= LARGEST_SHEET_BYTES:
            page = send_table(researcher, draft, data, name=name, status=422)
            assert page.h1 == "Which outcomes are rated?"
    assert saves(app) == before
    assert "What A is." in researcher.get(f"{draft}/outcomes").text


def test_ten_megabytes_are_refused_before_they_are_read(researcher: PageClient) -> None:
    draft = start(researcher)
    body = b"x" * (10 * 2**20)  # as bytes: of a larger file the test client would leave a temporary one open
    kind = "multipart/form-data; boundary=b"
    response = researcher.http.post(f"{draft}/outcomes", data=body, content_type=kind)
    assert response.status_code == 413
    assert "a smaller file" in response.text


def test_a_fault_names_row_and_column_and_what_is_expected(researcher: PageClient) -> None:
    draft = start(researcher)
    table = b"Name,Area\nA,Safety\n,Safety\nA,Health\n"
    page = send_table(researcher, draft, table, name="outcomes.csv", status=422)
    assert "Row 3, column A (Name): The cell is empty. Put in the outcome's name." in page.text
    assert "Row 4, column A (Name): “A” stands in row 2, too. Keep one, or change one." in page.text
