"""Other rules tried on a round that has closed, beside the frozen result: `analysis` gives the numbers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select

from analysis.consensus.answers import Answers, answers_of
from analysis.consensus.evaluate import evaluate
from analysis.consensus.verdict_codes import VERDICTS
from analysis.ratings import criterion_of
from analysis.sensitivity import Alternative, RuleGrid, flip_weight, rule_grid, usual_alternatives
from analysis.sentences import VERDICT_WORDS, Words, definition_sentences, weighting_sentence
from analysis.study.protocol import Protocol
from analysis.study.rounds import Round as RoundDefinition
from analysis.study.rounds import RoundKind
from analysis.study.rules import BallotMeasure, ConsensusDefinition, ShareMeasure, ShareRule
from analysis.study.scale import Scale
from delphi.dataset import protocol_of
from delphi.domain.rounds import RoundState
from delphi.extensions import db
from delphi.models import ListedOutcome, Outcome, Study
from delphi.watching.closed_counts import counts_of_closed
from delphi.watching.pages import RoundInView
from delphi.watching.queries import round_in_view
from delphi.watching.trial import Trial, trial_of


@dataclass(frozen=True, slots=True, kw_only=True)
class TriedRow:
    """An outcome: what the frozen rule says and what the tried one would. `flips`: weights of one group."""

    code: str
    label: str
    frozen: str
    tried: str
    is_changed: bool
    flips: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleLine:
    """A rule of the table: how many outcomes it keeps, and how many verdicts differ from the frozen ones."""

    label: str
    kept: int
    differs: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GridRow:
    """An outcome on which the rules differ: its verdict by rule, and whether that is not the frozen one."""

    label: str
    verdicts: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A criterion of a round that has several."""

    code: str
    words: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIfPage:
    """A tried rule beside the frozen one. `flip_group`: whose weight the flips are of, "" where none.

    `base`: the place in `rules` of the rule whose numbers can be turned, 0 for the frozen one.
    """

    round: RoundInView
    criterion: str
    questions: tuple[Question, ...]
    trial: Trial
    is_frozen_rule: bool
    frozen_rule: tuple[str, ...]
    frozen_weights: str
    tried_rule: tuple[str, ...]
    tried_weights: str
    rows: tuple[TriedRow, ...]
    changed: int
    flip_group: str
    rules: tuple[RuleLine, ...]
    grid: tuple[GridRow, ...]
    base: int


def what_if_page(study_id: int, round_code: str, asked: Mapping[str, str]) -> WhatIfPage | None:
    """Return the page; None unless a rating round with a rule has closed, and has that criterion."""
    round_, protocol = round_in_view(study_id, round_code), protocol_of(db.session.get_one(Study, study_id))
    if round_ is None or round_.state is not RoundState.CLOSED:
        return None
    definition = protocol.round(round_code)
    rule, criterion = protocol.definition_of(definition), asked.get("criterion")
    known = {one.code for one in definition.criteria}
    if rule is None or definition.kind is not RoundKind.RATING or criterion not in {None, *known}:
        return None
    labels = _labels(round_.round_id)
    evidence = counts_of_closed(study_id, round_id=round_.round_id, closed_at=round_.closed_at)
    answers = answers_of(protocol, evidence, outcomes=tuple(labels), criterion=criterion)
    offered = _alternatives(protocol, definition, rule)
    base = _base(asked.get("rule", ""), offered)
    trial = trial_of(
        asked,
        definition=offered[base].definition,
        weighting=offered[base].weighting,
        groups=protocol.groups,
        scale=protocol.scale_of(definition),
    )
    return _page(round_, protocol, definition, rule, answers, trial, labels, criterion=criterion, base=base)


def _base(asked: str, offered: Sequence[Alternative]) -> int:
    """The place of the rule to begin from, 0 for the frozen one and for what is not offered."""
    return int(asked) if asked in {str(at) for at in range(len(offered))} else 0


