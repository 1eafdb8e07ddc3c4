"""The cards of answers to an earlier round."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from analysis.feedback_words import OwnAnswer
from analysis.study.rounds import Criterion, FeedbackShown, Round
from delphi.domain.ancestry import Sources
from delphi.extensions import db
from delphi.feedback.cards import FeedbackCard, own_card, with_groups
from delphi.feedback.counting import RatedRound
from delphi.feedback.forms import EarlierForm, forms_of
from delphi.feedback.keeping import keep_of_closed, would_keep_of_closed
from delphi.feedback.kept import Asked, Kept, kept_answers
from delphi.feedback.looking import Looking, Seen
from delphi.models import Rating
from delphi.standing import EarlierRound

OwnAnswers = Mapping[Asked, OwnAnswer]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """A card and what its groups' answers are kept under; `outcome_id` is today's outcome."""

    outcome_id: int
    asked: Asked
    card: FeedbackCard


def earlier_cards(looking: Looking, earlier: EarlierRound, *, decisions: Sequence[Sources]) -> Seen:
    """What the protocol shows of the answers to the round before; an outcome that is new has no card."""
    language = looking.standing.language if looking.standing.is_translated else None
    forms = forms_of(looking.outcome_ids, listed_in=earlier.round_id, decisions=decisions, language=language)
    form_ids = sorted({form.outcome_id for each in forms.values() for form in each})
    own = own_answers(looking.standing.panellist_id, round_id=earlier.round_id, outcome_ids=form_ids)
    criteria = _asked_in_both(looking.round.definition, earlier.definition)
    places = [
        _Place(
            outcome_id=outcome_id,
            asked=(form.outcome_id, criterion.code),
            card=_own_card(
                form, criterion, outcome_id=outcome_id, own=own, criteria=criteria, earlier=earlier
            ),
        )
        for outcome_id, each in forms.items()
        for form in each
        for criterion in criteria
    ]
    if looking.round.definition.feedback is not FeedbackShown.GROUPS or not places:
        return Seen.of((place.outcome_id, place.card, None) for place in places)
    return _with_groups(places, looking=looking, earlier=earlier)


def own_answers(panellist_id: int, *, round_id: int, outcome_ids: Collection[int]) -> OwnAnswers:
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


def _own_card(
    form: EarlierForm,
    criterion: Criterion,
    *,
    outcome_id: int,
    own: OwnAnswers,
    criteria: Sequence[Criterion],
    earlier: EarlierRound,
) -> FeedbackCard:
    return own_card(
        form_id=form.outcome_id,
        criterion=criterion.code,
        scale=earlier.definition.scale,
        round_label=earlier.definition.label,
        earlier_label=None if form.outcome_id == outcome_id else form.label,
        question=criterion.question if len(criteria) > 1 else None,
        own=own.get((form.outcome_id, criterion.code)),
    )


def _with_groups(places: Sequence[_Place], *, looking: Looking, earlier: EarlierRound) -> Seen:
    rated = RatedRound(
        round_id=earlier.round_id, definition=earlier.definition, protocol=looking.standing.protocol
    )
    kept = _final_answers(rated, {place.asked for place in places}, looking=looking)
    return Seen.of(
        (
            place.outcome_id,
            with_groups(place.card, kept[place.asked].answers, protocol=rated.protocol, scale=rated.scale),
            kept[place.asked],
        )
        for place in places
    )


def _final_answers(rated: RatedRound, asked: Collection[Asked], *, looking: Looking) -> Mapping[Asked, Kept]:
    """What is kept of a round that has closed; who looks first has it kept."""
    outcome_ids = sorted({outcome_id for outcome_id, _ in asked})
    kept = kept_answers(rated.round_id, outcome_ids)
    missing = {each for each in asked if each not in kept or not kept[each].answers.is_final}
    if not missing:
        return kept
    if looking.standing.is_made_up:
        return would_keep_of_closed(rated, missing, kept=kept)
    keep_of_closed(rated, missing, kept=kept, now=looking.now)
    return kept_answers(rated.round_id, outcome_ids)
