"""The pages for anybody."""

import pytest

from tests.web_client import PageClient


@pytest.mark.parametrize("url", ["/", "/about", "/sign-in"])
def test_pages_for_anybody_need_no_sign_in(client: PageClient, url: str) -> None:
    assert client.get(url).url == url


def test_the_first_page_names_no_study(client: PageClient) -> None:
    assert "stud" not in client.get("/").text.replace("the study team", "").replace("run a study", "")


def test_health_is_told_to_machines(client: PageClient) -> None:
    assert client.http.get("/healthz").text == "ok\n"
