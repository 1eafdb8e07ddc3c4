"""Whether what is asked now is what somebody agreed to."""

from datetime import UTC, datetime

import pytest

from delphi.domain.consent import Agreed, has_changed

WHEN = datetime(2025, 4, 3, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("version", "wording", "language", "changed"),
    [
        ("1", "It is your choice.", "en", False),
        ("2", "It is your choice.", "en", True),
        ("1", "It is your own choice.", "en", True),  # somebody forgot the number
        ("1", "C'est votre choix.", "fr", False),  # a translation
        ("2", "C'est votre choix.", "fr", True),
    ],
)
def test_a_change_is_another_version_or_other_words(
    version: str, wording: str, language: str, changed: bool
) -> None:
    agreed = Agreed(version="1", wording="It is your choice.", language="en", at=WHEN)
    assert has_changed(agreed, version=version, wording=wording, language=language) is changed


def test_of_an_unknown_language_only_the_version_counts() -> None:
    agreed = Agreed(version="1", wording="It is your choice.", language=None, at=WHEN)
    assert not has_changed(agreed, version="1", wording="Other words.", language="en")


def test_who_never_agreed_is_told_of_no_change() -> None:
    assert not has_changed(None, version="2", wording="It is your choice.", language="en")
