"""Which step a round may take next."""

from datetime import UTC, datetime, timedelta

import pytest

from analysis.study.rounds import RoundKind
from delphi.domain.round_steps import Refusal, RoundFacts, refusal_to_close, refusal_to_open

THEN = datetime(2025, 4, 3, 14, 5, tzinfo=UTC)


def facts(code: str, state: str, kind: RoundKind = RoundKind.RATING) -> RoundFacts:
    opened = None if state == "not opened" else THEN
    closed = THEN + timedelta(days=1) if state == "closed" else None
    return RoundFacts(code=code, label=code, kind=kind, opened_at=opened, closed_at=closed)


@pytest.mark.parametrize(
    ("first", "second", "refusal"),
    [
        ("closed", "not opened", None),
        ("open", "not opened", Refusal.FORMER_NOT_CLOSED),
        ("not opened", "not opened", Refusal.FORMER_NOT_CLOSED),
        ("closed", "open", Refusal.ALREADY_OPEN),
        ("closed", "closed", Refusal.ALREADY_CLOSED),
    ],
)
def test_a_round_opens_once_and_after_the_former_is_closed(
    first: str, second: str, refusal: Refusal | None
) -> None:
    assert refusal_to_open([facts("1", first), facts("2", second)], "2") is refusal


def test_the_first_round_waits_for_nothing() -> None:
    assert refusal_to_open([facts("1", "not opened"), facts("2", "not opened")], "1") is None


def test_a_workshop_is_not_run_online() -> None:
    workshop = facts("1", "not opened", RoundKind.WORKSHOP)
    assert refusal_to_open([workshop], "1") is Refusal.NOT_ONLINE


@pytest.mark.parametrize("kind", [RoundKind.COMMENT, RoundKind.RATING, RoundKind.RANKING])
def test_every_other_kind_of_round_is_run_online(kind: RoundKind) -> None:
    assert refusal_to_open([facts("1", "not opened", kind)], "1") is None


@pytest.mark.parametrize(
    ("state", "refusal"),
    [("open", None), ("closed", Refusal.ALREADY_CLOSED), ("not opened", Refusal.NOT_OPEN_YET)],
)
def test_only_an_open_round_closes(state: str, refusal: Refusal | None) -> None:
    assert refusal_to_close([facts("1", state)], "1") is refusal


def test_a_round_of_another_study_is_unknown() -> None:
    with pytest.raises(KeyError):
        refusal_to_open([facts("1", "closed")], "2")
