"""The one way in which feedback comes to a page: it is kept first, then shown."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select

from analysis.study.rounds import FeedbackShown
from delphi.domain.ancestry import Sources
from delphi.extensions import db
from delphi.feedback.cards import OutcomeFeedback
from delphi.feedback.digest import NO_DIGEST, digest_on
from delphi.feedback.earlier import earlier_cards
from delphi.feedback.forms import decisions_after
from delphi.feedback.keeping import keep_shown
from delphi.feedback.live import live_cards
from delphi.feedback.looking import NOTHING_SEEN, Looking
from delphi.models import ShownFeedback
from delphi.standing import EarlierRound, RoundFacts, Standing


def show_feedback(
    standing: Standing, *, round_: RoundFacts, outcome_ids: Sequence[int], now: datetime
) -> dict[int, OutcomeFeedback]:
    """What a panellist sees of the others beside outcomes of a round, by outcome, as the protocol says.

    Counts are kept before they are shown, and that this person was shown them: both only for the first time,
    with a commit. So it writes; whoever calls it has no write of their own under way. In a preview it shows
    the same and keeps nothing. People whose group the team has not confirmed see nothing of the others:
    anybody may say that they belong to a group.
    """
    shown = round_ if standing.is_confirmed else _without_others(round_)
    looking = Looking(standing=standing, round=shown, outcome_ids=tuple(outcome_ids), now=now)
    definition, earlier = shown.definition, standing.earlier_than(round_)
    shows_earlier = earlier is not None and definition.feedback is not FeedbackShown.NONE
    if not outcome_ids or not (shows_earlier or definition.show_digest or definition.live_feedback):
        return {}
    since = rounds_to_tell_of(standing, round_=round_, earlier=earlier)
    decisions: Sequence[Sources] = decisions_after(since) if since else ()
    seen = earlier_cards(looking, earlier, decisions=decisions) if earlier and shows_earlier else NOTHING_SEEN
    tells = definition.show_digest and since
    digest = NO_DIGEST
    if tells:
        digest = digest_on(outcome_ids, standing=standing, round_ids=since, decisions=decisions)
    live = live_cards(looking)
    _keep_that_shown(seen.kept | digest.kept | live.kept, texts=digest.texts, looking=looking)
    return {
        outcome_id: OutcomeFeedback(
            earlier=seen.cards.get(outcome_id, ()),
            digest=digest.lines.get(outcome_id, ()),
            live=live.cards.get(outcome_id, ()),
            is_live=definition.live_feedback,
        )
        for outcome_id in outcome_ids
    }


def _without_others(round_: RoundFacts) -> RoundFacts:
    own = FeedbackShown.NONE if round_.definition.feedback is FeedbackShown.NONE else FeedbackShown.OWN
    return replace(
        round_,
        definition=replace(round_.definition, feedback=own, live_feedback=False, show_digest=False),
    )


def rounds_to_tell_of(
    standing: Standing, *, round_: RoundFacts, earlier: EarlierRound | None
) -> tuple[int, ...]:
    """The rounds from the one whose answers are shown up to today's; all before it, if there is none."""
    if earlier is not None:
        return earlier.rounds_since
    before = standing.rounds[: standing.rounds.index(round_)]
    return tuple(each.round_id for each in before)


def _keep_that_shown(shown: frozenset[tuple[int, str]], *, texts: dict[str, str], looking: Looking) -> None:
    if not shown or looking.standing.is_made_up:
        return
    here = (
        ShownFeedback.round_id == looking.round.round_id,
        ShownFeedback.panellist_id == looking.standing.panellist_id,
    )
    query = select(ShownFeedback.outcome_id, ShownFeedback.sha256).where(
        *here, ShownFeedback.outcome_id.in_(looking.outcome_ids)
    )
    new = shown - {(row.outcome_id, row.sha256) for row in db.session.execute(query)}
    if new:
        keep_shown(
            sorted(new),
            texts={sha256: text for sha256, text in texts.items() if sha256 in {each for _, each in new}},
            round_id=looking.round.round_id,
            panellist_id=looking.standing.panellist_id,
            now=looking.now,
        )
