"""Which groups are counted together in feedback, and when new counts may take the place of older ones.

Whoever looks knows their own answer: a count of n people that holds them is one of n - 1 others. Who is in a
group sees the same as who is not, so everything here asks for one person more than the protocol's minimum.

Three things keep people from being worked out. Parts do not overlap and there is no total. Groups that one
round counted together stay together in later ones: most people answer alike in both, so a group that stood
alone there would give away the other. And counts of answers that are still coming in are renewed for a part
only when enough of its people gave a score that no earlier count held. Of any sum and difference of counts,
the last that goes in then holds as many scores that nothing else in it can take away.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence

Part = tuple[str, ...]
Parts = tuple[Part, ...]


def fewest_counted(minimum: int) -> int:
    """How many people a count needs before it is shown, so that `minimum` of them are others to each."""
    return minimum + 1


def parts_of(people: Mapping[str, int], *, minimum: int, joined: Collection[str] = ()) -> Parts:
    """The groups that are shown alone, in their order, then those that are counted together.

    `people` by group, all in their order; `joined` were counted together in an earlier round. Groups with too
    few people are put together, with `joined`; while they are still too few, the smallest other group joins
    them (of equal ones the later). Groups without people are left out. (): even all together are too few.
    """
    fewest = fewest_counted(minimum)
    there = [group for group, number in people.items() if number]
    together = {group for group in there if people[group] < fewest or group in joined}
    alone = [group for group in there if group not in together]
    while alone and 0 < _sum(people, together) < fewest:
        smallest = min(reversed(alone), key=lambda group: people[group])
        alone.remove(smallest)
        together.add(smallest)
    if _sum(people, together) < fewest:
        together.clear()
    pool = tuple(group for group in there if group in together)
    return (*((group,) for group in alone), *((pool,) if pool else ()))


def counted_together(parts: Iterable[Part]) -> frozenset[str]:
    """The groups that do not stand alone."""
    return frozenset(group for part in parts if len(part) > 1 for group in part)


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
