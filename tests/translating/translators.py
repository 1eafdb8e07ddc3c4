"""Members of a team who translate the small study, on the page and in a table."""

import io
from collections.abc import Callable, Mapping

from flask import Flask
from openpyxl import load_workbook

from delphi import dataset
from delphi.models import Role
from delphi.translating.texts import items_of
from tests.data.small_study import small_study
from tests.studies_on_app import StudyOnApp
from tests.web_client import Page, PageClient, filled_in, sign_in_user

LANGUAGES = "/studies/small/languages"
ARABIC = f"{LANGUAGES}/ar"
HOME = "outcomes.home"
Cells = dict[str, str]


def member(app: Flask, study: StudyOnApp, role: Role = Role.FACILITATOR) -> PageClient:
    """A member of the team, signed in."""
    client = PageClient(app)
    sign_in_user(client, study.team[role])
    return client


def with_arabic(app: Flask, study: StudyOnApp) -> PageClient:
    """The same, who has just given the study Arabic."""
    client = member(app, study)
    client.get(LANGUAGES)
    client.submit({"language": "ar"}, button="Add the language")
    return client


def field(key: str, *, piece: int = 0) -> str:
    """The field of a text, or of one of an outcome's."""
    return f"{prefix(key)}-{piece}"


def prefix(key: str) -> str:
    """The beginning of the fields of a text or an outcome."""
    study = small_study()
    items = items_of(study.protocol, outcomes=study.outcomes)
    return next(item.field for item in items if item.key == key)


def outcomes_url() -> str:
    """The page with the outcomes on it: they come last."""
    return f"{ARABIC}?page=9"


def held(app: Flask, study: StudyOnApp) -> Mapping[str, tuple[str, str]]:
    """What a bundle has in Arabic: text and state by key; of an outcome its name."""
    with app.app_context():
        exported = dataset.export_study(study.study_id)
    texts = {text.key: (text.text, text.state.value) for text in exported.texts}
    return texts | {f"outcomes.{each.code}": (each.label, each.state.value) for each in exported.wordings}


def table_of(client: PageClient) -> bytes:
    """The table as XLSX."""
    return client.http.get(f"{ARABIC}/table.xlsx").data


def filled(
    table: bytes, translations: Mapping[str, Cells], *, change: Callable[..., None] | None = None
) -> bytes:
    """The table with cells put in by key and column: C for the translation, D for the state."""
    book = load_workbook(io.BytesIO(table))
    sheet = book["Translations"]
    for row in range(2, sheet.max_row + 1):
        for column, text in translations.get(sheet[f"A{row}"].value, {}).items():
            sheet[f"{column}{row}"] = text
    if change:
        change(sheet)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def send(
    client: PageClient,
    data: bytes,
    *,
    name: str = "table.xlsx",
    status: int = 200,
    again: bool = False,
    **fields: str,
) -> Page:
    """Send a table; `again`: from the page that refused it."""
    page = client.page if again and client.page else client.get(f"{ARABIC}/table")
    sent = filled_in(page.form("Send the table"), fields, button="Send the table")
    file = (io.BytesIO(data), name)
    return client.post(f"{ARABIC}/table", {**sent, "file": file}, status=status)  # type: ignore[dict-item]  # a file
