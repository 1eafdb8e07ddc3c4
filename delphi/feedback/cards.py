"""Cards of earlier answers: words first, then a picture for each group, then the numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from analysis.feedback_words import OwnAnswer, shape_of, spans_of
from analysis.study.protocol import Protocol
from analysis.study.scale import Scale
from delphi.domain.distribution import Distribution, distribution_of, tallest_share
from delphi.feedback.words import groups_sentence, own_sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackGroup:
    """One group's earlier answers; `words` say the same as the picture."""

    label: str
    words: str
    picture: Distribution


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackCard:
    """Earlier answers to one criterion of one earlier form of an outcome.

    `earlier_label` is that form's name where it is not today's outcome itself; `scale` is the earlier
    round's; `question` is told where a round has several; `too_few` names the groups that are not shown
    because too few of their people answered.
    """

    form_id: int
    criterion: str
    scale: str | None
    round_label: str
    earlier_label: str | None
    question: str | None
    own: OwnAnswer | None
    own_words: str
    groups_words: str = ""
    groups: tuple[FeedbackGroup, ...] = ()
    too_few: tuple[str, ...] = ()
    smallest_shown: int = 0

    @property
    def pictures(self) -> tuple[tuple[str, Distribution], ...]:
        """Each group's name with its picture."""
        return tuple((group.label, group.picture) for group in self.groups)


def own_card(
    *,
    form_id: int,
    criterion: str,
    scale: str | None,
    round_label: str,
    earlier_label: str | None,
    question: str | None,
    own: OwnAnswer | None,
) -> FeedbackCard:
    """A card that shows the panellist's own answer alone."""
    return FeedbackCard(
        form_id=form_id,
        criterion=criterion,
        scale=scale,
        round_label=round_label,
        earlier_label=earlier_label,
        question=question,
        own=own,
        own_words=own_sentence(own),
    )


def with_groups(
    card: FeedbackCard, *, counts: Mapping[str, Sequence[int]], protocol: Protocol, scale: Scale
) -> FeedbackCard:
    """The card with each group's answers, `counts` by group code, one number for each point of the scale.

    A group with fewer answers than the protocol's minimum is named and not shown; no total is given, so that
    it cannot be worked out from the others.
    """
    minimum = protocol.feedback.minimum_group_size
    shown = [group for group in protocol.groups if sum(counts[group.code]) >= minimum]
    tallest = tallest_share([counts[group.code] for group in shown])
    spans = spans_of(scale)
    shapes = [(group.label, shape_of(counts[group.code], low=scale.low, spans=spans)) for group in shown]
    own = card.own.score if card.own else None
    groups = tuple(
        FeedbackGroup(
            label=label,
            words=groups_sentence([(label, shape)]).striptags(),
            picture=distribution_of(counts[group.code], low=scale.low, own=own, tallest=tallest),
        )
        for group, (label, shape) in zip(shown, shapes, strict=True)
    )
    too_few = tuple(group.label for group in protocol.groups if group not in shown)
    return replace(
        card,
        groups_words=groups_sentence(shapes),
        groups=groups,
        too_few=too_few,
        smallest_shown=minimum,
    )
