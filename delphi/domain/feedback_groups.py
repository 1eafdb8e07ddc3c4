"""Which groups are counted together in feedback, and when new counts may take the place of older ones.

Whoever looks knows their own answer: a count of n people that holds them is one of n - 1 others. Who is in a
group sees the same as who is not, so everything here asks for one person more than the protocol's minimum.

Three things keep people from being worked out. Parts do not overlap and there is no total. A group is shown
in one way only, in all rounds of a study: most people answer alike in two rounds, so a group that stood alone
in one and was counted together with another in the other would give that one away. And counts of answers that
are still coming in are renewed for a part only when enough of its people gave a score that no earlier count
held. Of any sum and difference of counts, the last that goes in then holds as many scores that nothing else
in it can take away.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

Part = tuple[str, ...]
Parts = tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class ShownBefore:
    """The groups that have been shown counted together, and those that have been shown alone."""

    together: frozenset[str] = frozenset()
    alone: frozenset[str] = frozenset()


NOTHING_SHOWN = ShownBefore()


def fewest_counted(minimum: int) -> int:
    """How many people a count needs before it is shown, so that `minimum` of them are others to each."""
    return minimum + 1


def parts_of(
    people: Mapping[str, int],
    *,
    minimum: int,
    before: ShownBefore = NOTHING_SHOWN,
    more_to_come: bool = False,
) -> Parts:
    """The groups that are shown alone, in their order, then those that are counted together.

    `people` by group, all in their order. What was counted together before is so again, and alone. Otherwise
    groups with too few people are put together that have not stood alone before; while those are too few,
    the smallest other group joins them that has not either (of equal ones the later). Left out are groups
    without people and those with too few; while answers are still coming in (`more_to_come`) none are newly
    put together, as they may yet be enough to stand alone. (): even all together are too few.
    """
    fewest = fewest_counted(minimum)
    alone = [group for group, number in people.items() if number >= fewest and group not in before.together]
    pool = before.together or (frozenset() if more_to_come else _pool(people, fewest, before.alone))
    if _sum(people, pool) < fewest:
        pool = frozenset()
    together = tuple(group for group in people if group in pool)
    return (*((group,) for group in alone if group not in pool), *((together,) if together else ()))


def _pool(people: Mapping[str, int], fewest: int, stood_alone: frozenset[str]) -> frozenset[str]:
    """The groups with too few people, and with them the smallest others until all are enough."""
    pool = {group for group, number in people.items() if 0 < number < fewest and group not in stood_alone}
    free = [group for group, number in people.items() if number >= fewest and group not in stood_alone]
    while free and 0 < _sum(people, pool) < fewest:
        smallest = min(reversed(free), key=lambda group: people[group])
        free.remove(smallest)
        pool.add(smallest)
    return frozenset(pool) if len(pool) > 1 else frozenset()


def shown_before(parts: Iterable[Part]) -> ShownBefore:
    """How groups were shown that stand in these parts."""
    all_parts = tuple(parts)
    return ShownBefore(
        together=frozenset(group for part in all_parts if len(part) > 1 for group in part),
        alone=frozenset(part[0] for part in all_parts if len(part) == 1),
    )


def parts_to_count(
    candidates: Iterable[Parts],
    *,
    people: Mapping[str, int],
    fresh: Mapping[str, int],
    shown: Sequence[Part],
    minimum: int,
) -> dict[Part, bool] | None:
    """The parts to show now, each with whether it is counted anew; None: leave what is shown as it is.

    `people` by group, of them `fresh` with a score that no count shown so far held; `shown`: the parts that
    have counts. Of the `candidates` the first is taken in which each part is fresh enough to be counted anew,
    or stays as it is shown, or has too few people to be shown at all.
    """
    fewest = fewest_counted(minimum)
    for parts in candidates:
        large = [part for part in parts if part in shown or _sum(people, part) >= fewest]
        anew = {part: _sum(fresh, part) >= fewest for part in large}
        if any(anew.values()) and all(is_fresh or part in shown for part, is_fresh in anew.items()):
            return anew
    return None


def _sum(numbers: Mapping[str, int], groups: Iterable[str]) -> int:
    return sum(numbers.get(group, 0) for group in groups)
