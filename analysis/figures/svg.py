"""An SVG that a page can hold: named for screen readers, without style attributes, with ids of its own."""

import hashlib
import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, fromstring, tostring

_NAMESPACES = {"{http://www.w3.org/2000/svg}": "", "{http://www.w3.org/1999/xlink}": "xlink:"}
_DROPPED = ("metadata", "style", "title")
_LINK = "xlink:href"
_URL = re.compile(r"url\(#([^)]+)\)")
_NO_TURN = re.compile(r"rotate\(-0 [^)]*\)\s*")


def page_ready(svg: bytes, *, title: str, description: str, families: str) -> bytes:
    """Return Matplotlib's `svg` as one element that a page may hold inline.

    It gets role="img" with a title and a description. Style attributes become plain ones, since a page
    whose content security policy forbids inline styles would show black shapes otherwise. Ids that
    nothing refers to go; the others begin with a digest of the picture, so that two pictures on one page
    do not share any. `families`: the fonts to try, in order. There is no XML declaration: it is UTF-8.
    """
    root = fromstring(svg)  # noqa: S314  # Matplotlib wrote it a moment ago: it is not untrusted
    prefix = f"f{hashlib.sha256(svg).hexdigest()[:10]}-"
    _drop_what_pages_do_not_need(root)
    for element in root.iter():
        _make_plain(element, families)
    referred = {name for element in root.iter() for name in _references(element)}
    for element in root.iter():
        _rename(element, prefix, referred)
    _unwrap(root)
    _announce(root, prefix, title, description)
    written: str = tostring(root, encoding="unicode")
    return written.encode("utf-8")


def _drop_what_pages_do_not_need(root: Element) -> None:
    for parent in list(root.iter()):
        for child in list(parent):
            if _local(child.tag) in _DROPPED:
                parent.remove(child)


def _local(name: str) -> str:
    for uri, prefix in _NAMESPACES.items():
        name = name.replace(uri, prefix)
    return name


def _make_plain(element: Element, families: str) -> None:
    """Take names out of their namespaces, and properties out of the style attribute."""
    element.tag = _local(element.tag)
    element.tail = "\n"
    if not (element.text or "").strip():
        element.text = None
    attributes = {_local(name): value for name, value in element.attrib.items()}
    for part in attributes.pop("style", "").split(";"):
        name, _, value = part.partition(":")
        if name.strip():
            attributes[name.strip()] = value.strip()
    if "font-family" in attributes:
        attributes["font-family"] = families
    if "transform" in attributes:
        attributes["transform"] = _NO_TURN.sub("", attributes["transform"])
    element.attrib.clear()
    element.attrib.update({name: value for name, value in attributes.items() if value})


def _references(element: Element) -> Iterator[str]:
    for name, value in element.attrib.items():
        yield from _URL.findall(value)
        if name == _LINK:
            yield value.removeprefix("#")


def _rename(element: Element, prefix: str, referred: set[str]) -> None:
    name = element.attrib.pop("id", None)
    if name in referred:
        element.set("id", f"{prefix}{name}")
    for attribute, value in list(element.attrib.items()):
        element.set(attribute, _URL.sub(rf"url(#{prefix}\1)", value))
    if _LINK in element.attrib:
        element.set(_LINK, f"#{prefix}{element.attrib[_LINK].removeprefix('#')}")


def _unwrap(parent: Element) -> None:
    """Take out groups that say nothing about what they hold."""
    children: list[Element] = []
    for child in parent:
        _unwrap(child)
        children.extend(child if child.tag == "g" and not child.attrib else [child])
    parent[:] = children


def _announce(root: Element, prefix: str, title: str, description: str) -> None:
    """Name the picture, and say on its outermost element what Matplotlib said in a style element."""
    root.attrib.update(
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "xmlns:xlink": "http://www.w3.org/1999/xlink",
            "role": "img",
            "aria-labelledby": f"{prefix}title {prefix}desc",
            "stroke-linejoin": "round",
            "stroke-linecap": "butt",
        }
    )
    for place, (tag, words) in enumerate((("title", title), ("desc", description))):
        named = Element(tag, {"id": prefix + tag})
        named.text, named.tail = words, "\n"
        root.insert(place, named)
