"""Studies for the tests of rounds."""

from dataclasses import replace

import pytest

from analysis.study.study import Study
from tests.data.small_study import study_of_every_kind


@pytest.fixture
def every_kind() -> Study:
    """A study with a ranking and a workshop after Round 2, which nobody has answered yet."""
    return replace(study_of_every_kind(), rankings=(), ballots=())
