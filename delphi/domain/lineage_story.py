"""What became of an outcome on its way from one list to a later one."""

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.study.records import LineageAction


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One decision: what went in, what came out, and why."""

    action: LineageAction
    sources: tuple[int, ...]
    results: tuple[int, ...]
    reason: str


def story_of(outcome_id: int, *, decisions: Sequence[Sequence[Decision]]) -> tuple[Decision, ...]:
    """The decisions that an outcome met, in their order; () where it went on as it was.

    `decisions` after each of the rounds since, earliest first. What it was made into is followed on.
    """
    forms, story = {outcome_id}, []
    for after_round in decisions:
        met = [
            decision
            for decision in after_round
            if decision.action is not LineageAction.KEPT and forms & set(decision.sources)
        ]
        for decision in met:
            forms = (forms - set(decision.sources)) | set(decision.results)
        story += met
    return tuple(story)
