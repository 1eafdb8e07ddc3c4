"""Cards of others' answers: words first, then a picture for each part, then the numbers."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from markupsafe import Markup

from analysis.feedback_words import OwnAnswer, Shape, shape_of, spans_of
from analysis.study.protocol import Protocol
from analysis.study.scale import Scale
from delphi.domain.distribution import Distribution, distribution_of, tallest_share
from delphi.feedback.kept import GroupAnswers
from delphi.feedback.words import groups_sentence, own_sentence, part_name


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackPart:
    """The answers of one group, or of some that are counted together."""

    name: Markup
    is_joint: bool
    picture: Distribution


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackCard:
    """Answers of one round to one criterion of one form of an outcome.

    `earlier_label` is that form's name where it is not today's outcome itself; `scale` is the round's;
    `question` is told where a round has several; `too_few` names the groups that are not shown because too
    few of their people answered. `with_most`: the scores that see it as most people of each shown group do.
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
    groups: tuple[FeedbackPart, ...] = ()
    too_few: tuple[str, ...] = ()
    with_most: tuple[int, ...] = ()

    @property
    def pictures(self) -> tuple[tuple[Markup, Distribution], ...]:
        """Each part's name with its picture."""
        return tuple((part.name, part.picture) for part in self.groups)

    @property
    def joint(self) -> Markup | None:
        """The name of the groups that are counted together, None where each stands alone."""
        return next((part.name for part in self.groups if part.is_joint), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeFeedback:
    """All that is shown beside an outcome: answers of the round before, what people wrote, answers so far.

    `is_live`: answers of this round are shown as soon as one has answered, whether there are any yet or not.
    """

    earlier: tuple[FeedbackCard, ...] = ()
    digest: tuple[str, ...] = ()
    live: tuple[FeedbackCard, ...] = ()
    is_live: bool = False


NO_FEEDBACK = OutcomeFeedback()


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
    card: FeedbackCard, answers: GroupAnswers | None, *, protocol: Protocol, scale: Scale
) -> FeedbackCard:
    """The card with the groups' answers; None: there are none to show yet.

    No total is given, so that no part can be worked out from the others.
    """
    if answers is None:
        return card
    labels = {group.code: group.label for group in protocol.groups}
    own, spans = card.own.score if card.own else None, spans_of(scale)
    tallest = tallest_share(list(answers.parts.values()))
    shapes = [
        (tuple(labels[group] for group in groups), shape_of(counts, low=scale.low, spans=spans))
        for groups, counts in answers.parts.items()
    ]
    parts = tuple(
        FeedbackPart(
            name=part_name(names),
            is_joint=len(names) > 1,
            picture=distribution_of(counts, low=scale.low, own=own, tallest=tallest),
        )
        for (names, _), counts in zip(shapes, answers.parts.values(), strict=True)
    )
    return replace(
        card,
        groups_words=groups_sentence(shapes),
        groups=parts,
        too_few=tuple(labels[group] for group in answers.left_out),
        with_most=tuple(_with_most((shape for _, shape in shapes), scale=scale)),
    )


def _with_most(shapes: Iterable[Shape], *, scale: Scale) -> Iterable[int]:
    """The scores inside what each group is said to have chosen; one that chose all sorts rules out none."""
    named = [shape.spans for shape in shapes if shape.spans]
    return (
        score
        for score in scale.points
        if all(any(span.low <= score <= span.high for span in spans) for spans in named)
    )
