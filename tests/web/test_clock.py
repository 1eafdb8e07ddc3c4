"""Moments as people read them."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from delphi.web import clock

SUMMER = datetime(2025, 7, 3, 23, 5, tzinfo=UTC)  # London is an hour ahead in July: the next day
WINTER = datetime(2025, 1, 3, 9, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "words"), [(SUMMER, "4 July 2025 at 00:05"), (WINTER, "3 January 2025 at 09:05")]
)
def test_moments_are_told_in_the_time_of_the_installation(app: Flask, moment: datetime, words: str) -> None:
    with app.app_context():
        assert clock.as_date_and_time(moment) == words


def test_the_clock_gives_utc() -> None:
    assert clock.now().utcoffset() == timedelta(0)
