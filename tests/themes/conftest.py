"""Fixtures of coding and marking."""

import pytest
from flask import Flask

from delphi.models import Role
from tests.studies_on_app import StudyOnApp
from tests.synthesis.deciders import load_closed, member
from tests.themes.commented import commented_study
from tests.web_client import PageClient


@pytest.fixture
def commented(app: Flask) -> StudyOnApp:
    """The study, its Round 1 closed."""
    return load_closed(app, commented_study())


@pytest.fixture
def facilitator(app: Flask, commented: StudyOnApp) -> PageClient:
    """A facilitator's browser."""
    return member(app, commented, Role.FACILITATOR)


@pytest.fixture
def owner(app: Flask, commented: StudyOnApp) -> PageClient:
    """An owner's browser."""
    return member(app, commented, Role.OWNER)
