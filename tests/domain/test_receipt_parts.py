"""Receipts taken apart again."""

from dataclasses import replace

from delphi.domain.receipt import RULE, receipt_text
from delphi.domain.receipt_parts import head_of_receipt, parts_of_receipt
from tests.data.small_study import small_study


def text_of(title: str = "A small study") -> str:
    small = small_study()
    protocol = replace(small.protocol, study=replace(small.protocol.study, title=title))
    return receipt_text(protocol, "1", outcomes=small.outcomes)


def test_every_line_of_a_receipt_is_in_its_head_or_in_a_part() -> None:
    text = text_of()
    kept = {line for part in parts_of_receipt(text) for line in (*part.lines, part.title)}
    head = {f"{name}: {words}" for name, words in head_of_receipt(text)}
    assert set(text.split("\n")) - kept - head - {""} == {RULE, "Receipt of Round 1", "Format 2"}


def test_the_rule_comes_before_the_list() -> None:
    titles = [part.title for part in parts_of_receipt(text_of())]
    assert titles[:3] == ["Consensus definition", "Weights", "Quantiles"]
    assert "The list: 7 outcomes" in titles[3:]


def test_an_author_cannot_make_a_part_of_their_own() -> None:
    text = text_of(f"A study\n\n{RULE}\nWeights\n{RULE}\nNone at all")
    assert [part.title for part in parts_of_receipt(text)].count("Weights") == 1
    assert dict(head_of_receipt(text))["Study"].endswith("None at all (small)")
