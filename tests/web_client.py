"""A client that looks at each page as a strict reader would, and refuses a bad one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urljoin
from xml.etree.ElementTree import Element

import html5lib
from flask import Flask, has_app_context
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from delphi.access.links import make_link
from delphi.extensions import db
from delphi.web import clock
from tests.page_checks import faults_of, text_of
from tests.statements import Statements, statements_of

Fields = Mapping[str, str | Sequence[str]]


class BadPage(AssertionError):
    """A page that no visitor should get."""


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page that passed the checks. `statements` were sent to the database for it, redirects not counted."""

    url: str
    status: int
    root: Element
    html: str
    statements: Statements

    @property
    def h1(self) -> str:
        """Its heading."""
        return text_of(self.root.findall(".//h1")[0])

    @property
    def text(self) -> str:
        """The words of its main part."""
        return text_of(self.root.findall(".//main")[0])

    @property
    def all_text(self) -> str:
        """All its words, header and footer included."""
        return text_of(self.root.findall("./body")[0])

    def find(self, path: str) -> Element:
        """The one element at an ElementTree path."""
        (element,) = self.root.findall(path)
        return element

    def link(self, words: str) -> str:
        """The address behind the link with these words."""
        addresses = [link.get("href") or "" for link in self.root.iter("a") if text_of(link) == words]
        if not addresses:
            raise BadPage(f"{self.url} has no link {words!r}")
        return addresses[0]

    def form(self, button: str | None = None) -> Element:
        """The form with that button, or else the only form of the main part."""
        forms = list(self.root.iter("form") if button else self.find(".//main").iter("form"))
        fitting = [form for form in forms if button is None or button in map(text_of, form.iter("button"))]
        if len(fitting) != 1:
            raise BadPage(f"{self.url} has {len(fitting)} forms with the button {button!r}")
        return fitting[0]

    def table_rows(self, number: int = 0) -> list[list[str]]:
        """The words of a table, row by row, header included."""
        table = list(self.root.iter("table"))[number]
        return [[text_of(cell) for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")]


class PageClient:
    """One browser. `http` is Flask's own client, for answers that are no pages."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.http: FlaskClient = app.test_client()
        self.page: Page | None = None

    def get(self, url: str, *, status: int = 200) -> Page:
        """Ask for a page, follow redirects, check it, and that nothing was written."""
        response, statements = self._ask(url, "GET", None)
        while 300 <= response.status_code < 400:
            url = urljoin(url, response.location or "")
            response, statements = self._ask(url, "GET", None)
        self.page = _checked(url, response, statements, status=status)
        return self.page

    def submit(self, fields: Fields | None = None, *, button: str | None = None, status: int = 200) -> Page:
        """Fill the form of the last page, press a button (the first one if not named), follow redirects."""
        if self.page is None:
            raise BadPage("there is no page yet")
        form = self.page.form(button)
        data = filled_in(form, fields or {}, button=button)
        url = urljoin(self.page.url, form.get("action") or "")
        return self.post(url, data, status=status)

    def post(self, url: str, data: Fields, *, status: int = 200) -> Page:
        """Send a form as it is, follow redirects."""
        response, statements = self._ask(url, "POST", data)
        if 300 <= response.status_code < 400:
            return self.get(urljoin(url, response.location or ""), status=status)
        self.page = _checked(url, response, statements, status=status)
        return self.page

    def _ask(self, url: str, method: str, data: Fields | None) -> tuple[TestResponse, Statements]:
        if has_app_context():
            raise RuntimeError("leave the app context first: a request inside it would share its session")
        with self.app.app_context():
            engine = db.engine
        with statements_of(engine) as statements:
            response = self.http.open(url, method=method, data=data)
        if method == "GET" and statements.not_for_a_get:
            raise BadPage(f"GET {url} wrote: {statements.not_for_a_get}")
        return response, statements


def sign_in_panellist(client: PageClient, panellist_id: int) -> None:
    """Sign a panellist in through a personal link, without going to their page."""
    _sign_in(client, panellist_id=panellist_id)


def sign_in_user(client: PageClient, user_id: int) -> None:
    """Sign a user in through a personal link, without going to their page."""
    _sign_in(client, user_id=user_id)


def _sign_in(client: PageClient, *, panellist_id: int | None = None, user_id: int | None = None) -> None:
    with client.app.app_context():
        token = make_link(
            panellist_id=panellist_id,
            user_id=user_id,
            by="command line",
            now=clock.now(),
            valid_for=timedelta(hours=1),
        )
    page = client.get(f"/enter/{token}")
    response = client.http.post(page.url, data=filled_in(page.form(), {}))
    if response.status_code != 303:
        raise BadPage(f"the link signed nobody in: {response.status}")


def filled_in(form: Element, fields: Fields, *, button: str | None = None) -> dict[str, list[str]]:
    """What a browser would send for a form with these fields filled; refuses fields that are not there."""
    data: dict[str, list[str]] = {}
    for control in form.iter():
        name, value = control.get("name"), _value_of(control)
        if name and value is not None:
            data.setdefault(name, []).append(value)
    names = {control.get("name") for control in form.iter()}
    for name, value in fields.items():
        if name not in names:
            raise BadPage(f"the form has no field {name!r}, only {sorted(filter(None, names))}")
        data[name] = [value] if isinstance(value, str) else list(value)
        _refuse_impossible_choices(form, name, data[name])
    return data | _pressed(form, button)


def _value_of(control: Element) -> str | None:
    kind = control.get("type", "text") if control.tag == "input" else control.tag
    if kind in ("radio", "checkbox"):
        return control.get("value", "on") if control.get("checked") is not None else None
    if kind == "textarea":
        return "".join(control.itertext())
    if kind == "select":
        options = list(control.iter("option"))
        chosen = [option for option in options if option.get("selected") is not None] or options[:1]
        return chosen[0].get("value", text_of(chosen[0])) if chosen else ""
    is_sent = control.tag == "input" and kind not in ("submit", "button", "image", "reset", "file")
    return control.get("value", "") if is_sent else None


def _refuse_impossible_choices(form: Element, name: str, values: Sequence[str]) -> None:
    choices = [
        control.get("value")
        for control in form.iter("input")
        if control.get("name") == name and control.get("type") in ("radio", "checkbox")
    ]
    if choices and not set(values) <= set(choices):
        raise BadPage(f"{name!r} offers {choices}, not {values}")


def _pressed(form: Element, words: str | None) -> dict[str, list[str]]:
    buttons = [control for control in form.iter("button") if words is None or text_of(control) == words]
    name = buttons[0].get("name") if buttons else None
    return {name: [buttons[0].get("value", "")]} if name else {}


def _checked(url: str, response: TestResponse, statements: Statements, *, status: int) -> Page:
    html = response.get_data(as_text=True)
    if response.status_code != status:
        raise BadPage(f"{url} answered {response.status}, not {status}: {html[:2000]}")
    if response.mimetype != "text/html":
        raise BadPage(f"{url} is {response.mimetype}, no page")
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    root = parser.parse(html)
    faults = [f"{place}: {code} {detail}" for place, code, detail in parser.errors] + faults_of(root)
    if response.headers.get("Cache-Control") != "no-store":
        faults.append("a cache may keep it")
    if faults:
        raise BadPage("\n".join([url, *faults]))
    return Page(url=url, status=status, root=root, html=html, statements=statements)
