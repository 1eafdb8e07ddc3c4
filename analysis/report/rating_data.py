"""A rating round with all that its tables are made from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from analysis.consensus.answers import Answers
from analysis.counts import ResponseCounts
from analysis.disclosure import Hidden, hidden_figures
from analysis.ratings import RatingMatrix
from analysis.round_statistics import RoundStatistics, round_statistics
from analysis.sentences import Words
from analysis.shares import Pooler
from analysis.study.protocol import Protocol
from analysis.study.rounds import Round
from analysis.study.rules import ConsensusDefinition, ShareMeasure, ShareRule
from analysis.study.scale import Box, Scale
from analysis.study.weighting import Weighting


@dataclass(frozen=True)
class RatingData:
    """The answers to one criterion of a rating round, for the outcomes of its list.

    `matrix` has a row for each panellist who answered and a column for each of `listed`, in that order.
    `labels`: outcome to its name. `synthetic`: the study's note where the answers are generated, else "".
    """

    protocol: Protocol
    round: Round
    criterion: str
    listed: tuple[str, ...]
    labels: Mapping[str, str]
    matrix: RatingMatrix
    synthetic: str = ""

    @cached_property
    def scale(self) -> Scale:
        """The round's scale."""
        return self.protocol.scale_of(self.round)

    @cached_property
    def counts(self) -> ResponseCounts:
        """Answers by group, outcome and point."""
        return ResponseCounts.from_matrix(self.matrix, self.scale, groups=self.protocol.group_codes)

    @cached_property
    def statistics(self) -> RoundStatistics:
        """The measures of one outcome at a time, by the study's quantile definition."""
        definition = self.protocol.quantiles.definition
        return round_statistics(self.counts, boxes=self.scale.boxes, definition=definition)

    @cached_property
    def answers(self) -> Answers:
        """The counts as rules see them."""
        boxes = {box.code: box for box in self.scale.boxes}
        return Answers(self.counts.groups, self.counts.outcomes, ratings=self.counts, boxes=boxes)

    @property
    def definition(self) -> ConsensusDefinition | None:
        """The rule that decides on the round's first criterion; None where none does."""
        decides = self.criterion == self.round.criteria[0].code
        return self.protocol.definition_of(self.round) if decides else None

    @property
    def weighting(self) -> Weighting:
        """The round's weights."""
        return self.protocol.weights_of(self.round)

    @property
    def words(self) -> Words:
        """The labels that sentences need."""
        return Words.of(self.protocol, self.round)

    @property
    def minimum(self) -> int:
        """The smallest group that is shown."""
        return self.protocol.feedback.minimum_group_size

    @cached_property
    def hidden(self) -> NDArray[np.bool_]:
        """Whose figures about which outcome are not shown: a row a group, then everyone, (G + 1, O)."""
        return self._hiding[0]

    @cached_property
    def hidden_weighted(self) -> NDArray[np.bool_]:
        """Of which outcomes the weighted figures of everyone are not shown, (O,)."""
        return self._hiding[1]

    @cached_property
    def _hiding(self) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        groups = self.counts.groups
        pooler = Pooler(self.weighting, groups)
        of_rows = np.zeros((len(groups) + 1, len(self.listed)), dtype=bool)
        weighted = np.zeros(len(self.listed), dtype=bool)
        for place, n in enumerate(self.counts.n.T.tolist()):
            weights: Mapping[str, Fraction] = pooler.weights(n)
            found = hidden_figures(dict(zip(groups, n, strict=True)), minimum=self.minimum, weights=weights)
            of_rows[:, place] = [group in found.groups for group in groups] + [found.everything]
            weighted[place] = found.weighted
        return of_rows, weighted

    @property
    def hides_a_group(self) -> bool:
        """Whether the figures of some group about some outcome are not shown."""
        return bool(self.hidden[:-1].any())

    @property
    def boxes_cover_the_scale(self) -> bool:
        """Whether each point is in exactly one box."""
        held = sorted(point for box in self.scale.boxes for point in range(box.low, box.high + 1))
        return held == list(self.scale.points)

    @cached_property
    def deciding_box(self) -> Box | None:
        """The box that the rule looks at first; the highest where it looks at none, None without boxes."""
        for rule in self.definition.rules if self.definition else ():
            code = rule.tests[0].box if isinstance(rule, ShareRule) else None
            if not isinstance(rule, ShareRule) and isinstance(rule.measure, ShareMeasure):
                code = rule.measure.box
            if code is not None:
                return self.scale.box(code)
        return max(self.scale.boxes, key=lambda box: box.high, default=None)

    @cached_property
    def focus(self) -> str | None:
        """The group whose say is the question: the one that a rule or the weights name."""
        rules = self.definition.rules if self.definition else ()
        named = [rule.group for rule in rules if rule.group is not None]
        raised = [group for group, weight in self.weighting.values.items() if weight != 1]
        return next(iter(named or raised), None)

    def label(self, outcome: str) -> str:
        """The outcome's name."""
        return self.labels.get(outcome, outcome)

    def group_label(self, group: str | None) -> str:
        """The group's name; None: everyone."""
        return "everyone" if group is None else self.protocol.group(group).label

    @property
    def n_sentence(self) -> str:
        """How many people rated, in words."""
        people = len(self.matrix.panellists)
        return f"{people} {'person' if people == 1 else 'people'} answered"


def lost_since(before: RatingData | None, data: RatingData) -> NDArray[np.int64]:
    """Count, by group, who answered the rating round before and not this one."""
    if before is None:
        return np.zeros(len(data.counts.groups), dtype=np.int64)
    here = set(data.matrix.panellists)
    gone = [
        data.counts.groups.index(group)
        for person, group in zip(before.matrix.panellists, before.matrix.groups, strict=True)
        if person not in here
    ]
    return np.bincount(gone, minlength=len(data.counts.groups)).astype(np.int64)


def hidden_rows(n_by_group: Mapping[str, int], protocol: Protocol, round_: Round) -> Hidden:
    """Return what to hide of figures over so many people by group, under the weights of a round."""
    groups = protocol.group_codes
    n = [n_by_group.get(group, 0) for group in groups]
    weights = Pooler(protocol.weights_of(round_), groups).weights(n)
    minimum = protocol.feedback.minimum_group_size
    return hidden_figures(dict(zip(groups, n, strict=True)), minimum=minimum, weights=weights)


def listed_matrix(matrix: RatingMatrix, listed: Sequence[str]) -> RatingMatrix:
    """Return `matrix` with a column for each of `listed`, in that order; unanswered ones are empty."""
    if matrix.outcomes == tuple(listed):
        return matrix
    place = {code: at for at, code in enumerate(matrix.outcomes)}
    scores = np.full((len(matrix.panellists), len(listed)), np.nan)
    missing = np.full(scores.shape, -1, dtype=np.int8)
    for at, code in enumerate(listed):
        if code in place:
            scores[:, at], missing[:, at] = matrix.scores[:, place[code]], matrix.missing[:, place[code]]
    return RatingMatrix(matrix.panellists, matrix.groups, tuple(listed), scores, missing)
