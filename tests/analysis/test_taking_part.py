"""How people take part: what a definition refuses."""

from collections.abc import Callable
from datetime import date

import pytest

from analysis.study.protocol import Ethics
from analysis.study.rounds import Criterion, FeedbackShown, Round, RoundKind
from analysis.study.taking_part import Leaving, ProfileKind, ProfileQuestion, SupportLine
from analysis.study.values import DefinitionError

RATING = {
    "code": "1",
    "kind": RoundKind.RATING,
    "label": "1",
    "scale": "s",
    "criteria": (Criterion("c", "?"),),
}


@pytest.mark.parametrize(
    ("field", "make"),
    [
        ("choices", lambda: ProfileQuestion("q", "Where?")),
        ("choices", lambda: ProfileQuestion("q", "Where?", choices=("Here",))),
        ("choices", lambda: ProfileQuestion("q", "Where?", choices=("Here", "Here"))),
        ("choices", lambda: ProfileQuestion("q", "Where?", ProfileKind.TEXT, choices=("Here", "There"))),
        ("question", lambda: ProfileQuestion("q", " ", choices=("Here", "There"))),
        ("contact", lambda: SupportLine("A line", "")),
        ("url", lambda: SupportLine("A line", "1", url="http://help.example")),
        ("url", lambda: SupportLine("A line", "1", url="javascript:alert(1)")),
        ("languages", lambda: SupportLine("A line", "1", languages=("English",))),
        ("exit_to", lambda: Leaving(exit_to="http://weather.example/")),
        ("exit_to", lambda: Leaving(exit_to="https://weather.example/ x")),
        ("exit_to", lambda: Leaving(exit_to="https://[x")),
        ("exit_to", lambda: Leaving(exit_to="https://a:99999999/")),
        ("exit_to", lambda: Leaving(exit_to="https://wetter.österreich/")),
        ("url", lambda: SupportLine("A line", "1", url="https://[x")),
        ("removable_until", lambda: Leaving(removable_until="31.3.2026")),
        ("consent_version", lambda: Ethics("w", "c", "r", consent_version="")),
        ("places", lambda: Round("1", RoundKind.COMMENT, "1", places=3)),
        ("places", lambda: Round("1", RoundKind.RANKING, "1", places=0)),
        ("live_feedback", lambda: Round(**RATING, live_feedback=True)),
    ],
)
def test_a_definition_names_the_field_that_is_wrong(field: str, make: Callable[[], object]) -> None:
    with pytest.raises(DefinitionError) as refused:
        make()
    assert refused.value.field == field


def test_what_is_right_is_taken() -> None:
    assert Leaving(removable_until="2026-03-31").last_day_to_remove == date(2026, 3, 31)
    assert Leaving().last_day_to_remove is None
    assert Leaving(exit_to="https://xn--sterreich-z7a.example:8443/a").exit_to.endswith(":8443/a")
    assert Round("1", RoundKind.RANKING, "1", places=3).places == 3
    assert Round(**RATING, feedback=FeedbackShown.GROUPS, live_feedback=True).live_feedback
