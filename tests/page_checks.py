"""What every page must be: each check gives the faults that it finds, in words."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from xml.etree.ElementTree import Element

NOT_LABELLED = {"hidden", "submit", "button", "reset", "image"}
# How a title begins where something went wrong; the Spanish is as the English.
ERROR_WORDS = ("Error: ", "Erreur : ", "خطأ: ")
REFERENCES = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "headers")


def faults_of(root: Element) -> list[str]:
    """Everything that is wrong with a parsed page, [] for a good one."""
    checks = (
        _headings,
        _language,
        _ids,
        _fields,
        _radios,
        _forms,
        _inline_code,
        _foreign_resources,
        _links,
        _pictures,
    )
    return [fault for check in checks for fault in check(root)]


def text_of(element: Element) -> str:
    """The words of an element, blanks run together."""
    return re.sub(r"\s+", " ", "".join(element.itertext())).strip()


def _headings(root: Element) -> Iterator[str]:
    headings, title = root.findall(".//h1"), root.find("./head/title")
    if len(headings) != 1:
        yield f"{len(headings)} h1 in place of one"
        return
    heading, words = text_of(headings[0]), "" if title is None else text_of(title)
    # A title stays in the browser's history, so it may leave out what the heading adds at its end.
    prefix = next((each for each in ERROR_WORDS if words.startswith(each)), "")
    shown = words.removeprefix(prefix).removesuffix(" – Chorus")
    if not words.endswith(" – Chorus") or not shown or not heading.startswith(shown):
        yield f"the title is {words!r}, the h1 {heading!r}"
    levels = [int(element.tag[1]) for element in root.iter() if re.fullmatch("h[1-6]", str(element.tag))]
    for before, after in pairwise(levels):
        if after > before + 1:
            yield f"an h{after} under an h{before}"


def _language(root: Element) -> Iterator[str]:
    if not root.get("lang"):
        yield "no language on html"


def _ids(root: Element) -> Iterator[str]:
    ids = Counter(element.get("id") for element in root.iter() if element.get("id"))
    yield from (f"id {name!r} stands {number} times" for name, number in ids.items() if number > 1)
    for element in root.iter():
        target = element.get("href") or ""
        if target.startswith("#") and target[1:] not in ids:
            yield f"the link to {target!r} leads nowhere"
        for attribute, name in _references(element):
            if name not in ids:
                yield f"{attribute}={name!r} names nothing"


def _references(element: Element) -> Iterator[tuple[str, str]]:
    for attribute in REFERENCES:
        yield from ((attribute, name) for name in (element.get(attribute) or "").split())


def _fields(root: Element) -> Iterator[str]:
    labels = {label.get("for") for label in root.iter("label") if text_of(label)}
    wrapped = {id(field) for label in root.iter("label") if text_of(label) for field in label.iter()}
    for kind in ("input", "select", "textarea"):
        for field in root.iter(kind):
            named = field.get("id") in labels or id(field) in wrapped
            named = named or bool(field.get("aria-label") or field.get("aria-labelledby"))
            if field.get("type") not in NOT_LABELLED and not named:
                yield f"the {kind} {field.get('name')!r} has no label"


def _radios(root: Element) -> Iterator[str]:
    legends = {
        id(field)
        for fieldset in root.iter("fieldset")
        if (legend := fieldset.find(".//legend")) is not None and text_of(legend)
        for field in fieldset.iter("input")
    }
    for field in root.iter("input"):
        if field.get("type") == "radio" and id(field) not in legends:
            yield f"the radio button {field.get('name')!r} has no fieldset with a legend"


def _forms(root: Element) -> Iterator[str]:
    for form in root.iter("form"):
        names = {field.get("name") for field in form.iter("input")}
        posts = (form.get("method") or "get").lower() == "post"
        if posts and "csrf_token" not in names:
            yield f"the form to {form.get('action') or 'this page'!r} has no CSRF token"


def _inline_code(root: Element) -> Iterator[str]:
    for element in root.iter():
        if element.tag == "style" or (element.tag == "script" and not element.get("src")):
            yield f"an inline {element.tag}"
        for name in element.attrib:
            if name == "style" or name.startswith("on"):
                yield f"an inline {name} on {element.tag}"


def _foreign_resources(root: Element) -> Iterator[str]:
    for element in root.iter():
        address = element.get("src") or (element.get("href") if element.tag == "link" else None) or ""
        if re.match(r"(https?:)?//", address):
            yield f"{element.tag} comes from {address}"


def _links(root: Element) -> Iterator[str]:
    for kind in ("a", "button"):
        for element in root.iter(kind):
            words = text_of(element) or element.get("aria-label") or ""
            words = words or " ".join(picture.get("alt", "") for picture in element.iter("img"))
            if not words.strip():
                yield f"an {kind} without words"


def _pictures(root: Element) -> Iterator[str]:
    for picture in root.iter("img"):
        if picture.get("alt") is None:
            yield f"the picture {picture.get('src')!r} has no alt"
