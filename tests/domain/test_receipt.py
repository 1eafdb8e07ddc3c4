"""The receipt of a round."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from hashlib import sha256

import pytest

from analysis.study.protocol import Domain, FeedbackPolicy, Protocol, QuantilePolicy
from analysis.study.records import Outcome, Wording
from analysis.study.rules import ShareRule
from analysis.study.study import Study
from analysis.study.weighting import Weighting, WeightScheme
from delphi.domain.receipt import RULE, receipt_text, sha256_of
from tests.data.small_study import LIST_1, small_study

Change = Callable[[Protocol], Protocol]


def receipt_of(study: Study, protocol: Protocol | None = None) -> str:
    outcomes = [study.outcome(code) for code in LIST_1]
    return receipt_text(protocol or study.protocol, "1", outcomes=outcomes, wordings=study.wordings)


def test_the_same_facts_give_the_same_text() -> None:
    assert receipt_of(small_study()) == receipt_of(small_study())


def test_the_text_says_list_rule_weights_and_quantiles_in_words() -> None:
    text = receipt_of(small_study())
    assert "1. home [Safety and health]\n   A safe home\n   A place to live without fear.\n" in text
    assert "In: at least 70 % of everyone rated it 7 to 9 (agree).\n" in text
    assert "Survivors count twice; everyone else counts once.\n" in text
    assert "Hyndman and Fan, type 7\n" in text
    assert "Smallest group that is shown: 5 people\n" in text


def with_triple_weight(protocol: Protocol) -> Protocol:
    triple = Weighting(
        "survivors_double", WeightScheme.MULTIPLIER, {"survivors": Fraction(3)}, reason="Other."
    )
    return replace(protocol, weights=(triple,))


def with_other_threshold(protocol: Protocol) -> Protocol:
    (definition,) = protocol.definitions
    (rule,) = definition.rules
    assert isinstance(rule, ShareRule)
    test = replace(rule.tests[0], percent=Fraction("70.1"))
    return replace(protocol, definitions=(replace(definition, rules=(replace(rule, tests=(test,)),)),))


CHANGES: dict[str, Change] = {
    "weight": with_triple_weight,
    "threshold": with_other_threshold,
    "minimum n": lambda p: replace(p, definitions=(replace(p.definitions[0], minimum_n=3),)),
    "quantile": lambda p: replace(p, quantiles=QuantilePolicy(6)),
    "smallest group": lambda p: replace(p, feedback=FeedbackPolicy(4)),
    "word of the scale": lambda p: replace(p, scales=(replace(p.scales[0], cannot_say="Unsure"),)),
    "consent": lambda p: replace(p, ethics=replace(p.ethics, consent="Other.")),
    "note before a section": lambda p: replace(p, domains=(Domain("Health", "It speaks of illness."),)),
    "question": lambda p: replace(
        p, rounds=tuple(replace(r, criteria=(replace(r.criteria[0], question="Why?"),)) for r in p.rounds)
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_whatever_is_fixed_changes_the_sum(change: Change) -> None:
    study = small_study()
    changed = receipt_of(study, change(study.protocol))
    assert sha256_of(changed) != sha256_of(receipt_of(study))


def test_a_wording_in_another_language_is_part_of_it() -> None:
    study = small_study()
    protocol = replace(study.protocol, study=replace(study.protocol.study, languages=("en", "cy")))
    welsh = replace(study, protocol=protocol, wordings=(Wording("cy", "home", "Cartref", "Lle i fyw."),))
    assert "   (cy) Cartref\n   (cy) Lle i fyw.\n" in receipt_of(welsh)


def test_another_order_of_the_list_is_another_receipt() -> None:
    study = small_study()
    outcomes: list[Outcome] = [study.outcome(code) for code in reversed(LIST_1)]
    assert receipt_text(study.protocol, "1", outcomes=outcomes) != receipt_of(study)


def test_a_text_of_several_lines_cannot_pass_for_other_entries_of_the_list() -> None:
    study = small_study()
    first, second = study.outcome("home"), study.outcome("doctor")
    entry = f"\n2. {second.code} [{second.domain}]\n   {second.label}\n   {second.descriptor}"
    twice = [replace(first, descriptor=first.descriptor + entry), second]
    other = [first, replace(second, descriptor=second.descriptor + entry)]
    texts = {receipt_text(study.protocol, "1", outcomes=outcomes) for outcomes in (twice, other)}
    assert len(texts) == 2
    assert all(text.count("\n2. ") == 1 for text in texts)


def test_a_consent_text_cannot_pass_for_another_part() -> None:
    study = small_study()
    ethics = study.protocol.ethics
    rule = f"\n\n{RULE}\nConsent\n{RULE}\n"
    joined = replace(ethics, welcome=f"Welcome.{rule}Yes.", consent="No.")
    parted = replace(ethics, welcome="Welcome.", consent=f"Yes.{rule}No.")
    texts = {receipt_of(study, replace(study.protocol, ethics=ethics)) for ethics in (joined, parted)}
    assert len(texts) == 2


def test_the_sum_is_that_of_the_text_in_utf_8() -> None:
    assert sha256_of("ä\n") == sha256(b"\xc3\xa4\n").hexdigest()
