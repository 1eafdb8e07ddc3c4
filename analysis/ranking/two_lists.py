"""The two-list rule: the top n overall or of a named group, all ties at either cut included."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from analysis.whole_numbers import whole_number

Value: TypeAlias = int | float | Fraction
Values: TypeAlias = NDArray[np.generic] | Sequence[Value | None]


@dataclass(frozen=True, slots=True, eq=False)
class TwoListResult:
    """What goes on. `selected`: indices of the outcomes on either list of `n`.

    `in_overall`, `in_group` (outcomes,): on which. `cut_overall`, `cut_group`: the lowest value on the
    list, None where it is empty. `ties_overall`, `ties_group`: the outcomes at the cut where their tie
    made the list longer than `n`, else ().
    """

    n: int
    selected: tuple[int, ...]
    in_overall: NDArray[np.bool_]
    in_group: NDArray[np.bool_]
    cut_overall: Value | None
    cut_group: Value | None
    ties_overall: tuple[int, ...]
    ties_group: tuple[int, ...]


def two_list(overall: Values, group: Values, n: int) -> TwoListResult:
    """Return which outcomes are in the top `n` overall or in the top `n` of a named group.

    Parameters
    ----------
    overall, group : (outcomes,)
        Values of everyone and of the group, such as shares or points; higher is better. NaN or None: no
        place on that list.
    n : int
        Length of each list, at least 1.

    Raises
    ------
    ValueError
        For an `n` below 1 or values of different shapes.

    Notes
    -----
    So a group that others would outvote is sure of its own first n; up to 2 n go on where the lists do
    not overlap. All outcomes that tie at a cut are included and stated, so a list may be longer; with
    fewer than n values it is shorter. Values are compared as they are given: hand over Fractions where
    sums of floats could tell equal shares apart. A value of 0 has a place; where it means "named by
    nobody", give NaN. Without values nothing is selected, and the cuts are None.
    """
    if whole_number(n, name="n") < 1:
        raise ValueError(f"n: {n}, expected at least 1")
    everyone, named = _read(overall, "overall"), _read(group, "group")
    if len(everyone) != len(named):
        raise ValueError(f"group: {len(named)} values, expected one for each of {len(everyone)} in overall")
    in_overall, cut_overall, ties_overall = _top(everyone, n)
    in_group, cut_group, ties_group = _top(named, n)
    return TwoListResult(
        n=n,
        selected=tuple(np.flatnonzero(in_overall | in_group).tolist()),
        in_overall=in_overall,
        in_group=in_group,
        cut_overall=cut_overall,
        cut_group=cut_group,
        ties_overall=ties_overall,
        ties_group=ties_group,
    )


def _read(values: Values, name: str) -> list[Value | None]:
    given = np.asarray(values)
    if given.ndim != 1:
        raise ValueError(f"{name}: shape {given.shape}, expected (outcomes,)")
    return [None if value is None or value != value else value for value in given.tolist()]


def _top(values: list[Value | None], n: int) -> tuple[NDArray[np.bool_], Value | None, tuple[int, ...]]:
    falling = sorted((value for value in values if value is not None), reverse=True)
    if not falling:
        return np.zeros(len(values), dtype=np.bool_), None, ()
    cut = falling[min(n, len(falling)) - 1]
    listed = np.array([value is not None and value >= cut for value in values], dtype=np.bool_)
    tied = np.count_nonzero(listed) > n
    at_cut = tuple(at for at, value in enumerate(values) if value == cut) if tied else ()
    return listed, cut, at_cut
