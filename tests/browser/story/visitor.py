"""A panellist over HTTP, without a browser: follows the pages from a personal link to the end of a round."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from urllib.parse import urlencode, urljoin
from urllib.request import HTTPCookieProcessor, ProxyHandler, build_opener

from tests.browser.story.synthetic import Person

# Pages with nothing to fill in, and where their button leads.
ONLY_READ = {"/rate/exit-help": "/rate", "/rate/changes": "/rate/section/1"}
LONGEST_WAY = 25  # pages


@dataclass
class Form(HTMLParser):
    """The main form of a page: its fields as they stand, and each outcome's fields by its name."""

    action: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    rated: dict[str, str] = field(default_factory=dict)
    commented: dict[str, str] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)
    _inside: bool = False
    _title: str | None = None
    _area: str | None = None

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a field."""
        found = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = found.get("id") == "main-form"
            self.action = found.get("action", "") if self._inside else self.action
        if not self._inside:
            return
        if tag == "h2":
            self._title = ""
        elif tag == "textarea":
            self._note_text(found["name"])
        elif tag == "input":
            self._note_input(found)
        elif tag == "button":
            self.buttons.append((found.get("name", ""), found.get("value", "")))

    def handle_data(self, data: str) -> None:
        """Read a title, or what a text box holds."""
        if self._area is not None:
            self.fields[self._area] += data.lstrip("\n")
        elif self._title is not None and data.strip():
            self._title, self._last = None, data.strip()

    def handle_endtag(self, tag: str) -> None:
        """A form or a text box ends."""
        if tag == "form":
            self._inside = False
        elif tag == "textarea":
            self._area = None

    def _note_text(self, name: str) -> None:
        self._area = name
        self.fields[name] = ""
        if name.startswith("comment-"):
            self.commented[self._last] = name

    def _note_input(self, found: dict[str, str]) -> None:
        kind, name = found.get("type"), found.get("name", "")
        if name.startswith("rating-"):
            self.rated[self._last] = name
        if kind not in ("radio", "checkbox") or "checked" in found:
            self.fields[name] = found.get("value", "")

    _last: str = ""


class Visitor:
    """A panellist with a browser of their own, as far as cookies go."""

    def __init__(self, person: Person) -> None:
        self._person = person
        self._opener = build_opener(ProxyHandler({}), HTTPCookieProcessor(CookieJar()))
        self.url, self.html = "", ""

    def take_part(self, link: str, *, round_code: str) -> None:
        """Open the link and go on, page by page, answering everything, until the round is answered."""
        self._open(link)
        for _ in range(LONGEST_WAY):
            if self.url.endswith("/rate/done"):
                return
            self._go_on(round_code)
        raise AssertionError(f"the way through the round does not end; it came to {self.url}")

    def _go_on(self, round_code: str) -> None:
        reading = next((page for page in ONLY_READ if self.url.endswith(page)), None)
        if reading:
            self._open(urljoin(self.url, ONLY_READ[reading]))
            return
        form = Form()
        form.feed(self.html)
        fields = {**form.fields, **dict(form.buttons[:1])}
        if self.url.endswith("/rate/consent"):
            fields["agree"] = "yes"
        if "/rate/section/" in self.url:
            fields["next"] = "continue"
        for label, name in form.rated.items():
            fields[name] = self._person.score(label, round_code=round_code)
            fields[form.commented[label]] = self._person.comment(label)
        fields.pop("", None)
        self._open(urljoin(self.url, form.action), urlencode(fields).encode())

    def _open(self, url: str, data: bytes | None = None) -> None:
        with self._opener.open(url, data, timeout=20) as answer:
            self.url, self.html = answer.url, answer.read().decode()
