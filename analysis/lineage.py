"""What became of each outcome: the arithmetic of a stage, and an outcome's ancestors and descendants."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from analysis.study.lineage_fit import starting_list
from analysis.study.records import LineageAction, LineageStep, Outcome
from analysis.study.rounds import Round

NOTHING_ENDED: Mapping[str, Collection[str]] = {}


@dataclass(frozen=True, slots=True)
class StageArithmetic:
    """What happened to a list in one stage, as codes.

    in = kept + merged + split + dropped; out = kept + merged_into + split_into + added. A reworded outcome
    is kept: `kept` has its code before, `reworded` its code after.
    """

    listed_in: tuple[str, ...]
    listed_out: tuple[str, ...]
    kept: tuple[str, ...]
    reworded: tuple[str, ...]
    merged: tuple[str, ...]
    merged_into: tuple[str, ...]
    split: tuple[str, ...]
    split_into: tuple[str, ...]
    dropped: tuple[str, ...]
    added: tuple[str, ...]


def stage_arithmetic(
    listed: Sequence[str],
    steps: Iterable[LineageStep],
    *,
    order: Sequence[str],
    ended: Collection[str] = (),
) -> StageArithmetic:
    """Apply the steps of one stage to `listed`; an outcome without a step is kept.

    `ended`: outcomes that are dropped whatever the steps say. A step takes those of its sources that are in
    the list and not ended; one that has sources and is left with none does not happen.
    `order` holds every code of the study: the list that comes out stands in it.
    """
    going = set(listed) - set(ended)
    steps = [step for step in steps if not step.sources or going & set(step.sources)]

    def sources(action: LineageAction) -> set[str]:
        return {code for step in steps if step.action is action for code in step.sources if code in going}

    def results(action: LineageAction) -> set[str]:
        return {code for step in steps if step.action is action for code in step.results}

    dropped = sources(LineageAction.DROPPED) | (set(listed) & set(ended))
    gone = dropped | sources(LineageAction.MERGED) | sources(LineageAction.SPLIT)
    arrived = {code for step in steps for code in step.results}
    out = (going - gone - sources(LineageAction.REWORDED)) | arrived

    def in_order(codes: Collection[str]) -> tuple[str, ...]:
        return tuple(code for code in order if code in codes)

    return StageArithmetic(
        listed_in=tuple(listed),
        listed_out=in_order(out),
        kept=tuple(code for code in listed if code not in gone),
        reworded=in_order(results(LineageAction.REWORDED)),
        merged=in_order(sources(LineageAction.MERGED)),
        merged_into=in_order(results(LineageAction.MERGED)),
        split=in_order(sources(LineageAction.SPLIT)),
        split_into=in_order(results(LineageAction.SPLIT)),
        dropped=in_order(dropped),
        added=in_order(results(LineageAction.ADDED)),
    )


@dataclass(frozen=True, slots=True)
class LineageGraph:
    """Every outcome with those that it was made of. `stages`: round code → its arithmetic."""

    starting: tuple[str, ...]
    lineage: tuple[LineageStep, ...]
    stages: Mapping[str, StageArithmetic]

    @classmethod
    def of(
        cls,
        outcomes: Sequence[Outcome],
        lineage: Sequence[LineageStep],
        rounds: Sequence[Round],
        *,
        ended: Mapping[str, Collection[str]] = NOTHING_ENDED,
    ) -> Self:
        """Follow the list through `rounds`.

        `ended`: round code → outcomes that its rule ended and that no row speaks of; without it, an
        outcome that no row speaks of goes on.
        """
        steps, order = tuple(lineage), [outcome.code for outcome in outcomes]
        listed = starting = starting_list(tuple(outcomes), steps)
        stages: dict[str, StageArithmetic] = {}
        for round_ in rounds:
            after = [step for step in steps if step.after == round_.code]
            stage = stage_arithmetic(listed, after, order=order, ended=ended.get(round_.code, ()))
            stages[round_.code] = stage
            listed = stage.listed_out
        return cls(starting, steps, stages)

    def list_before(self, round_code: str) -> tuple[str, ...]:
        """Return the codes in the list of `round_code`; KeyError for an unknown round."""
        return self.stages[round_code].listed_in

    def list_after(self, round_code: str) -> tuple[str, ...]:
        """Return the codes that go on after `round_code`; KeyError for an unknown round."""
        return self.stages[round_code].listed_out

    def parents(self, code: str) -> tuple[str, ...]:
        """Return the outcomes that `code` was made of: merged, split or reworded into it."""
        return _different(code, (s.sources for s in self.lineage if code in s.results))

    def children(self, code: str) -> tuple[str, ...]:
        """Return the outcomes that were made of `code`."""
        return _different(code, (s.results for s in self.lineage if code in s.sources))

    def ancestors(self, code: str) -> tuple[str, ...]:
        """Return all outcomes that `code` was made of, the nearest first."""
        return _reached(code, self.parents)

    def descendants(self, code: str) -> tuple[str, ...]:
        """Return all outcomes that were made of `code`, the nearest first."""
        return _reached(code, self.children)

    def history(self, code: str) -> tuple[LineageStep, ...]:
        """Return every row about `code` or its ancestors, earliest round first."""
        family, rounds = {code, *self.ancestors(code)}, list(self.stages)
        steps = [step for step in self.lineage if family & {*step.sources, *step.results}]
        return tuple(sorted(steps, key=lambda step: rounds.index(step.after)))


def _reached(code: str, neighbours: Callable[[str], Sequence[str]]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    edge = [code]
    while edge:
        edge = [new for old in edge for new in neighbours(old) if new not in found and new != code]
        found.update(dict.fromkeys(edge))
    return tuple(found)


def _different(code: str, groups: Iterable[Sequence[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(other for codes in groups for other in codes if other != code))
