"""The consensus definition of a draft in plain English, and worked through with numbers of people."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from analysis.sentences import Words, definition_sentences, exact_number, weighting_sentence, within_sentence
from analysis.study.rules import Comparator, ShareRule
from analysis.study.scale import Scale
from analysis.study.weighting import UNWEIGHTED
from delphi.drafting.answers import Answers, GroupRow
from delphi.drafting.building import definition_of, scale_of, weighting_of
from delphi.drafting.faults import count_in, faults_of_part, number_in
from delphi.models import Part

_USUAL = (
    GroupRow(code="g1", label="Survivors", target="40"),
    GroupRow(code="g2", label="Others", target="24"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleInWords:
    """The rule's sentences, and an example with numbers of people."""

    sentences: tuple[str, ...]
    people: str
    example: tuple[str, ...]


def rule_in_words(answers: Answers) -> RuleInWords | None:
    """The rule in words; None where its parts or the scale cannot be right yet."""
    needed = (part for part in (Part.CONSENSUS, Part.SCALE) if part in answers.saved)
    if any(faults_of_part(answers, part) for part in needed):
        return None
    scale, definition = scale_of(answers), definition_of(answers.consensus)
    groups = answers.groups.rows or _USUAL
    words = Words(
        groups={row.code: row.label for row in groups},
        boxes={box.code: box for box in scale.boxes},
        ballots={},
    )
    weighting = weighting_of(answers) or UNWEIGHTED
    people = {row: count_in(row.target) or 0 for row in groups}
    if not all(people.values()):
        people = {row: people[row] or 20 for row in groups}
    named = [f"{number} {within_sentence(row.label)}" for row, number in people.items()]
    together = " and ".join(filter(None, [", ".join(named[:-1]), named[-1]]))
    return RuleInWords(
        sentences=(
            *definition_sentences(definition, words=words),
            weighting_sentence(weighting, words=words),
        ),
        people=f"With {together}{_where_from(answers)}, if all of them rate it:",
        example=tuple(
            line
            for rule in definition.rules
            if isinstance(rule, ShareRule)
            for line in _worked(rule, people, scale)
        ),
    )


def _where_from(answers: Answers) -> str:
    if not answers.groups.rows:
        return " (made up: the groups of the study are not named yet)"
    is_hoped_for = all(count_in(row.target) for row in answers.groups.rows)
    return "" if is_hoped_for else " (20 where you did not say how many you hope for)"


def _worked(rule: ShareRule, people: dict[GroupRow, int], scale: Scale) -> Iterator[str]:
    start = f"{rule.verdict.value.capitalize()}:"
    for test in rule.tests:
        box = scale.box(test.box)
        points = f"rate it {box.low} to {box.high}"
        if rule.of.value == "pooled":
            yield f"{start} {_of_all(people, test.comparator, test.percent)} {points}."
            continue
        parts = [
            f"{_number(number, test.comparator, test.percent)} {within_sentence(row.label)}"
            for row, number in people.items()
        ]
        joint = " and " if rule.of.value == "every" else " or "
        yield f"{start} {joint.join(parts)} {points}."


def _of_all(people: dict[GroupRow, int], comparator: Comparator, percent: Fraction) -> str:
    whole = sum(people.values())
    weights = {row: number_in(row.weight) or Fraction(1) for row in people}
    if set(weights.values()) == {Fraction(1)}:
        return f"{_number(whole, comparator, percent)} people"
    total = sum((weights[row] * number for row, number in people.items()), Fraction(0))
    bound = exact_number(total * percent / 100)
    word = "at least" if comparator is Comparator.AT_LEAST else "less than"
    return f"people who count {word} {bound} of {exact_number(total)} together"


def _number(whole: int, comparator: Comparator, percent: Fraction) -> str:
    fitting = [
        count for count in range(whole + 1) if comparator.holds(Fraction(100 * count), percent * whole)
    ]
    if not fitting:
        return f"none of the {whole}"
    if comparator is Comparator.AT_LEAST:
        return f"at least {fitting[0]} of {whole}"
    return f"at most {fitting[-1]} of {whole}"
