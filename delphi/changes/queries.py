"""What changed since last time, read from the database."""

from collections.abc import Iterable, Sequence

from analysis.study.records import LineageAction
from delphi.changes.own_words import has_own_words
from delphi.changes.pages import ChangesPage, SameReason, Text
from delphi.changes.texts import Texts, change_of, decided_after, note_reasons, outcomes_in, texts_of
from delphi.feedback.digest import told_lines
from delphi.standing import RoundFacts, Standing


def changes_page(standing: Standing, *, round_: RoundFacts) -> ChangesPage | None:
    """What changed before the open `round_`; None for those who could answer no round before it."""
    since = standing.since_last_time(round_)
    if not since:
        return None
    decided = decided_after(since, then=round_)
    decisions = [change for after in decided for change in after.changes]
    texts = texts_of(outcomes_in(decisions), standing=standing)
    note_reasons(decisions, standing=standing)
    merged, reworded, split = (
        tuple(change_of(decision, texts=texts) for decision in decisions if decision.action is action)
        for action in (LineageAction.MERGED, LineageAction.REWORDED, LineageAction.SPLIT)
    )
    added = [decision for decision in decisions if decision.action is LineageAction.ADDED]
    dropped = [decision for decision in decisions if decision.action is LineageAction.DROPPED]
    tells = round_.definition.show_digest and standing.is_confirmed
    return ChangesPage(
        round_label=since[0].definition.label,
        merged=merged,
        reworded=reworded,
        split=split,
        added=_by_reason(((each.reason, each.results) for each in added), texts=texts),
        dropped=_by_reason(((each.reason, each.sources) for each in dropped), texts=texts),
        kept=len(set(decided[-1].then or ()) - {made for each in decisions for made in each.results}),
        digest=_digest_of_whole_rounds(standing, since) if tells else (),
        has_words=has_own_words(standing),
    )


def _by_reason(found: Iterable[tuple[str, Sequence[int]]], *, texts: Texts) -> tuple[SameReason, ...]:
    together: dict[str, list[Text]] = {}
    for reason, outcome_ids in found:
        together.setdefault(reason, []).extend(texts[outcome_id] for outcome_id in outcome_ids)
    return tuple(SameReason(texts=tuple(each), reason=reason) for reason, each in together.items())


def _digest_of_whole_rounds(standing: Standing, rounds: Sequence[RoundFacts]) -> tuple[str, ...]:
    return told_lines(standing, [each.round_id for each in rounds]).get(None, ())
