"""A longlist in a real browser: axe finds nothing at 320 and 1280 pixels, and no page scrolls sideways."""

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser

from delphi.domain.longlist import Group, StepKind
from delphi.drafting.actions import start_draft
from delphi.drafting.longlist.actions import Wanted, Who, load_table, take_step
from delphi.drafting.longlist.table import ReportedRow
from delphi.models import Role
from delphi.web import clock
from tests.browser.conftest import ServeApp
from tests.browser.test_staff import Visit, faults_on, visits
from tests.drafting.review import synthetic_review
from tests.studies_on_app import StudyOnApp

LIST = "/drafts/1/longlist"
STEP = f"{LIST}/step?row=3&row=4&seen=2&do"
PAGES = (
    f"{LIST}?q=fear",
    f"{LIST}/table",
    f"{STEP}=join",
    f"{STEP}=drop",
    f"{LIST}/duplicates",
    f"{LIST}/alike",
    f"{LIST}/lines/3",
    f"{LIST}/steps",
    f"{LIST}/use",
)


@pytest.fixture
def owner(browser: Browser, live_server: ServeApp, app: Flask, study: StudyOnApp) -> Iterator[Visit]:
    """Opens pages of a draft with a longlist of 150 rows, two of them joined."""
    user = study.team[Role.OWNER]
    with app.app_context():
        who = Who(user_id=user, actor=f"user:{user}", now=clock.now())
        draft = start_draft(owner_id=user, by=who.actor, now=who.now)
        rows = [
            ReportedRow(name=name.strip(), sources=tuple(source.split("; ")))
            for name, source, _ in synthetic_review()
        ]
        load_table(draft, rows[:150], by=who)
        groups = (Group(rows=(1, 2), name="Fear of family"),)
        take_step(draft, Wanted(kind=StepKind.JOIN, groups=groups, reason="the same"), seen=1, by=who)
    yield from visits(browser, live_server(app), app, user)


def test_pages_of_a_longlist_pass_axe_and_fit_the_screen(owner: Visit) -> None:
    assert faults_on(owner(LIST), PAGES) == []
