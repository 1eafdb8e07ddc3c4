"""On which line of a TOML file each key stands: `tomllib` gives the values without their places."""

import re
from bisect import bisect_right

TomlPath = tuple[str | int, ...]

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_KEY_PART = re.compile(r"[ \t]*(\"(?:\\.|[^\"\\\n])*\"|'[^'\n]*'|[A-Za-z0-9_-]+)[ \t]*")
_STRING = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}' r"|'''.*?'{3,5}" r'|"(?:\\.|[^"\\\n])*"' r"|'[^'\n]*'",
    re.DOTALL,
)
_PLAIN = re.compile(r"[^,\]}#\n]*")
_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)")
_ESCAPED = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", "e": "\x1b"}


def lines_of(text: str) -> dict[TomlPath, int]:
    """Return the line, from 1, of every key, table and list item of `text`, which must be valid TOML."""
    return _Scanner(text).scan()


def line_of(lines: dict[TomlPath, int], path: TomlPath) -> int | None:
    """Return the line of `path`, or of the nearest part around it that the file has."""
    for length in range(len(path), 0, -1):
        if path[:length] in lines:
            return lines[path[:length]]
    return None


def dotted(path: TomlPath) -> str:
    """Return `path` as people write it, such as `rounds[1].scale`."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).removeprefix(".")


def undotted(field: str) -> TomlPath:
    """Return the path that `dotted` wrote."""
    steps = re.finditer(r"\[([0-9]+)\]|[^.\[\]]+", field)
    return tuple(int(step[1]) if step[1] else step[0] for step in steps)


class _Scanner:
    """Walks over a valid document once, noting where each path begins."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.lines: dict[TomlPath, int] = {}
        self.sizes: dict[TomlPath, int] = {}
        self.ends = [place for place, character in enumerate(text) if character == "\n"]

    def scan(self) -> dict[TomlPath, int]:
        table: TomlPath = ()
        self.skip(_BLANK)
        while self.at < len(self.text):
            if self.text[self.at] == "[":
                table = self.header()
            else:
                self.pair(table)
            self.skip(_BLANK)
        return self.lines

    def skip(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self.text, self.at)
        if found is None:
            raise ValueError(f"not valid TOML at character {self.at}")
        self.at = found.end()
        return found[0]

    def note(self, path: TomlPath, place: int) -> None:
        self.lines.setdefault(path, bisect_right(self.ends, place - 1) + 1)

    def header(self) -> TomlPath:
        place = self.at
        is_list = self.text.startswith("[[", self.at)
        self.at += 2 if is_list else 1
        path: TomlPath = ()
        parts = self.key()
        for number, part in enumerate(parts):
            path = (*path, part)
            self.note(path, place)
            if is_list and number == len(parts) - 1:
                self.sizes[path] = self.sizes.get(path, 0) + 1
            if path in self.sizes:
                path = (*path, self.sizes[path] - 1)
                self.note(path, place)
        self.at += 2 if is_list else 1
        return path

    def pair(self, table: TomlPath) -> None:
        place = self.at
        path = table
        for part in self.key():
            path = (*path, part)
            self.note(path, place)
        self.at += 1  # the equals sign
        self.skip(_BLANK)
        self.value(path)

    def key(self) -> list[str]:
        parts = [self.key_part()]
        while self.text[self.at] == ".":
            self.at += 1
            parts.append(self.key_part())
        return parts

    def key_part(self) -> str:
        raw = self.skip(_KEY_PART).strip(" \t")
        if raw.startswith("'"):
            return raw[1:-1]
        return _ESCAPE.sub(_unescaped, raw[1:-1]) if raw.startswith('"') else raw

    def value(self, path: TomlPath) -> None:
        match self.text[self.at]:
            case "[":
                self.items(path)
            case "{":
                self.pairs(path)
            case '"' | "'":
                self.skip(_STRING)
            case _:
                self.skip(_PLAIN)

    def items(self, path: TomlPath) -> None:
        self.at += 1
        self.skip(_BLANK)
        number = 0
        while self.text[self.at] != "]":
            self.note((*path, number), self.at)
            self.value((*path, number))
            number += 1
            self.past_comma()
        self.at += 1

    def pairs(self, path: TomlPath) -> None:
        self.at += 1
        self.skip(_BLANK)
        while self.text[self.at] != "}":
            self.pair(path)
            self.past_comma()
        self.at += 1

    def past_comma(self) -> None:
        self.skip(_BLANK)
        if self.text[self.at] == ",":
            self.at += 1
            self.skip(_BLANK)


def _unescaped(found: re.Match[str]) -> str:
    what = found[1]
    return chr(int(what[1:], 16)) if what[0] in "uU" and len(what) > 1 else _ESCAPED.get(what, what)
