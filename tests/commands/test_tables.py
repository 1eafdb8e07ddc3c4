"""Tables as rows, as CSV, as data frames, and as a person reads them."""

import csv
import io

import numpy as np
import pandas as pd
import pytest

from analysis.tables import HIDDEN, Cell, Column, Kind, Table, plain_number, shown, table

COLUMNS = (
    Column("label", "Outcome", Kind.TEXT),
    Column("n", "n", Kind.COUNT),
    Column("share", "Agree", Kind.SHARE),
    Column("p", "p", Kind.P_VALUE),
)
ROWS = (("Home", 14, 0.7, 0.0004), ("=SUM(A1)", 0, None, None), ("Work", HIDDEN, HIDDEN, HIDDEN))
MADE = table("made", "Made", COLUMNS, ROWS, "A note.", "")


def test_csv_keeps_every_digit_and_leaves_what_is_not_computable_empty() -> None:
    rows = list(csv.reader(io.StringIO(MADE.to_csv())))
    assert rows[0] == ["label", "n", "share", "p"]
    assert rows[1] == ["Home", "14", "0.7", "0.0004"]
    assert rows[2][1:] == ["0", "", ""]
    assert rows[3][1:] == [HIDDEN] * 3


def test_a_label_that_a_spreadsheet_would_run_is_escaped() -> None:
    assert "'=SUM(A1)" in MADE.to_csv()


def test_a_data_frame_has_the_same_numbers_and_missing_for_not_computable() -> None:
    frame = MADE.to_pandas()
    assert isinstance(frame, pd.DataFrame)
    assert list(frame.columns) == ["label", "n", "share", "p"]
    assert frame.loc[0, "share"] == 0.7
    assert pd.isna(frame.loc[1, "share"])


@pytest.mark.parametrize(
    ("cell", "kind", "read"),
    [
        (0.7, Kind.SHARE, "70.0 %"),
        (0.0004, Kind.P_VALUE, "< 0.001"),
        (0.0414, Kind.P_VALUE, "0.041"),
        (3.14159, Kind.NUMBER, "3.14"),
        (59.0, Kind.COUNT, "59"),
        (7, Kind.NUMBER, "7"),
        (None, Kind.SHARE, "–"),
        (float("nan"), Kind.NUMBER, "–"),
        (HIDDEN, Kind.SHARE, HIDDEN),
    ],
)
def test_a_person_reads_rounded_numbers(cell: Cell, kind: Kind, read: str) -> None:
    assert shown(cell, kind) == read


def test_numpy_numbers_become_plain_ones_and_nan_nothing() -> None:
    assert plain_number(np.float64(0.5)) == 0.5
    assert type(plain_number(np.int64(3))) is int
    assert plain_number(np.nan) is None


def test_empty_notes_are_left_out() -> None:
    assert MADE.notes == ("A note.",)


def test_a_row_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="rows: row 0 has 1 cells, expected 4"):
        Table("made", "Made", COLUMNS, (("Home",),))