def _page(
    round_: RoundInView,
    protocol: Protocol,
    definition: RoundDefinition,
    rule: ConsensusDefinition,
    answers: Answers,
    trial: Trial,
    labels: Mapping[str, str],
    *,
    criterion: str | None,
    base: int,
) -> WhatIfPage:
    words, own = Words.of(protocol, definition), protocol.weights_of(definition)
    flip_group, flips = _flips(protocol, definition, trial, answers)
    frozen = evaluate(rule, answers, weighting=own, words=words).verdicts
    tried = evaluate(trial.definition, answers, weighting=trial.weighting, words=words).verdicts
    rows = tuple(
        TriedRow(
            code=one.outcome,
            label=labels[one.outcome],
            frozen=VERDICT_WORDS[one.verdict],
            tried=VERDICT_WORDS[other.verdict],
            is_changed=one.verdict is not other.verdict,
            flips=flips.get(one.outcome, ""),
        )
        for one, other in zip(frozen, tried, strict=True)
    )
    rules, grid = _grid(rule_grid(answers, _alternatives(protocol, definition, rule)), labels)
    return WhatIfPage(
        round=round_,
        criterion=criterion_of(definition, criterion),
        questions=_questions(definition, chosen=criterion_of(definition, criterion)),
        trial=trial,
        is_frozen_rule=trial.weighting == own and replace(trial.definition, code=rule.code) == rule,
        frozen_rule=definition_sentences(rule, words=words),
        frozen_weights=weighting_sentence(own, words=words),
        tried_rule=definition_sentences(trial.definition, words=words),
        tried_weights=weighting_sentence(trial.weighting, words=words),
        rows=rows,
        changed=sum(row.is_changed for row in rows),
        flip_group=flip_group,
        rules=rules,
        grid=grid,
        base=base,
    )


def _labels(round_id: int) -> dict[str, str]:
    """The labels of the outcomes in the round's list, by code, in its order."""
    query = (
        select(Outcome.code, Outcome.label)
        .join(ListedOutcome, ListedOutcome.outcome_id == Outcome.id)
        .where(ListedOutcome.round_id == round_id)
        .order_by(ListedOutcome.position)
    )
    return dict(db.session.execute(query).all())


def _questions(definition: RoundDefinition, *, chosen: str) -> tuple[Question, ...]:
    if len(definition.criteria) < 2:
        return ()
    return tuple(
        Question(code=one.code, words=one.question, chosen=one.code == chosen) for one in definition.criteria
    )


def _flips(
    protocol: Protocol, definition: RoundDefinition, trial: Trial, answers: Answers
) -> tuple[str, dict[str, str]]:
    """The group that the study weighs most, and at which of its weights each verdict flips: "" for none."""
    rules_on_lists = any(not isinstance(rule, ShareRule) for rule in trial.definition.rules)
    if rules_on_lists or answers.ratings is None:
        return "", {}
    values = protocol.weights_of(definition).values
    group = max(protocol.groups, key=lambda one: values.get(one.code, 1))
    found = flip_weight(answers.ratings, group.code, trial.definition, boxes=answers.boxes)
    texts = {one.outcome: ", ".join(_short(flip) for flip in one.flips) or "never" for one in found}
    return group.label, texts


def _short(number: object) -> str:
    return f"{float(number):.3g}"  # type: ignore[arg-type]


def _alternatives(
    protocol: Protocol, definition: RoundDefinition, rule: ConsensusDefinition
) -> Sequence[Alternative]:
    """The frozen rule first, the protocol's other rules that can be asked of ratings, then usual ones."""
    own, scale = protocol.weights_of(definition), protocol.scale_of(definition)
    first, *usual = usual_alternatives(rule, own, scale=scale)
    others = (
        Alternative(f"the protocol's rule “{one.code}”", one, own)
        for one in protocol.definitions
        if one.code != rule.code and _can_be_asked(one, scale)
    )
    return replace(first, label="the frozen rule"), *others, *usual


def _can_be_asked(definition: ConsensusDefinition, scale: Scale) -> bool:
    boxes = {box.code for box in scale.boxes}
    return all(box in boxes for box in _boxes_of(definition)) and not any(
        not isinstance(rule, ShareRule) and isinstance(rule.measure, BallotMeasure)
        for rule in definition.rules
    )


def _boxes_of(definition: ConsensusDefinition) -> Iterator[str]:
    for rule in definition.rules:
        if isinstance(rule, ShareRule):
            yield from (test.box for test in rule.tests)
        elif isinstance(rule.measure, ShareMeasure):
            yield rule.measure.box


def _grid(found: RuleGrid, labels: Mapping[str, str]) -> tuple[tuple[RuleLine, ...], tuple[GridRow, ...]]:
    """How many outcomes each rule keeps, and the outcomes on which some rule differs from the frozen one."""
    words = [VERDICT_WORDS[verdict] for verdict in VERDICTS]
    differs, codes = found.differs, found.codes
    rules = tuple(
        RuleLine(label=label, kept=int(kept), differs=int(row.sum()))
        for label, kept, row in zip(found.labels, found.kept, differs, strict=True)
    )
    places = [at for at in range(len(found.outcomes)) if differs[:, at].any()]
    grid = tuple(
        GridRow(
            label=labels[found.outcomes[at]],
            verdicts=tuple(
                (words[code], bool(other))
                for code, other in zip(codes[:, at].tolist(), differs[:, at].tolist(), strict=True)
            ),
        )
        for at in places
    )
    return rules, grid
