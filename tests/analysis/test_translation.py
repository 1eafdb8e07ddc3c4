"""Texts of a protocol by key, and the protocol in another language."""

from analysis.study.protocol import Domain, Ethics, Group, Identity, Protocol
from analysis.study.rounds import Criterion, Round, RoundKind
from analysis.study.scale import Box, Scale
from analysis.study.taking_part import ProfileQuestion, SupportLine
from analysis.study.translation import domain_in_language, in_language, texts_of

PROTOCOL = Protocol(
    study=Identity("s", "A study", "What matters?", languages=("en", "cy")),
    ethics=Ethics(welcome="Welcome.", consent="Yes?", comment_readers="The team.", team_contact="Call 123."),
    groups=(Group("g", "Survivors", "survivor"),),
    rounds=(
        Round("1", RoundKind.RATING, "Round 1", scale="two", criteria=(Criterion("c", "How much?"),)),
        Round("2", RoundKind.COMMENT, "Round 2"),
    ),
    scales=(Scale("two", 0, 1, ("No", "Yes"), "Cannot say", boxes=(Box("yes", 1, 1, "yes"),)),),
    profile=(ProfileQuestion("where", "Where?", choices=("Here", "There")),),
    support=(SupportLine("A line", "123"),),
    domains=(Domain("Safety", "It speaks of danger."), Domain("Money")),
)
# Every text of PROTOCOL, by hand; a text that is "" has no key.
KEYS = {
    "study.title": "A study",
    "study.question": "What matters?",
    "ethics.welcome": "Welcome.",
    "ethics.consent": "Yes?",
    "ethics.comment_readers": "The team.",
    "ethics.team_contact": "Call 123.",
    "groups.g.label": "Survivors",
    "groups.g.one": "survivor",
    "rounds.1.label": "Round 1",
    "rounds.1.criteria.c.question": "How much?",
    "rounds.2.label": "Round 2",
    "scales.two.words.0": "No",
    "scales.two.words.1": "Yes",
    "scales.two.cannot_say": "Cannot say",
    "scales.two.boxes.yes.label": "yes",
    "profile.where.question": "Where?",
    "profile.where.choices.1": "Here",
    "profile.where.choices.2": "There",
    "support.1.name": "A line",
    "domains.Safety.note": "It speaks of danger.",
}


def test_every_text_has_a_key() -> None:
    assert texts_of(PROTOCOL) == KEYS


def test_a_domain_is_its_own_key() -> None:
    found = texts_of(PROTOCOL, domains=["Safety", "Money, debts"])
    assert found == KEYS | {"domains.Safety": "Safety", "domains.Money, debts": "Money, debts"}


def test_texts_in_another_language_stand_in_place_of_their_own() -> None:
    translated = in_language(PROTOCOL, {"rounds.1.label": "Rownd 1", "scales.two.words.0": "Na"})
    assert [round_.label for round_ in translated.rounds] == ["Rownd 1", "Round 2"]
    assert translated.scales[0].words == ("Na", "Yes")
    assert in_language(translated, KEYS) == PROTOCOL


def test_a_translation_of_every_text_leaves_none() -> None:
    translated = in_language(PROTOCOL, {key: f"cy {text}" for key, text in KEYS.items()})
    assert texts_of(translated) == {key: f"cy {text}" for key, text in KEYS.items()}


def test_a_protocol_without_translations_is_itself() -> None:
    assert in_language(PROTOCOL, {}) == PROTOCOL


def test_a_domain_without_a_translation_is_itself() -> None:
    texts = {"domains.Safety": "Diogelwch"}
    assert [domain_in_language(domain, texts) for domain in ("Safety", "Money")] == ["Diogelwch", "Money"]
