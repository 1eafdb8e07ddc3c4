"""From the plain text of docstrings to Markdown."""

import re
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import quote

_TOKEN = re.compile(r"(?P<code>`[^`]+`)|(?P<doi>\bdoi[: ]\s*(?P<name>10\.\d{4,9}/\S+))")
# What Markdown would read as emphasis or as a tag; underscores inside words it leaves alone.
_MARKUP = re.compile(r"\*|(?<!\w)_|<(?=[A-Za-z/!])")
_BULLET = "- "


def inline(text: str, links: Mapping[str, str]) -> str:
    """Return one line of Markdown: markup escaped, DOIs and the names among `links` linked."""
    parts, at = [], 0
    for token in _TOKEN.finditer(text):
        parts.append(_escaped(text[at : token.start()]))
        parts.append(_code(token["code"], links) if token["code"] else _doi(token["name"]))
        at = token.end()
    return "".join((*parts, _escaped(text[at:])))


def blocks(lines: Sequence[str], links: Mapping[str, str]) -> Iterator[str]:
    """Return the paragraphs and lists of some lines, each paragraph and each item on one line."""
    for block in re.split(r"\n\s*\n", "\n".join(lines).strip()):
        items: list[list[str]] = []
        for line in block.splitlines():
            if line.startswith(_BULLET) or not items:
                items.append([])
            items[-1].append(line.strip())
        if block:
            yield "\n".join(inline(" ".join(item), links) for item in items)


def code_block(code: str, language: str) -> str:
    """Return a fenced block."""
    return f"```{language}\n{code.rstrip()}\n```"


def table(rows: Sequence[Sequence[str]]) -> str:
    """Return a table, its head in the first row."""
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([lines[0], "| " + " | ".join("---" for _ in rows[0]) + " |", *lines[1:]])


def _escaped(text: str) -> str:
    return _MARKUP.sub(r"\\\g<0>", text)


def _code(span: str, links: Mapping[str, str]) -> str:
    """Link a name, dotted or not, to where it is told."""
    target = links.get(span.strip("`").rpartition(".")[2])
    return f"[{span}]({target})" if target else span


def _doi(name: str) -> str:
    doi = name.rstrip(".,;")
    if doi.endswith(")") and doi.count("(") < doi.count(")"):
        doi = doi[:-1]
    return f"[doi:{_escaped(doi)}](https://doi.org/{quote(doi, safe='/:;')}){name[len(doi) :]}"
