"""Fixtures of deciding."""

import pytest
from flask import Flask

from delphi.models import Role
from tests.studies_on_app import StudyOnApp
from tests.synthesis.deciders import load_closed, member, undecided_study
from tests.web_client import PageClient


@pytest.fixture
def closed(app: Flask) -> StudyOnApp:
    """The small study, Round 1 closed, nothing decided."""
    return load_closed(app, undecided_study())


@pytest.fixture
def facilitator(app: Flask, closed: StudyOnApp) -> PageClient:
    """A facilitator's browser."""
    return member(app, closed, Role.FACILITATOR)
