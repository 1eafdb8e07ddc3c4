"""Who came, stayed, left and came back, round by round and group by group."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from analysis.evidence import respondents_of
from analysis.study.study import Study


@dataclass(frozen=True, slots=True)
class AttritionStep:
    """One round and group; `group` None: everyone.

    responded = retained + returned + joined. retained: also in the round before. lost: in the round before,
    not in this one. returned: not in the round before, but in an earlier one. joined: for the first time.
    """

    round: str
    group: str | None
    responded: int
    retained: int
    lost: int
    returned: int
    joined: int


def flow(study: Study) -> tuple[AttritionStep, ...]:
    """Return each round that anybody answered, everyone first and then each group, in the protocol's order.

    An answer of any kind counts if it was on time. A round that nobody answered is passed over.
    """
    rounds = {round_.code: respondents_of(study, round_.code) for round_ in study.protocol.rounds}
    group_of = {person.code: person.group for person in study.panel}
    return flow_of(rounds, group_of=group_of, groups=study.protocol.group_codes)


def flow_of(
    respondents: Mapping[str, Set[str]], *, group_of: Mapping[str, str], groups: Sequence[str]
) -> tuple[AttritionStep, ...]:
    """Return the flow of `respondents` (round → people, in order); KeyError for one without a group."""
    steps: list[AttritionStep] = []
    earlier: set[str] = set()
    before: Set[str] = frozenset()
    for code, now in respondents.items():
        if not now:
            continue
        for group in (None, *groups):
            mine = {person for person in now | earlier if group is None or group_of[person] == group}
            steps.append(_step(code, group, now & mine, before & mine, earlier & mine))
        before, earlier = now, earlier | now
    return tuple(steps)


def _step(code: str, group: str | None, now: Set[str], before: Set[str], earlier: Set[str]) -> AttritionStep:
    return AttritionStep(
        round=code,
        group=group,
        responded=len(now),
        retained=len(now & before),
        lost=len(before - now),
        returned=len((now & earlier) - before),
        joined=len(now - earlier),
    )
