"""Studies that people leave."""

from dataclasses import replace

import pytest
from flask import Flask

from analysis.study.study import Study
from analysis.study.taking_part import Leaving, SupportLine
from tests.data.small_study import small_study
from tests.studies_on_app import StudyOnApp, load_study

FAR_DAY = "2999-12-31"
HELPLINE = SupportLine(
    "A helpline", "08000 121 700", "United Kingdom", ("en",), "Day and night", "https://a.example"
)


def study_with_ways_out(*, code: str = "small", removable_until: str = FAR_DAY) -> Study:
    """The small study with a site of its own to leave to, a helpline, and a day to take answers out until."""
    small = small_study(code=code)
    leaving = Leaving(exit_to="https://neutral.example/weather", removable_until=removable_until)
    return replace(small, protocol=replace(small.protocol, leaving=leaving, support=(HELPLINE,)))


@pytest.fixture
def ways_out(app: Flask) -> StudyOnApp:
    """That study: Round 1 closed, Round 2 open and partly answered."""
    return load_study(app, study_with_ways_out(), open_round="2")


@pytest.fixture
def each_study(each_app: Flask) -> StudyOnApp:
    """The study with ways out, on it."""
    return load_study(each_app, study_with_ways_out(), open_round="2")
