"""What became of outcomes between one list and a later one: decisions with their reasons, and the lists.

The lists say what is so. A rule may drop an outcome without a row of its own, and a row that claims to drop
one by a rule does not count where the rule says otherwise.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from analysis.study.records import LineageAction

MADE = frozenset({LineageAction.MERGED, LineageAction.REWORDED, LineageAction.SPLIT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One decision: what went in, what came out, and why; `reason` is "" where only a rule decided."""

    action: LineageAction
    sources: tuple[int, ...]
    results: tuple[int, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class After:
    """What was decided after a round with the list `listed`; `then`: the next one's, None if none opened."""

    listed: tuple[int, ...]
    decisions: tuple[Decision, ...]
    then: tuple[int, ...] | None

    @property
    def changes(self) -> tuple[Decision, ...]:
        """What was made of the list: joined, reworded, divided, added; then each outcome that was dropped."""
        changes = [each for each in self.decisions if each.action in (*MADE, LineageAction.ADDED)]
        return (*changes, *self._drops(changes))

    def _drops(self, changes: Iterable[Decision]) -> list[Decision]:
        rows = {
            source: decision.reason
            for decision in self.decisions
            if decision.action is LineageAction.DROPPED
            for source in decision.sources
        }
        made = {source for decision in changes for source in decision.sources}
        stays: Collection[int] = self.then if self.then is not None else set(self.listed) - set(rows)
        gone = [
            outcome_id for outcome_id in self.listed if outcome_id not in made and outcome_id not in stays
        ]
        return [
            Decision(
                action=LineageAction.DROPPED,
                sources=(outcome_id,),
                results=(),
                reason=rows.get(outcome_id, ""),
            )
            for outcome_id in gone
        ]


def story_of(outcome_id: int, *, since: Sequence[After]) -> tuple[Decision, ...]:
    """The changes that an outcome met, in their order; () where it went on as it was.

    `since`: what was decided after each of the rounds, earliest first. What it was made into is followed on.
    """
    forms, story = {outcome_id}, []
    for after in since:
        met = [change for change in after.changes if forms & set(change.sources)]
        for change in met:
            forms = (forms - set(change.sources)) | set(change.results)
        story += met
    return tuple(story)
