"""The cards of answers to the round itself, where the protocol shows them after one's own."""

from collections.abc import Collection, Mapping

from analysis.feedback_words import OwnAnswer
from analysis.study.records import Missing
from delphi.dataset.live_counts import people_since
from delphi.domain.feedback_groups import fewest_counted
from delphi.domain.rounds import RoundState
from delphi.feedback.cards import FeedbackCard, own_card, with_groups
from delphi.feedback.counting import RatedRound
from delphi.feedback.earlier import OwnAnswers, own_answers
from delphi.feedback.keeping import keep_of_open
from delphi.feedback.kept import Asked, Kept, kept_answers
from delphi.feedback.looking import NOTHING_SEEN, Looking, Seen


def live_cards(looking: Looking) -> Seen:
    """What others have answered so far, to the questions that the panellist has answered."""
    round_ = looking.round
    if not round_.definition.live_feedback or round_.state is not RoundState.OPEN:
        return NOTHING_SEEN
    own = {
        asked: answer
        for asked, answer in own_answers(
            looking.standing.panellist_id, round_id=round_.round_id, outcome_ids=looking.outcome_ids
        ).items()
        if _is_answer(answer)
    }
    if not own:
        return NOTHING_SEEN
    rated = RatedRound(
        round_id=round_.round_id, definition=round_.definition, protocol=looking.standing.protocol
    )
    kept = _newest_answers(rated, own.keys(), looking=looking)
    in_order = [
        (outcome_id, criterion.code)
        for outcome_id in looking.outcome_ids
        for criterion in round_.definition.criteria
    ]
    return Seen.of(
        (asked[0], _card(asked, own=own, kept=kept.get(asked), rated=rated), kept.get(asked))
        for asked in in_order
        if asked in own
    )


def _is_answer(own: OwnAnswer) -> bool:
    """Whether it lets one see the others: who skips has not answered yet."""
    return own.score is not None or own.missing is Missing.CANNOT_SAY


def _newest_answers(rated: RatedRound, asked: Collection[Asked], *, looking: Looking) -> Mapping[Asked, Kept]:
    """What is shown now: counted anew where enough people have answered since."""
    outcome_ids = sorted({outcome_id for outcome_id, _ in asked})
    kept = kept_answers(rated.round_id, outcome_ids)
    after = min(_counted_up_to(kept.get(each), rated.protocol.group_codes) for each in asked)
    newcomers = people_since(rated.round_id, outcome_ids, after=after)
    enough = {each for each in asked if newcomers.get(each, 0) >= fewest_counted(rated.minimum)}
    if enough and keep_of_open(rated, enough, kept=kept, now=looking.now):
        return kept_answers(rated.round_id, outcome_ids)
    return kept


def _counted_up_to(kept: Kept | None, groups: Collection[str]) -> int:
    """The row up to which the answers of every group are in what is shown, 0 where nothing is."""
    return 0 if kept is None else min(kept.answers.upto.get(group, 0) for group in groups)


def _card(asked: Asked, *, own: OwnAnswers, kept: Kept | None, rated: RatedRound) -> FeedbackCard:
    outcome_id, code = asked
    criteria = rated.definition.criteria
    question = next(criterion.question for criterion in criteria if criterion.code == code)
    card = own_card(
        form_id=outcome_id,
        criterion=code,
        scale=rated.definition.scale,
        round_label=rated.definition.label,
        earlier_label=None,
        question=question if len(criteria) > 1 else None,
        own=own[asked],
    )
    answers = kept.answers if kept else None
    return with_groups(card, answers, protocol=rated.protocol, scale=rated.scale)
