"""A file that cannot be taken is refused in words, line by line, and nothing of it is kept."""

from io import BytesIO

from flask import Flask, request
from sqlalchemy import func, select

from delphi.dataset.sheet import MOST_COLUMNS, MOST_ROWS
from delphi.enrolling.table import read_table
from delphi.extensions import db
from delphi.models import Panellist, PendingImport
from tests.enrolling.broken_files import broken_files, damaged_files
from tests.enrolling.uploads import csv, member, thirty_people, upload, xlsx
from tests.studies_on_app import StudyOnApp

DAMAGED = 200


def test_each_broken_file_is_refused_in_words_and_changes_nothing(app: Flask, study: StudyOnApp) -> None:
    client = member(app, study)
    files = list(broken_files())
    for name, content, words in files:
        page = upload(client, content, name=name, status=422)
        assert page.h1 == "Import people", name
        assert words in page.text, (name, page.text)
    assert len(files) >= 30
    with app.app_context():
        numbers = [db.session.scalar(select(func.count()).select_from(t)) for t in (Panellist, PendingImport)]
    assert numbers == [9, 0]


def test_what_is_about_a_person_is_not_quoted(app: Flask, study: StudyOnApp) -> None:
    rows = [("Maria Lopez", "maria at example", "call Maria", "maria", "Maria\tLopez" * 30)]
    page = upload(member(app, study), xlsx(rows), status=422)
    assert [row[:2] for row in page.table_rows()[1:]] == [
        ["2", column] for column in ("group", "language", "e-mail", "telephone", "reference")
    ]
    assert "maria" not in page.html.casefold()


def test_a_hundred_faults_are_shown_and_the_others_counted(app: Flask, study: StudyOnApp) -> None:
    page = upload(member(app, study), csv([("pilots", "", "", "", "")] * 150), status=422)
    assert len(page.table_rows()) == 101
    assert "50 more faults are not shown." in page.text


def test_a_damaged_file_is_read_or_refused_and_never_an_error() -> None:
    for content in damaged_files(DAMAGED, seed=20261124):
        table = read_table(content, name="a.xlsx")
        assert bool(table.faults) != bool(table.lines)


def test_the_same_table_reads_alike_from_each_kind_of_file() -> None:
    rows = thirty_people()
    text = csv(rows).decode()
    tables = [
        read_table(content, name=name)
        for name, content in (
            ("a.xlsx", xlsx(rows)),
            ("a.csv", text.encode("utf-8-sig")),
            ("b.csv", text.replace(",", ";").replace("\n", "\r\n").encode()),
            ("c.csv", text.replace(",", "\t").encode("utf-16")),
        )
    ]
    cells = [[[cell.text for cell in line.cells] for line in table.lines] for table in tables]
    assert cells == [[list(row) for row in rows]] * 4
    assert {table.headings for table in tables} == {tables[0].headings}


def test_lines_are_numbered_as_a_spreadsheet_numbers_its_rows() -> None:
    table = read_table(b'group,reference\n\n,\nsurvivors,"two\nlines"\nsurvivors,b\n', name="a.csv")
    assert [line.number for line in table.lines] == [4, 5]
    book = xlsx([(), ("survivors",), (), ("survivors",)])
    assert [line.number for line in read_table(book, name="a.xlsx").lines] == [3, 5]


def test_a_limit_is_a_limit() -> None:
    for lines, columns in ((MOST_ROWS, 2), (MOST_ROWS + 1, 2), (2, MOST_COLUMNS), (2, MOST_COLUMNS + 1)):
        content = csv([["x"] * columns] * lines, headings=[f"h{at}" for at in range(columns)])
        is_good = lines <= MOST_ROWS and columns <= MOST_COLUMNS
        assert bool(read_table(content, name="a.csv").lines) is is_good


def test_a_large_file_is_refused_before_it_is_read() -> None:
    (fault,) = read_table(b"PK\x03\x04" + bytes(1_600_000), name="a.xlsx").faults
    assert fault.found == "The file is larger than 1.5 MB."


def test_an_upload_is_never_written_to_a_disk(app: Flask) -> None:
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'
    body = head + b"a" * 1_000_000 + b"\r\n--x--\r\n"
    with app.test_request_context(
        method="POST", input_stream=BytesIO(body), content_type="multipart/form-data; boundary=x"
    ):
        assert isinstance(request.files["file"].stream, BytesIO)
