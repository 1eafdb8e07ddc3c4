"""What somebody can work out who adds and subtracts published counts and knows their own answers."""

from collections.abc import Iterable, Sequence
from functools import cache
from itertools import combinations

import numpy as np

Score = tuple[str, int]
Count = frozenset[Score]


def can_work_out(counts: Sequence[Count], *, fewer_than: int) -> frozenset[str] | None:
    """Some people, fewer than that, of whom a combination of the counts speaks alone; None if there are none.

    A count is the set of scores that went into it: pairs of a person and a point, since a person who changes
    an answer gives another score. Everybody in turn is the attacker, whose own scores are known; or nobody.
    """
    by_person = _patterns_by_person(counts)
    for attacker in (None, *by_person):
        others = [person for person in by_person if person != attacker]
        all_patterns = _all_patterns(by_person, others)
        alone = [person for person in others if _is_rare(by_person, person, at_most=fewer_than)]
        for few in combinations(alone, min(fewer_than - 1, len(alone))):
            rest = [person for person in others if person not in few]
            if _rank(_all_patterns(by_person, rest)) < _rank(all_patterns):
                return frozenset(few)
    return None


def _patterns_by_person(counts: Sequence[Count]) -> dict[str, frozenset[tuple[int, ...]]]:
    """For each person, in which counts each of their scores is: all that tells scores apart."""
    patterns: dict[str, set[tuple[int, ...]]] = {}
    for person, point in sorted(set().union(*counts)):
        pattern = tuple(int((person, point) in count) for count in counts)
        patterns.setdefault(person, set()).add(pattern)
    return {person: frozenset(each) for person, each in patterns.items()}


def _is_rare(by_person: dict[str, frozenset[tuple[int, ...]]], person: str, *, at_most: int) -> bool:
    """Whether a score of the person stands in counts in which few people's scores stand together."""
    alike = (sum(pattern in each for each in by_person.values()) for pattern in by_person[person])
    return min(alike) <= at_most


def _all_patterns(
    by_person: dict[str, frozenset[tuple[int, ...]]], people: Iterable[str]
) -> frozenset[tuple[int, ...]]:
    return frozenset().union(*(by_person[person] for person in people))


@cache
def _rank(patterns: frozenset[tuple[int, ...]]) -> int:
    """How many counts are independent when only scores with these patterns are unknown."""
    return int(np.linalg.matrix_rank(np.array(sorted(patterns)))) if patterns else 0
