"""Fixtures of the tests of coming in."""

from collections.abc import Iterator

import pytest
from flask import Flask

from delphi.extensions import limiter
from tests.joining.joiners import study_to_join
from tests.studies_on_app import StudyOnApp, load_study


@pytest.fixture(autouse=True)
def _fresh_counts(app: Flask) -> Iterator[None]:
    limiter.reset()
    yield
    limiter.reset()


@pytest.fixture
def joinable(app: Flask) -> StudyOnApp:
    """A study that people can join; Round 2 is open."""
    return load_study(app, study_to_join(), open_round="2")
