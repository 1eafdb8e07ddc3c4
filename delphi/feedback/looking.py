"""Who looks at the feedback on which outcomes, and what they see of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from delphi.feedback.cards import FeedbackCard
from delphi.feedback.kept import Kept
from delphi.standing import RoundFacts, Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Looking:
    """A panellist in front of outcomes of a round, at a moment."""

    standing: Standing
    round: RoundFacts
    outcome_ids: tuple[int, ...]
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """Cards by outcome, and what of them is kept: pairs of outcome and SHA-256."""

    cards: dict[int, tuple[FeedbackCard, ...]]
    kept: frozenset[tuple[int, str]]

    @classmethod
    def of(cls, found: Iterable[tuple[int, FeedbackCard, Kept | None]]) -> "Seen":
        """Cards in their order, each with its outcome and what is kept of it."""
        cards: dict[int, tuple[FeedbackCard, ...]] = {}
        kept = set()
        for outcome_id, card, answers in found:
            cards[outcome_id] = (*cards.get(outcome_id, ()), card)
            if answers is not None:
                kept.add((outcome_id, answers.sha256))
        return cls(cards=cards, kept=frozenset(kept))


NOTHING_SEEN = Seen(cards={}, kept=frozenset())
