"""What the ranking page shows, read from the database."""

from dataclasses import dataclass
from datetime import datetime

from delphi.domain.ranking import Move, Order, moves_offered, places_of
from delphi.ranking.forms import COMMENT_FIELD, Fault, Given
from delphi.ranking.held import held_in
from delphi.standing import Listed, RoundFacts, Standing, list_of

NOTHING_GIVEN = Given()


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One outcome, the `at`-th of the list; `number` is its place in the order, None if it has none.

    `offered`: what one can do with it.
    """

    outcome: Listed
    at: int
    number: int | None
    offered: frozenset[Move]


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentBox:
    """A text box with what is in it."""

    name: str
    text: str
    fault: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderPage:
    """The order so far and what is not in it.

    `moved`: the outcome that was moved last, if that is known. `is_top`: fewer places than outcomes.
    """

    round_code: str
    question: str
    placed: tuple[Card, ...]
    left: tuple[Card, ...]
    places: int
    is_top: bool
    moved: Card | None
    seen_order: int
    comment: CommentBox
    seen_comment: int
    comment_readers: str
    saved_at: datetime | None
    finished_at: datetime | None
    faults: tuple[Fault, ...]

    @property
    def is_full(self) -> bool:
        """Whether all places are used."""
        return len(self.placed) >= self.places


def order_page(
    standing: Standing, *, round_: RoundFacts, given: Given = NOTHING_GIVEN, moved: str = ""
) -> OrderPage:
    """The page as it stands; `given`: what was sent and not taken; `moved`: the id of an outcome, perhaps."""
    held = held_in(round_.round_id, panellist_id=standing.panellist_id)
    listed = list_of(standing, round_)
    places = places_of(len(listed), round_.definition.places)
    cards = tuple(
        _card(outcome, at=at, order=held.newest.order, places=places) for at, outcome in enumerate(listed)
    )
    fault = next((fault.message for fault in given.faults if fault.field == COMMENT_FIELD), "")
    return OrderPage(
        round_code=round_.definition.code,
        question=round_.definition.question,
        placed=tuple(sorted((card for card in cards if card.number), key=lambda card: card.number or 0)),
        left=tuple(card for card in cards if not card.number),
        places=places,
        is_top=places < len(cards),
        moved=next((card for card in cards if str(card.outcome.outcome_id) == moved), None),
        seen_order=held.newest.id,
        comment=CommentBox(name=COMMENT_FIELD, text=given.typed if fault else held.comment.text, fault=fault),
        seen_comment=held.comment.id,
        comment_readers=standing.protocol.ethics.comment_readers,
        saved_at=held.saved_at,
        finished_at=round_.finished_at,
        faults=given.faults,
    )


def _card(outcome: Listed, *, at: int, order: Order, places: int) -> Card:
    id_ = outcome.outcome_id
    return Card(
        outcome=outcome,
        at=at,
        number=order.index(id_) + 1 if id_ in order else None,
        offered=moves_offered(order, id_, places=places),
    )
