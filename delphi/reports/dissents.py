"""How many people keep a dissent on record, outcome by outcome, as the page of results shows it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.counts import ResponseCounts
from analysis.disclosure import shown_dissents
from analysis.study.protocol import Protocol
from analysis.verdicts import HIDDEN
from delphi.dataset.dissents import dissents_of


@dataclass(frozen=True, slots=True, kw_only=True)
class DissentRow:
    """The dissents to one outcome: a number or "hidden" for each group, and for everyone."""

    code: str
    label: str
    groups: tuple[str, ...]
    everyone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dissents:
    """Outcomes with a dissent on record. `too_few`: how many too few people rated, with a dissent or not."""

    rows: tuple[DissentRow, ...]
    too_few: int
    has_hidden: bool


NO_DISSENTS = Dissents(rows=(), too_few=0, has_hidden=False)


def dissents_on_record(
    round_id: int,
    *,
    protocol: Protocol,
    counts: ResponseCounts | None,
    listed: Sequence[str],
    labels: Mapping[str, str],
) -> Dissents:
    """Return the dissents of a round; those to an outcome that too few people rated are not shown."""
    if counts is None:
        return NO_DISSENTS
    numbers = dissents_of(round_id, groups=counts.groups, outcomes=listed)
    if not numbers.any():
        return NO_DISSENTS
    people = np.zeros_like(numbers)
    for place, code in enumerate(listed):
        if code in counts.outcomes:
            people[:, place] = counts.n[:, counts.outcomes.index(code)]
    shown = shown_dissents(numbers, people, minimum=protocol.feedback.minimum_group_size)
    rows = tuple(
        DissentRow(
            code=code,
            label=labels[code],
            groups=tuple(map(_words, shown.by_group[:, place].tolist())),
            everyone=_words(shown.everyone[place]),
        )
        for place, code in enumerate(listed)
        if shown.everyone[place] > 0
    )
    return Dissents(
        rows=rows,
        too_few=int(np.isnan(shown.everyone).sum()),
        has_hidden=any(HIDDEN in row.groups for row in rows),
    )


def _words(number: float) -> str:
    return HIDDEN if np.isnan(number) else str(int(number))
