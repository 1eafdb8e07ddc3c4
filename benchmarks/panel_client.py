"""Panellists without a browser: each opens their link, fills the form of each page, and goes on to the end.

Light, because it shares the cores with the server that it measures: one process waits for many connections
and reads pages with a few regular expressions.
"""

import random
import re
import selectors
import socket
import time
import zlib
from collections import defaultdict
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from html import unescape
from http import HTTPStatus
from urllib.parse import quote_plus, urlsplit

MOST_STEPS = 20
SHARE_WITH_COMMENT = 0.05
COMMENT = "I would word this differently."
RECEIVED_AT_ONCE = 1 << 18
SCORES = frozenset("123456789")
INPUT = re.compile(r"<input\b[^>]*>")
TEXTAREA = re.compile(r'<textarea\b[^>]*\bname="([^"]+)"[^>]*>\s*([^<]*)</textarea>')
BUTTON = re.compile(r'<button\b[^>]*\bname="([^"]+)"[^>]*\bvalue="([^"]*)"')
LINK_BUTTON = re.compile(r'<a class="govuk-button"[^>]*\bhref="([^"]+)"')
ATTRIBUTE = re.compile(r'\b(type|name|value|action)="([^"]*)"')
RADIO = re.compile(r'<input\b(?=[^>]*\btype="radio")[^>]*?\bname="([^"]+)"[^>]*?\bvalue="([^"]+)"')
RATING = "rating-"

Fields = list[tuple[str, str]]


class Stopped(Exception):
    """A visit that did not come to its end; the text says where."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: the status, the headers' values by their lower-case names, the page."""

    status: int
    headers: dict[str, str]
    cookies: tuple[str, ...]
    text: str


@dataclass(slots=True)
class Visit:
    """One panellist's visit: seconds of the whole and of each saved section, bytes, what was answered."""

    token: str
    began: float
    ended: float = 0.0
    saves: list[float] = field(default_factory=list)
    requests: int = 0
    received: int = 0
    sent: int = 0
    answers: dict[str, str] = field(default_factory=dict)
    fault: str = ""


Steps = Generator[bytes, Reply, None]


@dataclass(frozen=True, slots=True)
class Form:
    """The one form of a page."""

    action: str
    fields: Fields
    ratings: dict[str, str]


def visit(mine: Visit, *, host: str, success: re.Pattern[str], rng: random.Random) -> Steps:
    """One visit: yields each request, is sent each reply."""
    cookies: dict[str, str] = {}

    def go(path: str, body: str | None = None) -> Generator[bytes, Reply, tuple[str, str]]:
        """Ask, and follow to the page where it ends; returns the last path and its text."""
        for _ in range(MOST_STEPS):
            reply = yield request(host, path, cookies=cookies, body=body)
            cookies.update(cookie.split(";", 1)[0].split("=", 1) for cookie in reply.cookies)
            if reply.status >= HTTPStatus.BAD_REQUEST:
                raise Stopped(f"{path.split('/')[1]} answered {reply.status}")
            if reply.status < HTTPStatus.MULTIPLE_CHOICES:
                return path, reply.text
            path, body = path_of(reply.headers["location"]), None
        raise Stopped("sent round in a circle")

    path, text = yield from go(f"/enter/{mine.token}")
    for _ in range(MOST_STEPS):
        if success.search(text):
            return
        form = filled(text, rng=rng)
        began = time.perf_counter()
        path, text = yield from go(form.action or path, encoded(form.fields) if form.fields else None)
        if form.ratings:
            mine.saves.append(time.perf_counter() - began)
            mine.answers.update(form.ratings)
    raise Stopped("no thanks at the end")


def filled(text: str, *, rng: random.Random) -> Form:
    """The one form in the page's main part, filled in: a score for each question, the last named button."""
    start = text.find("<form", max(text.find("<main"), 0))
    end = text.find("</form>", start)
    if start < 0:
        return linked(text)
    markup = text[start:end]
    attributes = dict(ATTRIBUTE.findall(markup[: markup.index(">")]))
    choices: dict[str, list[str]] = defaultdict(list)
    for name, value in RADIO.findall(markup):
        choices[name].append(value)
    picked = {name: pick(values, rng=rng) for name, values in choices.items()}
    fields = [*hidden_fields(markup), *picked.items()]
    for name, held in TEXTAREA.findall(markup):
        fields.append((name, unescape(held) or (COMMENT if rng.random() < SHARE_WITH_COMMENT else "")))
    fields += [(name, value) for name, value in BUTTON.findall(markup) if value == "continue"]
    ratings = {name: value for name, value in picked.items() if name.startswith(RATING)}
    return Form(action=unescape(attributes.get("action", "")), fields=fields, ratings=ratings)


def linked(text: str) -> Form:
    """A page whose button is a link."""
    link = LINK_BUTTON.search(text)
    if link is None:
        raise Stopped("a page without a form")
    return Form(action=unescape(link.group(1)), fields=[], ratings={})


