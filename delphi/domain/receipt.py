"""The receipt of a round: everything that is fixed when it opens, as a text for people, and its hash."""

from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from enum import Enum
from fractions import Fraction
from hashlib import sha256

from analysis.sentences import Words, definition_sentences, weighting_sentence
from analysis.study.protocol import Protocol
from analysis.study.records import Outcome, StudyText, Wording
from analysis.study.rounds import FeedbackShown, Round, RoundKind, SectionOrder
from analysis.study.scale import Scale
from analysis.study.translation import is_digest_key

# Part of the text: raised when its form changes, so that an old receipt is not taken for a broken one.
RECEIPT_FORMAT = 2
RULE = "=" * 72
ORDER_WORDS = {
    SectionOrder.LISTED: "Sections come in the order of the list.",
    SectionOrder.SHUFFLED: "Sections come in an order drawn for each person, which is kept.",
}
FEEDBACK_WORDS = {
    FeedbackShown.NONE: "Panellists are shown nothing of earlier answers.",
    FeedbackShown.OWN: "Panellists are shown their own earlier answer.",
    FeedbackShown.GROUPS: "Panellists are shown their own earlier answer and how each group answered.",
}


def receipt_text(
    protocol: Protocol,
    round_code: str,
    *,
    outcomes: Sequence[Outcome],
    wordings: Sequence[Wording] = (),
    texts: Sequence[StudyText] = (),
) -> str:
    """Return what is fixed when the round opens; the same facts always give the same text.

    `outcomes` are those of the round's list, in its order; `wordings` are theirs in other languages
    (others are left out), `texts` those of the protocol. Raises KeyError for a round that there is not.
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
        *_notes(protocol),
        *_part("Welcome", _text(protocol.ethics.welcome)),
        *_part(f"Consent, version {protocol.ethics.consent_version}", _text(protocol.ethics.consent)),
        *_part("Who reads comments", _text(protocol.ethics.comment_readers)),
        *_part("Who reads private messages", _text(protocol.ethics.private_readers or "None are offered.")),
        *_part("Texts in other languages", _translations(texts)),
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


def _notes(protocol: Protocol) -> Iterator[str]:
    """The notes before sections, if there are any."""
    noted = [f"{domain.name}: {domain.note}" for domain in protocol.domains if domain.note]
    if noted:
        yield from _part("Notes before sections", noted)


def _asked(protocol: Protocol, round_: Round) -> Iterator[str]:
    if round_.question:
        yield f"Question: {round_.question}"
    for criterion in round_.criteria:
        yield f"Criterion {criterion.code}: {criterion.question}"
    for ballot in round_.ballots:
        yield f"Ballot {ballot.code}: {ballot.label}, {ballot.places} from the {ballot.list} of the list"
    if round_.scale:
        yield from _scale(protocol.scale_of(round_))
    if round_.kind is RoundKind.RANKING:
        yield f"Places to fill: {round_.places or 'as many as there are outcomes'}"
    yield ORDER_WORDS[round_.order]
    if round_.ask_why_changed:
        yield "Panellists who change an answer are asked why; they may leave it empty."


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
        if outcome.plain:
            yield f"   In plain words: {outcome.plain}"
        for wording in sorted(wordings, key=lambda wording: wording.language):
            if wording.code == outcome.code:
                yield from _wording(wording)


def _wording(wording: Wording) -> Iterator[str]:
    texts = [wording.label, wording.descriptor]
    if wording.plain:
        texts.append(f"In plain words: {wording.plain}")
    yield from (f"   ({wording.language}) {text}" for text in texts)


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
    if round_.live_feedback:
        yield "In real time: of this round's answers, after one's own first answer to an outcome."
    if round_.show_digest:
        yield "Panellists are shown what the team wrote together from comments."
    yield f"Smallest group that is shown: {protocol.feedback.minimum_group_size} people"


def _translations(texts: Sequence[StudyText]) -> Iterator[str]:
    frozen = (text for text in texts if not is_digest_key(text.key))
    for text in sorted(frozen, key=lambda text: (text.language, text.key)):
        yield f"({text.language}) {text.key}"
        yield from _text(text.text)


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
