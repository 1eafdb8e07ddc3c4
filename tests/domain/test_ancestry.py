"""Earlier forms of an outcome."""

import pytest

from analysis.study.records import Evidence, LineageAction, LineageStep
from analysis.study.values import Provenance
from delphi.domain.ancestry import earlier_forms


def step(after: str, action: LineageAction, sources: str, results: str) -> LineageStep:
    """A decision with codes parted by spaces."""
    codes = tuple(sources.split()), tuple(results.split())
    return LineageStep(after, action, *codes, "why", Evidence.COMMENTS, Provenance.ASSUMED)


LINEAGE = (
    step("1", LineageAction.KEPT, "a", "a"),
    step("1", LineageAction.MERGED, "b c", "bc"),
    step("1", LineageAction.REWORDED, "d", "d2"),
    step("1", LineageAction.SPLIT, "e", "e1 e2"),
    step("1", LineageAction.ADDED, "", "new"),
    step("2", LineageAction.MERGED, "bc d2", "bcd"),
    step("2", LineageAction.MERGED, "a e1", "a"),
    step("3", LineageAction.MERGED, "bcd a", "later"),
)


@pytest.mark.parametrize(
    ("code", "between", "forms"),
    [
        ("a", ["1"], ("a",)),
        ("bc", ["1"], ("b", "c")),
        ("d2", ["1"], ("d",)),
        ("e1", ["1"], ("e",)),
        ("new", ["1"], ()),
        ("bcd", ["1", "2"], ("b", "c", "d")),
        # a merged outcome may keep one of the codes that went into it
        ("a", ["1", "2"], ("a", "e")),
        # no decision speaks of it: it went on as it was
        ("c", ["1"], ("c",)),
    ],
)
def test_earlier_forms_are_followed_through_each_decision(
    code: str, between: list[str], forms: tuple[str, ...]
) -> None:
    assert earlier_forms(code, lineage=LINEAGE, between=between, listed=set("abcde")) == forms


def test_a_form_that_the_earlier_round_did_not_ask_about_is_left_out() -> None:
    assert earlier_forms("bc", lineage=LINEAGE, between=["1"], listed={"c"}) == ("c",)
