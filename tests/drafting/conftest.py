"""A researcher who sets up a study."""

import pytest
from flask import Flask

from delphi.access.staff import add_user
from delphi.web import clock
from tests.web_client import PageClient, sign_in_user


@pytest.fixture
def researcher_id(app: Flask) -> int:
    """A user who is in no study."""
    with app.app_context():
        return add_user("r@r.example", name="Rae", password=None, by="command line", now=clock.now())


@pytest.fixture
def researcher(app: Flask, researcher_id: int) -> PageClient:
    """Their browser."""
    client = PageClient(app)
    sign_in_user(client, researcher_id)
    return client


@pytest.fixture
def other_user(app: Flask) -> PageClient:
    """The browser of somebody else who sets up studies."""
    client = PageClient(app)
    with app.app_context():
        user = add_user("o@r.example", name="Oli", password=None, by="command line", now=clock.now())
    sign_in_user(client, user)
    return client
