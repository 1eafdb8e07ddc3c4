"""The receipt of a round: everything that is fixed when it opens, as a text for people, and its hash."""

from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from enum import Enum
from fractions import Fraction
from hashlib import sha256

from analysis.sentences import Words, definition_sentences, weighting_sentence
from analysis.study.protocol import Protocol
from analysis.study.records import Outcome, Wording
from analysis.study.rounds import FeedbackShown, Round
from analysis.study.scale import Scale

# Part of the text: raised when its form changes, so that an old receipt is not taken for a broken one.
RECEIPT_FORMAT = 1
RULE = "=" * 72
FEEDBACK_WORDS = {
    FeedbackShown.NONE: "Panellists are shown nothing of earlier answers.",
    FeedbackShown.OWN: "Panellists are shown their own earlier answer.",
    FeedbackShown.GROUPS: "Panellists are shown their own earlier answer and how each group answered.",
}


def receipt_text(
    protocol: Protocol, round_code: str, *, outcomes: Sequence[Outcome], wordings: Sequence[Wording] = ()
) -> str:
    """Return what is fixed when the round opens; the same facts always give the same text.

    `outcomes` are those of the round's list, in its order; `wordings` are theirs in other languages
    (others are left out). Raises KeyError for a round that the protocol does not have.
    """
    round_ = protocol.round(round_code)
    lines = [
        f"Receipt of {round_.label}",
        f"Format {RECEIPT_FORMAT}",
        f"Study: {protocol.study.title} ({protocol.study.code})",
        f"Question of the study: {protocol.study.question}",
        f"Round: {round_.code}, {round_.kind}",
        *_part("What is asked", _asked(protocol, round_)),
        *_part(f"The list: {len(outcomes)} outcomes", _list(outcomes, wordings)),
        *_part("Groups", (f"{group.code}: {group.label}. {group.description}" for group in protocol.groups)),
        *_part("Weights", _weights(protocol, round_)),
        *_part("Consensus definition", _definition(protocol, round_)),
        *_part("Quantiles", [f"Hyndman and Fan, type {protocol.quantiles.definition}"]),
        *_part("Feedback", _feedback(protocol, round_)),
        *_part("Welcome", _text(protocol.ethics.welcome)),
        *_part("Consent", _text(protocol.ethics.consent)),
        *_part("Who reads comments", _text(protocol.ethics.comment_readers)),
    ]
    # What a study's author wrote over several lines is marked, so that it cannot pass for an entry of ours.
    return "\n".join(line.rstrip().replace("\n", "\n| ") for line in lines) + "\n"


def sha256_of(text: str) -> str:
    """Return the SHA-256 of a receipt's text in UTF-8, as 64 hexadecimal digits."""
    return sha256(text.encode()).hexdigest()


def _part(title: str, lines: Iterator[str] | Sequence[str]) -> Iterator[str]:
    yield from ("", RULE, title, RULE)
    yield from lines


def _text(text: str) -> Iterator[str]:
    yield from (f"  {line}" for line in text.strip().split("\n"))


def _asked(protocol: Protocol, round_: Round) -> Iterator[str]:
    if round_.question:
        yield f"Question: {round_.question}"
    for criterion in round_.criteria:
        yield f"Criterion {criterion.code}: {criterion.question}"
    for ballot in round_.ballots:
        yield f"Ballot {ballot.code}: {ballot.label}, {ballot.places} from the {ballot.list} of the list"
    if round_.scale:
        yield from _scale(protocol.scale_of(round_))


def _scale(scale: Scale) -> Iterator[str]:
    yield f"Scale {scale.code}: {scale.low} to {scale.high}"
    yield from (f"  {point}  {scale.word(point)}" for point in scale.points)
    yield f"  No score: {scale.cannot_say}"
    yield from (f"Box {box.code}: {box.low} to {box.high}, “{box.label}”" for box in scale.boxes)


def _list(outcomes: Sequence[Outcome], wordings: Sequence[Wording]) -> Iterator[str]:
    for number, outcome in enumerate(outcomes, start=1):
        yield f"{number}. {outcome.code} [{outcome.domain}]"
        yield f"   {outcome.label}"
        yield f"   {outcome.descriptor}"
        for wording in sorted(wordings, key=lambda wording: wording.language):
            if wording.code == outcome.code:
                yield f"   ({wording.language}) {wording.label}"
                yield f"   ({wording.language}) {wording.descriptor}"


def _weights(protocol: Protocol, round_: Round) -> Iterator[str]:
    weighting = protocol.weights_of(round_)
    yield weighting_sentence(weighting, words=Words.of(protocol, round_))
    yield f"Exactly: {weighting.scheme}"
    yield from (f"  {group} = {value}" for group, value in sorted(weighting.values.items()))


def _definition(protocol: Protocol, round_: Round) -> Iterator[str]:
    definition = protocol.definition_of(round_)
    if definition is None:
        yield "None: this round has no rule."
        return
    yield from definition_sentences(definition, words=Words.of(protocol, round_))
    yield f"Exactly: otherwise = {definition.otherwise}, minimum_n = {definition.minimum_n}"
    yield from (f"  rule {place}: {_exactly(rule)}" for place, rule in enumerate(definition.rules, start=1))


def _feedback(protocol: Protocol, round_: Round) -> Iterator[str]:
    yield FEEDBACK_WORDS[round_.feedback]
    yield f"Smallest group that is shown: {protocol.feedback.minimum_group_size} people"


def _exactly(value: object) -> str:
    """Return a definition's fields by name, so that nothing hangs on how a sentence is put."""
    if is_dataclass(value) and not isinstance(value, type):
        parts = (f"{field.name} = {_exactly(getattr(value, field.name))}" for field in fields(value))
        return f"({', '.join(parts)})"
    if isinstance(value, tuple):
        return f"[{', '.join(map(_exactly, value))}]"
    if isinstance(value, Enum):
        return str(value.value)
    return str(value) if isinstance(value, (Fraction, int, str)) else "none"
