"""How many people keep a dissent on record, as far as it may be shown."""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.disclosure.small_groups import hidden_figures

Counts = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class ShownDissents:
    """Numbers of people: by_group (G, O), everyone (O,); NaN where a number is hidden."""

    by_group: Floats
    everyone: Floats


def shown_dissents(dissents: ArrayLike, answered: ArrayLike, *, minimum: int) -> ShownDissents:
    """Say of each outcome how many people dissent, by group and over all, without telling small groups.

    Parameters
    ----------
    dissents : (G, O) integers, the people who keep a dissent on record.
    answered : (G, O) integers, the people who gave a score.
    minimum : the smallest group that is shown.

    Returns
    -------
    ShownDissents

    Raises
    ------
    ValueError
        For tables of different shapes, not of two dimensions, or with a negative number.

    Notes
    -----
    A group is hidden as its other figures are: by how many people it has, not by how many dissent, since one
    dissent among many says of nobody that it is theirs. Who dissents without a score counts as one of the
    group. Where all are too few, everyone's number is hidden too.
    """
    numbers, people = np.asarray(dissents, dtype=np.int64), np.asarray(answered, dtype=np.int64)
    _check(numbers, people)
    by_group, everyone = numbers.astype(np.float64), numbers.sum(axis=0).astype(np.float64)
    at_least = np.maximum(numbers, people)
    names = [str(row) for row in range(len(numbers))]
    weights = dict.fromkeys(names, Fraction(1))
    for outcome in range(numbers.shape[1]):
        n = dict(zip(names, at_least[:, outcome].tolist(), strict=True))
        hidden = hidden_figures(n, minimum=minimum, weights=weights)
        by_group[[int(name) for name in hidden.groups], outcome] = np.nan
        if hidden.everything:
            everyone[outcome] = np.nan
    return ShownDissents(by_group, everyone)


def _check(dissents: Counts, answered: Counts) -> None:
    if dissents.ndim != 2:
        raise ValueError(f"dissents: {dissents.ndim} dimensions, expected groups by outcomes")
    if answered.shape != dissents.shape:
        raise ValueError(f"answered: shape {answered.shape}, expected {dissents.shape}")
    if dissents.size and min(dissents.min(), answered.min()) < 0:
        raise ValueError("dissents, answered: a negative number of people")
