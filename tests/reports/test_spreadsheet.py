"""Tables as CSV."""

from delphi.reports.spreadsheet import csv_text


def test_a_cell_that_a_spreadsheet_would_compute_is_escaped() -> None:
    assert csv_text(["a"], [['=HYPERLINK("x")']]) == 'a\n"\'=HYPERLINK(""x"")"\n'


def test_a_number_is_left_as_it_is() -> None:
    assert csv_text(["a", "b"], [["-0.5", "12"]]) == "a,b\n-0.5,12\n"
