"""Spreadsheet formulas: escaped on the way out, found on the way in, and ordinary text left alone."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from analysis.bundle.formulas import escaped, is_formula, unescaped

SPREADSHEET_STARTS = tuple("=+-@\t\r")


@settings(deadline=None)
@given(st.text() | st.from_regex(r"'*[=+@\t\r\n-].*"))
@example("'=1")
@example("''=1")
@example("'tis")
def test_what_was_escaped_comes_back_as_it_was(text: str) -> None:
    assert unescaped(escaped(text)) == text


@settings(deadline=None)
@given(st.text() | st.from_regex(r"'*[=+@\t\r\n-].*"))
def test_nothing_that_is_written_begins_like_a_formula(text: str) -> None:
    assert not escaped(text).startswith(SPREADSHEET_STARTS)
    assert not is_formula(escaped(text))


@pytest.mark.parametrize("text", ["Safe home", "'tis true", "don't", "", "3-4 times", "'"])
def test_ordinary_text_is_written_as_it_is(text: str) -> None:
    assert escaped(text) == text
    assert unescaped(text) == text


@pytest.mark.parametrize(
    "cell",
    [
        "- I agree",
        "-I agree",
        "+1 from me",
        "+1",
        "-5 degrees",
        "- self-esteem, work (paid)",
        "- outcome(s) that matter!",
        "+44 20 7946 0000",
        "-",
        "--",
        "- yes! and | or",
    ],
)
def test_a_list_dash_or_a_signed_number_is_ordinary_text(cell: str) -> None:
    assert not is_formula(cell)


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        '=HYPERLINK("http://example.org")',
        "=cmd|' /C calc'!A0",
        "@SUM(A1:A9)",
        "+1+1",
        "-2+3",
        "-(1+2)*3",
        "+A1",
        "-A1+B2",
        "-$A$1*2",
        "+SUM(A1:A9)",
        "- sum(A1;A2)",
        "-2+3+cmd|' /C calc'!A0",
        "+cmd|' /C calc'!A0",
        "\t=1+1",
        "\r=1+1",
        "\uff1d1+1",
    ],
)
def test_what_a_spreadsheet_would_compute_is_a_formula(cell: str) -> None:
    assert is_formula(cell)
