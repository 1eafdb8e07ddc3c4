"""Every view says whom it is for, or the app does not start."""

from collections.abc import Callable

import pytest
from flask import Flask

from delphi.access import current, guard
from delphi.access.guard import UnguardedView
from delphi.models import Role
from tests.web_client import PageClient


def view() -> str:
    return ""


def app_with(rule: str, marked: Callable[[], str]) -> Flask:
    app = Flask("small", static_folder=None)
    app.config["PROVIDE_AUTOMATIC_OPTIONS"] = False
    app.add_url_rule(rule, view_func=marked)
    return app


def test_a_view_without_a_mark_is_refused() -> None:
    with pytest.raises(UnguardedView, match="has no access mark"):
        guard.refuse_unmarked_views(app_with("/", lambda: view()))


def test_a_view_has_one_mark() -> None:
    marked = guard.public(lambda: view())
    with pytest.raises(UnguardedView, match="two access marks"):
        guard.staff(marked)


def test_a_study_in_the_url_needs_the_guard_of_studies() -> None:
    with pytest.raises(UnguardedView, match="go together"):
        guard.refuse_unmarked_views(app_with("/studies/<study>", guard.staff(lambda: view())))


def test_the_guard_of_studies_needs_a_study_in_the_url() -> None:
    with pytest.raises(UnguardedView, match="go together"):
        guard.refuse_unmarked_views(app_with("/studies", guard.study(Role.OWNER)(lambda: view())))


def test_the_guard_of_studies_names_roles() -> None:
    with pytest.raises(ValueError, match="at least one role"):
        guard.study()


def test_a_view_that_forgot_its_mark_gets_no_person(app: Flask) -> None:
    for ask in (current.panellist, current.user, current.study):
        with app.test_request_context(), pytest.raises(LookupError, match="the view lacks"):
            ask()


def test_a_request_that_nothing_answers_is_a_page_not_found(client: PageClient) -> None:
    assert client.get("/nowhere", status=404).h1 == "Page not found"


def test_the_way_to_sign_in_holds_the_whole_address_that_was_asked_for(client: PageClient) -> None:
    response = client.http.get("/studies/a%26b%23c")
    assert response.location == "/sign-in?next=/studies/a%26b%23c"
