"""The average percent of majority opinions: a cut-off that a round sets itself."""

import numpy as np
from numpy.typing import ArrayLike

from analysis.whole_numbers import whole_numbers


def average_percent_of_majority_opinions(
    agree: ArrayLike, *, disagree: ArrayLike, opinions: ArrayLike
) -> float | None:
    """How large a part of all opinions of a round lay with a majority (APMO), from 0 to 1.

    Parameters
    ----------
    agree, disagree : (outcomes,) integers, how many agreed with each outcome and how many disagreed.
    opinions : (outcomes,) integers, all who gave an opinion on it: agree, disagree and neither.

    Returns
    -------
    A share of 1, not of 100; None where nobody gave an opinion on anything.

    Raises
    ------
    ValueError
        For shapes that differ, a number that is negative or not whole, or more opinions than `opinions`.

    Notes
    -----
    (majority agreements + majority disagreements) / opinions, each summed over outcomes. The agreements
    with an outcome are majority agreements where more than half of its opinions agree; disagreements
    likewise. An even split, and a side that is merely the larger one, is no majority and adds to the
    opinions only. Those who gave none are in neither. Outcomes that more people answered weigh more.

    One division of two whole numbers, so an outcome whose share is exactly the cut-off compares as equal to
    it. Describe a round with it; don't choose it as the definition of consensus. It is known only after the
    round, so the panel that answers also moves the bar, and a round in which all are undecided has a bar
    near 0.

    References
    ----------
    von der Gracht 2012, doi:10.1016/j.techfore.2012.04.013.
    """
    given = {"agree": agree, "disagree": disagree, "opinions": opinions}
    counts = {name: whole_numbers(values, name=name) for name, values in given.items()}
    shape = counts["agree"].shape
    for name, numbers in counts.items():
        if numbers.ndim != 1 or numbers.shape != shape:
            raise ValueError(f"{name}: shape {numbers.shape}, expected one number an outcome")
    sides, everyone = np.stack((counts["agree"], counts["disagree"])), counts["opinions"]
    if np.any(sides.sum(axis=0) > everyone):
        raise ValueError("opinions: fewer than those who agree and disagree")
    total = int(everyone.sum())
    return int(sides[2 * sides > everyone].sum()) / total if total else None
