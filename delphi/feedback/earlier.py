"""The cards of earlier answers for the outcomes of one page."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import select

from analysis.counts import ResponseCounts
from analysis.feedback_words import OwnAnswer
from analysis.study.protocol import Protocol
from analysis.study.rounds import Criterion, FeedbackShown, Round
from delphi import dataset
from delphi.extensions import db
from delphi.feedback.cards import FeedbackCard, own_card, with_groups
from delphi.feedback.forms import EarlierForm, forms_of
from delphi.models import Rating
from delphi.standing import EarlierRound

OwnAnswers = Mapping[tuple[int, str], OwnAnswer]
Cards = dict[int, tuple[FeedbackCard, ...]]


def cards_for(
    outcome_ids: Sequence[int],
    *,
    panellist_id: int,
    protocol: Protocol,
    round_: Round,
    earlier: EarlierRound | None,
) -> Cards:
    """The cards for outcomes of the open `round_`, by outcome id, as far as the protocol shows them.

    `earlier` None: there was no rating round before. An outcome that is new since has no card.
    """
    if earlier is None or round_.feedback is FeedbackShown.NONE or not outcome_ids:
        return {}
    forms = forms_of(outcome_ids, listed_in=earlier.round_id, rounds_since=earlier.rounds_since)
    form_ids = list(dict.fromkeys(form.outcome_id for each in forms.values() for form in each))
    own = _own_answers(panellist_id, round_id=earlier.round_id, outcome_ids=form_ids)
    cards = _cards(forms, own=own, criteria=_asked_in_both(round_, earlier.definition), earlier=earlier)
    if round_.feedback is FeedbackShown.GROUPS:
        return _with_groups(cards, form_ids=form_ids, protocol=protocol, earlier=earlier)
    return cards


def _own_answers(panellist_id: int, *, round_id: int, outcome_ids: Collection[int]) -> OwnAnswers:
    """The panellist's newest answers on time, by outcome and criterion."""
    query = (
        select(Rating.outcome_id, Rating.criterion, Rating.score, Rating.missing)
        .where(Rating.round_id == round_id, Rating.panellist_id == panellist_id)
        .where(Rating.outcome_id.in_(outcome_ids), ~Rating.late)
        .order_by(Rating.id)
    )
    rows = db.session.execute(query)
    return {(row.outcome_id, row.criterion): OwnAnswer(score=row.score, missing=row.missing) for row in rows}


def _asked_in_both(round_: Round, before: Round) -> tuple[Criterion, ...]:
    codes = {criterion.code for criterion in round_.criteria}
    return tuple(criterion for criterion in before.criteria if criterion.code in codes)


def _cards(
    forms: Mapping[int, Sequence[EarlierForm]],
    *,
    own: OwnAnswers,
    criteria: Sequence[Criterion],
    earlier: EarlierRound,
) -> Cards:
    return {
        outcome_id: tuple(
            own_card(
                form_id=form.outcome_id,
                criterion=criterion.code,
                scale=earlier.definition.scale,
                round_label=earlier.definition.label,
                earlier_label=None if form.outcome_id == outcome_id else form.label,
                question=criterion.question if len(criteria) > 1 else None,
                own=own.get((form.outcome_id, criterion.code)),
            )
            for form in each
            for criterion in criteria
        )
        for outcome_id, each in forms.items()
    }


def _with_groups(
    cards: Cards, *, form_ids: Sequence[int], protocol: Protocol, earlier: EarlierRound
) -> Cards:
    """The cards with each group's answers; one statement for each criterion."""
    scale = protocol.scale_of(earlier.definition)
    criteria = {card.criterion for each in cards.values() for card in each}
    counts = {
        criterion: dataset.counts_by_group(
            earlier.round_id, form_ids, criterion, groups=protocol.group_codes, scale=scale
        )
        for criterion in sorted(criteria)
    }
    return {
        outcome_id: tuple(
            with_groups(
                card, counts=_by_group(counts[card.criterion], card.form_id), protocol=protocol, scale=scale
            )
            for card in each
        )
        for outcome_id, each in cards.items()
    }


def _by_group(counts: ResponseCounts, outcome_id: int) -> dict[str, list[int]]:
    place = counts.outcomes.index(str(outcome_id))
    return {group: counts.counts[row, place].tolist() for row, group in enumerate(counts.groups)}
