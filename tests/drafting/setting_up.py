"""The steps by which a draft is filled in."""

import io

from openpyxl import load_workbook
from werkzeug.datastructures import FileStorage

from delphi.drafting.outcome_template import template_xlsx
from tests.web_client import Page, PageClient, filled_in

PAGES = {
    "about": {"title": "What matters", "code": "matters", "question": "What matters most?"},
    "scale": {},
    "groups": {
        "label-0": "Survivors",
        "one-0": "survivor",
        "target-0": "40",
        "weight-0": "2",
        "label-1": "Service providers",
        "one-1": "service provider",
        "target-1": "24",
        "weight-1": "1",
    },
    "rounds": {},
    "criteria": {},
    "consensus": {},
    "feedback": {},
    "profile": {},
    "joining": {},
    "support": {},
    "texts": {
        "welcome": "Welcome.",
        "consent": "I agree.",
        "comment_readers": "The team.",
        "team_contact": "team@t.example",
    },
}


def start(client: PageClient) -> str:
    """Start a draft; the address of it."""
    client.get("/drafts")
    page = client.submit(button="Start a draft")
    return page.url.removesuffix("/about")


def fill(client: PageClient, draft: str, *parts: str) -> None:
    """Fill in these pages as a researcher would; all of them where none is named."""
    for part in parts or PAGES:
        client.get(f"{draft}/{part}")
        client.submit(PAGES[part], button="Save and continue")


def filled_template(*names: str) -> bytes:
    """The template as it comes back from a researcher, its example row left where it was."""
    book = load_workbook(io.BytesIO(template_xlsx()))
    for name in names:
        book["Outcomes"].append([name, f"What {name} is.", "Safety"])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def send_table(client: PageClient, draft: str, data: bytes, *, name: str, status: int = 200) -> Page:
    """Send a table of outcomes."""
    page = client.get(f"{draft}/outcomes")
    fields: dict[str, object] = dict(filled_in(page.form("Send the table"), {}))
    fields["file"] = FileStorage(io.BytesIO(data), filename=name)
    return client.post(f"{draft}/outcomes", fields, status=status)  # type: ignore[arg-type]  # a file, too
