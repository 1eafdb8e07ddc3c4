"""From the answers of a round to what is shown of them."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from analysis.study.protocol import Protocol
from analysis.study.rounds import Round
from analysis.study.scale import Scale
from delphi import dataset
from delphi.dataset.live_counts import LiveAnswers, live_answers
from delphi.domain.feedback_groups import Part, Parts, ShownBefore, fewest_counted, parts_of, parts_to_count
from delphi.feedback.kept import Asked, GroupAnswers, Kept, kept_as

Counts = Mapping[str, Sequence[int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class RatedRound:
    """A rating round whose answers are shown."""

    round_id: int
    definition: Round
    protocol: Protocol

    @property
    def minimum(self) -> int:
        """The protocol's smallest group."""
        return self.protocol.feedback.minimum_group_size

    @property
    def scale(self) -> Scale:
        """What its outcomes are rated on."""
        return self.protocol.scale_of(self.definition)


def counted(round_: RatedRound, wanted: Collection[Asked], *, parts: Parts) -> list[Kept]:
    """The answers of a closed round, counted for the first time; one statement for each criterion."""
    outcomes: dict[str, list[int]] = defaultdict(list)
    for outcome_id, criterion in sorted(wanted):
        outcomes[criterion].append(outcome_id)
    found = []
    for criterion, outcome_ids in outcomes.items():
        groups, scale = round_.protocol.group_codes, round_.scale
        counts = dataset.counts_by_group(
            round_.round_id, outcome_ids, criterion, groups=groups, scale=scale
        ).counts.tolist()
        for place, outcome_id in enumerate(outcome_ids):
            by_group = {group: counts[row][place] for row, group in enumerate(groups)}
            found.append(_first((outcome_id, criterion), by_group, round_=round_, parts=parts))
    return found


def counted_last(
    round_: RatedRound, wanted: Collection[Asked], *, kept: Mapping[Asked, Kept], parts: Parts
) -> list[Kept]:
    """The answers of a round that has closed, of which some were shown while it was open."""
    if not wanted:
        return []
    live = _live_answers(round_, wanted)
    found = []
    for asked in sorted(wanted):
        before = kept[asked]
        renewed = _renewed(live.get(asked), before, round_=round_, candidates=(parts,)) or before.answers
        found.append(kept_as(replace(renewed, is_final=True), number=before.number + 1))
    return found


def counted_anew(
    round_: RatedRound, wanted: Collection[Asked], *, kept: Mapping[Asked, Kept], before: ShownBefore
) -> list[Kept]:
    """Of an open round what may take the place of what is shown, or be shown for the first time."""
    if not wanted:
        return []
    found = []
    for asked, live in sorted(_live_answers(round_, wanted).items()):
        if asked not in wanted:
            continue
        last = kept.get(asked) or kept_as(_nothing(asked, round_=round_), number=0)
        people = _people(live.counts(round_.scale))
        parts = parts_of(people, minimum=round_.minimum, before=before, more_to_come=True)
        renewed = _renewed(live, last, round_=round_, candidates=(parts,))
        if renewed is not None:
            found.append(kept_as(renewed, number=last.number + 1))
    return found


def _live_answers(round_: RatedRound, wanted: Collection[Asked]) -> dict[Asked, LiveAnswers]:
    outcome_ids = sorted({outcome_id for outcome_id, _ in wanted})
    return live_answers(round_.round_id, outcome_ids, groups=round_.protocol.group_codes)


def _first(asked: Asked, counts: Counts, *, round_: RatedRound, parts: Parts) -> Kept:
    sums = {part: _sum(counts, part) for part in parts}
    shown = {
        part: numbers for part, numbers in sums.items() if sum(numbers) >= fewest_counted(round_.minimum)
    }
    answers = replace(
        _nothing(asked, round_=round_),
        parts=shown,
        left_out=_left_out(round_.protocol, shown),
        is_final=True,
    )
    return kept_as(answers, number=1)


def _renewed(
    live: LiveAnswers | None, before: Kept, *, round_: RatedRound, candidates: Sequence[Parts]
) -> GroupAnswers | None:
    """The answers with parts counted anew, None where nothing may be; the parts that are shown come last."""
    if live is None:
        return None
    counts, shown, upto = live.counts(round_.scale), before.answers.parts, before.answers.upto
    anew = parts_to_count(
        (*candidates, tuple(shown)),
        people=_people(counts),
        fresh=live.fresh(upto),
        shown=tuple(shown),
        minimum=round_.minimum,
    )
    if anew is None:
        return None
    parts = {part: _sum(counts, part) if is_new else shown[part] for part, is_new in anew.items()}
    stays = {group for part, is_new in anew.items() if not is_new for group in part}
    return replace(
        before.answers,
        parts=parts,
        left_out=_left_out(round_.protocol, parts),
        upto={group: upto[group] if group in stays else live.last_id for group in live.groups},
    )


def _nothing(asked: Asked, *, round_: RatedRound) -> GroupAnswers:
    outcome_id, criterion = asked
    return GroupAnswers(
        round_id=round_.round_id,
        outcome_id=outcome_id,
        criterion=criterion,
        parts={},
        left_out=round_.protocol.group_codes,
        upto={},
        is_final=False,
    )


def _people(counts: Counts) -> dict[str, int]:
    return {group: sum(row) for group, row in counts.items()}


def _sum(counts: Counts, part: Part) -> tuple[int, ...]:
    return tuple(map(sum, zip(*(counts[group] for group in part), strict=True)))


def _left_out(protocol: Protocol, parts: Collection[Part]) -> tuple[str, ...]:
    shown = {group for part in parts for group in part}
    return tuple(group for group in protocol.group_codes if group not in shown)
