"""The page-checking client refuses bad pages: each kind of fault, and a good page."""

import html5lib
import pytest
from flask import Flask

from delphi.access import guard
from delphi.extensions import db
from delphi.models import AuditRow
from delphi.web import clock
from tests.page_checks import faults_of
from tests.web_client import BadPage, PageClient

GOOD = '<!doctype html><html lang="en"><head><title>A – Chorus</title></head><body><h1>A</h1>{}</body></html>'
FAULTS = [
    ("<h1>A</h1>", "2 h1 in place of one"),
    ("<h3>B</h3>", "an h3 under an h1"),
    ('<p id="a"></p><p id="a"></p>', "id 'a' stands 2 times"),
    ('<a href="#gone">x</a>', "the link to '#gone' leads nowhere"),
    ('<p aria-describedby="gone">x</p>', "aria-describedby='gone' names nothing"),
    ('<input name="q">', "the input 'q' has no label"),
    ('<label><input type="radio" name="q"> x</label>', "the radio button 'q' has no fieldset with a legend"),
    ('<form method="post" action="/x"></form>', "the form to '/x' has no CSRF token"),
    ("<script>1</script>", "an inline script"),
    ('<p style="color: red">x</p>', "an inline style on p"),
    ('<p onclick="1">x</p>', "an inline onclick on p"),
    ('<img src="https://example.org/a.png" alt="">', "img comes from https://example.org/a.png"),
    ('<a href="/"></a>', "an a without words"),
    ('<img src="/a.png">', "the picture '/a.png' has no alt"),
]


@pytest.mark.parametrize(("html", "fault"), FAULTS)
def test_each_fault_is_named(html: str, fault: str) -> None:
    root = html5lib.parse(GOOD.format(html), namespaceHTMLElements=False)
    assert faults_of(root) == [fault]


def test_a_good_page_has_no_fault() -> None:
    assert faults_of(html5lib.parse(GOOD.format("<p>x</p>"), namespaceHTMLElements=False)) == []


@pytest.mark.parametrize("title", ["Section 2 of 6", "Error: Section 2 of 6", "Erreur : Section 2 of 6"])
def test_a_title_may_leave_out_what_the_heading_adds(title: str) -> None:
    page = GOOD.replace("<title>A", f"<title>{title}").replace("<h1>A", "<h1>Section 2 of 6: Safety")
    assert faults_of(html5lib.parse(page.format(""), namespaceHTMLElements=False)) == []


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        (GOOD.replace("A – Chorus", "– Chorus"), "the title is '– Chorus', the h1 'A'"),
        (GOOD.replace("A – Chorus", "A"), "the title is 'A', the h1 'A'"),
        (GOOD.replace("A – Chorus", "B – Chorus"), "the title is 'B – Chorus', the h1 'A'"),
        (GOOD.replace(' lang="en"', ""), "no language on html"),
    ],
)
def test_title_and_language_are_checked(html: str, fault: str) -> None:
    assert faults_of(html5lib.parse(html.format(""), namespaceHTMLElements=False)) == [fault]


def test_a_get_that_writes_is_refused(app: Flask) -> None:
    def write() -> str:
        db.session.add(AuditRow(at=clock.now(), actor="user:1", action="looked", detail={}))
        db.session.commit()
        return GOOD.format("")

    app.add_url_rule("/writes", "writes", guard.public(write))
    with pytest.raises(BadPage, match="GET /writes wrote"):
        PageClient(app).get("/writes")


def test_markup_that_a_browser_would_have_to_mend_is_refused(app: Flask) -> None:
    app.add_url_rule("/broken", "broken", guard.public(lambda: GOOD.format("<div></p>")))
    with pytest.raises(BadPage, match="unexpected-end-tag"):
        PageClient(app).get("/broken")


def test_a_field_that_a_form_lacks_cannot_be_filled(client: PageClient) -> None:
    client.get("/sign-in")
    with pytest.raises(BadPage, match="no field 'name'"):
        client.submit({"name": "Ada"})
