"""Studies for the tests of ranking rounds."""

import pytest
from flask import Flask

from tests.ranking.rankers import ranking_on
from tests.studies_on_app import StudyOnApp


@pytest.fixture
def ranking(app: Flask) -> StudyOnApp:
    """The study of every kind; its ranking round, open, asks for an order of all four outcomes."""
    return ranking_on(app)


@pytest.fixture
def top_two(app: Flask) -> StudyOnApp:
    """The same, and the round asks for the first two."""
    return ranking_on(app, places=2)
