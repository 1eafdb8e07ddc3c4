"""Every value of a TOML file is found on its line, however the file is written."""

import tomllib
from collections.abc import Iterator

import pytest
import tomli_w
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.bundle.toml_lines import TomlPath, dotted, line_of, lines_of, undotted

HAND_WRITTEN = '''\
# a comment with = and [brackets] and "quotes"
title = "a # b" # not [here]
a.b."c.d" = 1

[table] # comment
text = """
three "quotes" \\""" inside
[not_a_table]
""" # after
raw = \'\'\'
x = 1\'\'\'\'\'
date = 2022-06-22 10:00:00
[ "quoted table" . \'x\' ]
y = -1.5e3
list = [ # comment, with ]
  1,
  [2, "]"], # nested

  {k = [3], "l" = {m = true}},
]
[[many]]
name = "first"
[[many.parts]]
p = 1
[[many.parts]]
p = 2
[many.more]
q = 3
[[many]]
name = "second"
[[many.parts]]
p = 3
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("title",), 2),
        (("a", "b", "c.d"), 3),
        (("table",), 5),
        (("table", "text"), 6),
        (("table", "raw"), 10),
        (("table", "date"), 12),
        (("quoted table", "x", "y"), 14),
        (("quoted table", "x", "list", 0), 16),
        (("quoted table", "x", "list", 1, 1), 17),
        (("quoted table", "x", "list", 2, "l", "m"), 19),
        (("many", 0, "name"), 22),
        (("many", 0, "parts", 1, "p"), 26),
        (("many", 0, "more", "q"), 28),
        (("many", 1), 29),
        (("many", 1, "parts", 0, "p"), 32),
    ],
)
def test_a_key_is_found_on_its_line(path: TomlPath, line: int) -> None:
    assert lines_of(HAND_WRITTEN)[path] == line


def test_what_is_missing_is_looked_for_where_it_belongs() -> None:
    lines = lines_of(HAND_WRITTEN)
    assert line_of(lines, ("many", 1, "parts", 0, "missing")) == 31
    assert line_of(lines, ("nowhere",)) is None


VALUES = st.recursive(
    st.text() | st.integers(-9, 9) | st.booleans() | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@settings(deadline=None)
@given(st.dictionaries(st.text(), VALUES, max_size=4), st.booleans())
def test_every_path_of_any_document_has_a_line(document: dict[str, object], long: bool) -> None:
    text = tomli_w.dumps(document, multiline_strings=long)
    lines = lines_of(text)
    assert set(lines) >= set(_paths(tomllib.loads(text)))
    assert all(1 <= line <= text.count("\n") + 1 for line in lines.values())


def _paths(value: object, path: TomlPath = ()) -> Iterator[TomlPath]:
    items: list[tuple[str | int, object]] = []
    if isinstance(value, dict):
        items = list(value.items())
    elif isinstance(value, list):
        items = list(enumerate(value))
    for step, inner in items:
        yield (*path, step)
        yield from _paths(inner, (*path, step))


def test_a_path_is_written_as_people_write_it_and_read_back() -> None:
    assert dotted(("rounds", 1, "criteria", 0, "code")) == "rounds[1].criteria[0].code"
    assert undotted("rounds[1].criteria[0].code") == ("rounds", 1, "criteria", 0, "code")
