"""Files with people, and a team member who uploads them."""

from collections.abc import Sequence
from io import BytesIO

from flask import Flask
from openpyxl import Workbook

from delphi.models import Role
from tests.studies_on_app import StudyOnApp
from tests.web_client import Page, PageClient, filled_in, sign_in_user

IMPORT = "/studies/small/people/import"
HEADINGS = ("group", "e-mail", "telephone", "language", "reference")


def thirty_people() -> list[tuple[str, ...]]:
    """12 survivors and 18 researchers, each with a contact of their own."""
    return [
        (
            "Survivors" if number < 12 else "researchers",
            f"person{number}@example.org",
            f"+44 20 7946 {number:04}",
            "en" if number % 2 else "",
            f"R-{number}",
        )
        for number in range(30)
    ]


def xlsx(rows: Sequence[Sequence[object]], *, headings: Sequence[str] = HEADINGS) -> bytes:
    """An XLSX file."""
    book = Workbook()
    for row in (headings, *rows):
        book.worksheets[0].append(list(row))
    return saved(book)


def saved(book: Workbook) -> bytes:
    """A workbook as the bytes of its file."""
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def csv(rows: Sequence[Sequence[str]], *, headings: Sequence[str] = HEADINGS) -> bytes:
    """A CSV file with commas."""
    return "\n".join(",".join(row) for row in (headings, *rows)).encode()


def member(app: Flask, study: StudyOnApp, role: Role = Role.FACILITATOR) -> PageClient:
    """A member of the team, signed in."""
    client = PageClient(app)
    sign_in_user(client, study.team[role])
    return client


def upload(client: PageClient, content: bytes, *, name: str = "", status: int = 200) -> Page:
    """Upload a file, named as what it is unless told otherwise, and give the page that follows."""
    name = name or ("people.xlsx" if content.startswith(b"PK") else "people.csv")
    form = client.get(IMPORT).form("Check the file")
    sent = filled_in(form, {}, button="Check the file")
    file = (BytesIO(content), name)
    return client.post(IMPORT, {**sent, "file": file}, status=status)  # type: ignore[dict-item]  # a file
