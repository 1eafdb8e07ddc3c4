"""The path of a study: from its first list to its last, computed from answers, rules and lineage."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from analysis.consensus.answers import answers_of
from analysis.consensus.evaluate import evaluate
from analysis.consensus.outcome_verdict import Consensus, TieAtCut
from analysis.evidence import RoundEvidence, evidence_of
from analysis.lineage import StageArithmetic, stage_arithmetic
from analysis.provenance import stage_provenance, weakest
from analysis.sentences import VERDICT_WORDS, Words, within_sentence
from analysis.study.lineage_fit import starting_list
from analysis.study.protocol import Protocol
from analysis.study.records import Evidence, LineageAction, LineageStep, Outcome
from analysis.study.rounds import Round, RoundKind
from analysis.study.rules import Verdict
from analysis.study.study import Study
from analysis.study.values import Provenance

_COMPUTED = (Evidence.RULE, Evidence.BALLOTS)


@dataclass(frozen=True, slots=True)
class RowAgainstVerdict:
    """A lineage row that says otherwise than the rule about one outcome; `verdict` None: not in the list."""

    round: str
    outcome: str
    action: LineageAction
    evidence: Evidence
    verdict: Verdict | None
    reason: str

    @property
    def is_override(self) -> bool:
        """Whether the row stands: people decided otherwise, and said so."""
        return self.verdict is not None and self.evidence not in _COMPUTED

    @property
    def sentence(self) -> str:
        """The contradiction in one sentence."""
        row = f"After round {self.round}, {self.outcome} is {self.action.value} on {self.evidence.value}"
        if self.verdict is None:
            return f"{row}, but it did not reach that round."
        return f"{row}, but the computed verdict is “{within_sentence(VERDICT_WORDS[self.verdict])}”."


@dataclass(frozen=True, slots=True)
class Stage:
    """One round that was held, and what it did to the list. `verdicts`: empty where no rule decides."""

    code: str
    label: str
    kind: RoundKind
    respondents: int
    arithmetic: StageArithmetic
    provenance: Provenance
    verdicts: Mapping[str, Verdict] = field(default_factory=dict)
    ties: tuple[TieAtCut, ...] = ()

    @property
    def listed_in(self) -> tuple[str, ...]:
        """Codes in the list that the round asked about."""
        return self.arithmetic.listed_in

    @property
    def listed_out(self) -> tuple[str, ...]:
        """Codes that go on."""
        return self.arithmetic.listed_out

    @property
    def outcomes_in(self) -> int:
        """Outcomes before."""
        return len(self.arithmetic.listed_in)

    @property
    def outcomes_out(self) -> int:
        """Outcomes after."""
        return len(self.arithmetic.listed_out)

    @property
    def kept(self) -> int:
        """Outcomes that go on as they are or reworded."""
        return len(self.arithmetic.kept)

    @property
    def merged(self) -> int:
        """Outcomes that went into another; `merged_into` counts those others."""
        return len(self.arithmetic.merged)

    @property
    def merged_into(self) -> int:
        """Outcomes that were made by merging."""
        return len(self.arithmetic.merged_into)

    @property
    def dropped(self) -> int:
        """Outcomes that ended."""
        return len(self.arithmetic.dropped)

    @property
    def added(self) -> int:
        """Outcomes that are new."""
        return len(self.arithmetic.added)


@dataclass(frozen=True, slots=True)
class StudyPath:
    """The stages in order. `path`: the length of the first list and of the list after each stage.

    `disagreements`: rows that claim the rule or the ballots as evidence and contradict them; the computed
    verdict stands. `overrides`: rows on comments or judgement that differ from the rule; they stand.
    """

    starting: tuple[str, ...]
    stages: tuple[Stage, ...]
    disagreements: tuple[RowAgainstVerdict, ...] = ()
    overrides: tuple[RowAgainstVerdict, ...] = ()

    @property
    def path(self) -> tuple[int, ...]:
        """Outcomes at the start and after each stage."""
        return len(self.starting), *(stage.outcomes_out for stage in self.stages)

    @property
    def final(self) -> tuple[str, ...]:
        """Codes in the last list."""
        return self.stages[-1].listed_out if self.stages else self.starting

    def stage(self, code: str) -> Stage:
        """Return the stage of round `code`; KeyError if that round was not held."""
        for stage in self.stages:
            if stage.code == code:
                return stage
        raise KeyError(code)


def path_of(study: Study) -> StudyPath:
    """Return the path of `study`, computed from its answers."""
    evidence = {round_.code: evidence_of(study, round_.code) for round_ in study.protocol.rounds}
    return study_path(study.protocol, study.outcomes, study.lineage, evidence)


def study_path(
    protocol: Protocol,
    outcomes: Sequence[Outcome],
    lineage: Sequence[LineageStep],
    evidence: Mapping[str, RoundEvidence],
) -> StudyPath:
    """Follow the list through every round that was held: one with answers or with lineage rows.

    In a rating round or workshop with a consensus definition (on its first criterion) the computed verdict
    says who goes on: `out` ends an outcome; `in`, `none` and not computable do not. Lineage rows then
    merge, split, reword and add. A row on comments or judgement stands over the verdict, any other does not.
    """
    starting = starting_list(tuple(outcomes), tuple(lineage))
    provenance = {outcome.code: outcome.provenance for outcome in outcomes}
    walk = _Walk(protocol, provenance, starting, weakest(provenance[code] for code in starting))
    for round_ in protocol.rounds:
        steps = [step for step in lineage if step.after == round_.code]
        answers = evidence.get(round_.code)
        answered = answers is not None and answers.number_of_respondents > 0
        if answered or steps:
            walk.take(round_, steps, answers if answered else None)
    return StudyPath(
        starting,
        tuple(walk.stages),
        disagreements=tuple(row for row in walk.against if not row.is_override),
        overrides=tuple(row for row in walk.against if row.is_override),
    )


@dataclass(slots=True)
class _Walk:
    """The list on its way through the rounds. `provenance`: of every outcome of the study, in its order."""

    protocol: Protocol
    provenance: Mapping[str, Provenance]
    listed: tuple[str, ...]
    weakest_so_far: Provenance
    stages: list[Stage] = field(default_factory=list)
    against: list[RowAgainstVerdict] = field(default_factory=list)

    def take(self, round_: Round, steps: Sequence[LineageStep], evidence: RoundEvidence | None) -> None:
        """Go through one round."""
        consensus = _consensus(self.protocol, round_, evidence, self.listed)
        verdicts = {one.outcome: one.verdict for one in consensus.verdicts} if consensus else {}
        self.against.extend(_contradictions(steps, self.listed, verdicts))
        arithmetic = stage_arithmetic(
            self.listed,
            [step for step in steps if not _claims_to_end_what_goes_on(step, verdicts)],
            order=list(self.provenance),
            ended=_ended(steps, verdicts),
        )
        rows = [step.provenance for step in steps]
        listed = [self.provenance[code] for code in arithmetic.listed_out]
        self.weakest_so_far = stage_provenance(
            self.protocol, round_, [self.weakest_so_far, *rows, *listed], computed=consensus is not None
        )
        self.listed = arithmetic.listed_out
        self.stages.append(
            Stage(
                code=round_.code,
                label=round_.label,
                kind=round_.kind,
                respondents=evidence.number_of_respondents if evidence else 0,
                arithmetic=arithmetic,
                provenance=self.weakest_so_far,
                verdicts=verdicts,
                ties=consensus.ties if consensus else (),
            )
        )


def _consensus(
    protocol: Protocol, round_: Round, evidence: RoundEvidence | None, listed: Sequence[str]
) -> Consensus | None:
    definition = protocol.definition_of(round_)
    if definition is None or evidence is None:
        return None
    answers = answers_of(protocol, evidence, outcomes=listed)
    return evaluate(
        definition, answers, weighting=protocol.weights_of(round_), words=Words.of(protocol, round_)
    )


def _contradictions(
    steps: Sequence[LineageStep], listed: Sequence[str], verdicts: Mapping[str, Verdict]
) -> Iterator[RowAgainstVerdict]:
    for step in steps:
        for code in step.sources:
            verdict = verdicts.get(code)
            row_ends, rule_ends = step.action is LineageAction.DROPPED, verdict is Verdict.OUT
            if code not in listed or (verdict is not None and row_ends != rule_ends):
                yield RowAgainstVerdict(step.after, code, step.action, step.evidence, verdict, step.reason)


def _claims_to_end_what_goes_on(step: LineageStep, verdicts: Mapping[str, Verdict]) -> bool:
    """Whether a row drops, on the rule's evidence, what the rule does not end."""
    if step.action is not LineageAction.DROPPED or step.evidence not in _COMPUTED:
        return False
    return any(verdicts.get(code, Verdict.OUT) is not Verdict.OUT for code in step.sources)


def _ended(steps: Sequence[LineageStep], verdicts: Mapping[str, Verdict]) -> frozenset[str]:
    """What the rule ends and no row on comments or judgement decides otherwise."""
    decided = {code for step in steps if step.evidence not in _COMPUTED for code in step.sources}
    return frozenset(code for code, verdict in verdicts.items() if verdict is Verdict.OUT) - decided