def pick(values: list[str], *, rng: random.Random) -> str:
    """A score where the question is a scale, else the first choice, such as yes."""
    scores = [value for value in values if value in SCORES]
    return rng.choice(scores) if scores else values[0]


def hidden_fields(markup: str) -> Iterator[tuple[str, str]]:
    """What the form sends without being asked."""
    for tag in INPUT.findall(markup):
        if 'type="hidden"' in tag or 'type="submit"' in tag:
            attributes = dict(ATTRIBUTE.findall(tag))
            if "name" in attributes:
                yield attributes["name"], unescape(attributes.get("value", ""))


def encoded(fields: Fields) -> str:
    """The fields as a form sends them."""
    return "&".join(f"{quote_plus(name)}={quote_plus(value)}" for name, value in fields)


def request(host: str, path: str, *, cookies: dict[str, str], body: str | None) -> bytes:
    """A request as the web server before the app passes it on."""
    lines = [
        f"{'GET' if body is None else 'POST'} {path} HTTP/1.1",
        f"Host: {host}",
        "Accept: text/html",
        "Accept-Encoding: gzip",
        "X-Forwarded-Proto: https",
    ]
    if cookies:
        lines.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in cookies.items()))
    if body is not None:
        lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "", body or ""]).encode()


def path_of(location: str) -> str:
    """The path of an address, whole or not."""
    parts = urlsplit(location)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def reply_in(buffer: bytes) -> Reply | None:
    """The reply that the bytes hold, None while some are missing."""
    head, blank, rest = buffer.partition(b"\r\n\r\n")
    if not blank:
        return None
    status_line, *lines = head.decode("latin-1").split("\r\n")
    pairs = [(name.lower(), value) for name, _, value in (line.partition(": ") for line in lines)]
    headers = dict(pairs)
    if "content-length" not in headers:
        raise Stopped("a reply that does not say how long it is")
    if len(rest) < int(headers["content-length"]):
        return None
    page = zlib.decompress(rest, zlib.MAX_WBITS | 32) if headers.get("content-encoding") == "gzip" else rest
    return Reply(
        status=int(status_line.split(" ", 2)[1]),
        headers=headers,
        cookies=tuple(value for name, value in pairs if name == "set-cookie"),
        text=page.decode(),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What one client process does: so many visits at a time, new ones from `start` until `end`."""

    address: tuple[str, int]
    tokens: tuple[str, ...]
    at_once: int
    start: float
    end: float
    success: str
    seed: int


@dataclass(slots=True)
class _Line:
    """One panellist's connection."""

    socket: socket.socket
    steps: Steps
    visit: Visit
    buffer: bytearray = field(default_factory=bytearray)


class Crowd:
    """The panellists of one process."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._tokens = iter(work.tokens)
        self._rng = random.Random(work.seed)  # noqa: S311 – made-up answers
        self._success = re.compile(work.success)
        self._waiting = selectors.DefaultSelector()
        self.done: list[Visit] = []

    def run(self) -> None:
        """Make visits; those that have begun are ended."""
        time.sleep(max(0.0, self._work.start - time.time()))
        for _ in range(self._work.at_once):
            self._begin()
        while self._waiting.get_map():
            for key, _ in self._waiting.select():
                self._read(key.data)

    def _begin(self) -> None:
        if time.time() >= self._work.end:
            return
        token = next(self._tokens, None)
        if token is None:
            raise RuntimeError("there are too few panellists for a measurement of this length")
        host, port = self._work.address
        mine = Visit(token=token, began=time.time())
        steps = visit(mine, host=f"{host}:{port}", success=self._success, rng=self._rng)
        line = _Line(socket=socket.create_connection((host, port)), steps=steps, visit=mine)
        line.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._waiting.register(line.socket, selectors.EVENT_READ, line)
        self._send(line, next(steps))

    def _send(self, line: _Line, request_: bytes) -> None:
        line.visit.requests += 1
        line.visit.sent += len(request_)
        line.socket.sendall(request_)

    def _read(self, line: _Line) -> None:
        try:
            received = line.socket.recv(RECEIVED_AT_ONCE)
            if not received:
                raise Stopped("the server hung up")
            line.buffer += received
            line.visit.received += len(received)
            reply = reply_in(bytes(line.buffer))
            if reply is not None:
                line.buffer.clear()
                self._send(line, line.steps.send(reply))
        except StopIteration:
            self._end(line)
        except (Stopped, OSError) as fault:
            line.visit.fault = str(fault)
            self._end(line)

    def _end(self, line: _Line) -> None:
        line.visit.ended = time.time()
        self._waiting.unregister(line.socket)
        line.socket.close()
        self.done.append(line.visit)
        self._begin()


def visits(work: Work) -> tuple[list[Visit], float]:
    """Make the visits of one process; returns them, and the processor seconds that the client took."""
    before = time.process_time()
    crowd = Crowd(work)
    crowd.run()
    return crowd.done, time.process_time() - before
