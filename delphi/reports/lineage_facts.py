"""A study's lineage as far as its closed rounds go: lists, what flows between them, decisions, in names."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from analysis.evidence import RoundEvidence
from analysis.path import Stage, StudyPath, study_path
from analysis.study.protocol import Protocol
from analysis.study.records import Evidence, LineageAction, LineageStep, Outcome
from delphi import models
from delphi.dataset import closed_evidence, lineage_of, outcomes_of, protocol_of
from delphi.extensions import db
from delphi.reports.lineage_order import Flow, Lists
from delphi.reports.words import ACTION_WORDS, EVIDENCE_WORDS, PROVENANCE_WORDS

STARTING_LIST = "Starting list"


@dataclass(frozen=True, slots=True)
class Named:
    """An outcome by code and name."""

    code: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A decision after a round. `reason` is "" where the rule alone decided and nobody wrote more."""

    round_label: str
    action: str
    sources: tuple[Named, ...]
    results: tuple[Named, ...]
    reason: str
    evidence: str
    provenance: str


@dataclass(frozen=True)
class LineageFacts:
    """A study's lineage as it was read."""

    protocol: Protocol
    outcomes: Mapping[str, Outcome]
    lineage: tuple[LineageStep, ...]
    evidence: Mapping[str, RoundEvidence]
    path: StudyPath

    @cached_property
    def lists(self) -> Lists:
        """The lists as the picture takes them, first to last."""
        return Lists(
            columns=(self.path.starting, *(stage.listed_out for stage in self.path.stages)),
            flows=tuple(tuple(self._flows(stage)) for stage in self.path.stages),
            domains={code: outcome.domain for code, outcome in self.outcomes.items()},
        )

    @property
    def labels(self) -> dict[str, str]:
        """Every outcome's name by its code."""
        return {code: outcome.label for code, outcome in self.outcomes.items()}

    @property
    def captions(self) -> list[tuple[str, ...]]:
        """What stands above each list of the picture."""
        return [
            (STARTING_LIST,),
            *((f"after {stage.label}", f"{stage.respondents} people") for stage in self.path.stages),
        ]

    @cached_property
    def fates(self) -> dict[str, str]:
        """What became of each outcome that was ever listed, in the order of the study's table."""
        found: dict[str, str] = {}
        for stage, flows in zip(self.path.stages, self.lists.flows, strict=True):
            found |= dict.fromkeys(stage.arithmetic.dropped, f"dropped after {stage.label}")
            going = {flow.source for flow in flows} - set(stage.listed_out)
            found |= {code: self._became(code, flows, stage) for code in going}
        stages = self.path.stages
        at_the_end = f"in the list after {stages[-1].label}" if stages else "in the starting list"
        found |= dict.fromkeys(self.path.final, at_the_end)
        return {code: found[code] for code in self.outcomes if code in found}

    @property
    def names(self) -> dict[str, str]:
        """What a link in the picture says: the outcome's name and its fate."""
        return {code: f"{self.outcomes[code].label}: {fate}" for code, fate in self.fates.items()}

    def named(self, codes: Iterable[str]) -> tuple[Named, ...]:
        """Return the outcomes with these codes, by name."""
        return tuple(Named(code, self.outcomes[code].label) for code in codes)

    def beginning(self, code: str) -> str:
        """Return how an outcome came into the lists."""
        if code in self.path.starting:
            return "In the starting list"
        for stage, flows in zip(self.path.stages, self.lists.flows, strict=True):
            if code in stage.listed_out:
                made = any(flow.result == code for flow in flows)
                return f"Made after {stage.label}" if made else f"Added after {stage.label}"
        raise KeyError(code)

    def decision(self, step: LineageStep) -> Decision:
        """Return a written decision in names."""
        return Decision(
            round_label=self.protocol.round(step.after).label,
            action=ACTION_WORDS[step.action],
            sources=self.named(step.sources),
            results=self.named(step.results),
            reason=step.reason,
            evidence=EVIDENCE_WORDS[step.evidence],
            provenance=PROVENANCE_WORDS[step.provenance],
        )

    def steps_after(self, stage: Stage) -> tuple[LineageStep, ...]:
        """Return the written decisions after a round."""
        return tuple(step for step in self.lineage if step.after == stage.code)

    def decisions_about(self, codes: frozenset[str]) -> Iterator[Decision]:
        """Yield the decisions about these outcomes, round by round, and what the rule ended without one."""
        for stage in self.path.stages:
            steps = self.steps_after(stage)
            yield from (self.decision(step) for step in steps if codes & {*step.sources, *step.results})
            spoken_of = {code for step in steps for code in step.sources}
            for code in stage.arithmetic.dropped:
                if code in codes and code not in spoken_of:
                    yield self._ended_by_rule(stage, code)

    def _flows(self, stage: Stage) -> Iterator[Flow]:
        there, gone = set(stage.listed_out), set(stage.arithmetic.dropped)
        moved = [
            Flow(source, result)
            for step in self.steps_after(stage)
            for source in step.sources
            for result in step.results
            if source != result and source in stage.listed_in and source not in gone and result in there
        ]
        yield from moved
        leaving = {flow.source for flow in moved}
        yield from (Flow(code, code) for code in stage.listed_in if code in there and code not in leaving)

    def _became(self, code: str, flows: Iterable[Flow], stage: Stage) -> str:
        names = [f"“{self.outcomes[flow.result].label}”" for flow in flows if flow.source == code]
        return f"became {' and '.join(names)} after {stage.label}"

    def _ended_by_rule(self, stage: Stage, code: str) -> Decision:
        return Decision(
            round_label=stage.label,
            action=ACTION_WORDS[LineageAction.DROPPED],
            sources=self.named([code]),
            results=(),
            reason="",
            evidence=EVIDENCE_WORDS[Evidence.RULE],
            provenance=PROVENANCE_WORDS[stage.provenance],
        )


def lineage_facts(study_id: int) -> LineageFacts:
    """Read a study's lineage and the counts of its closed rounds."""
    protocol = protocol_of(db.session.get_one(models.Study, study_id))
    outcomes, lineage = outcomes_of(study_id), lineage_of(study_id)
    evidence = closed_evidence(study_id)
    return LineageFacts(
        protocol=protocol,
        outcomes={outcome.code: outcome for outcome in outcomes},
        lineage=lineage,
        evidence=evidence,
        path=study_path(protocol, outcomes, lineage, evidence),
    )
