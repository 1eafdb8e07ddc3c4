"""Lawshe's content validity ratio."""

from analysis.whole_numbers import whole_number


def cvr(essential: int, n: int) -> float | None:
    """How far is an item beyond half of the judges calling it essential?

    Parameters
    ----------
    essential : how many called the item essential.
    n : how many judged it; those who gave no answer are not among them.

    Returns
    -------
    From -1 (nobody) over 0 (half) to 1 (all); None where nobody judged.

    Raises
    ------
    ValueError
        Unless both are whole numbers and 0 <= essential <= n.

    Notes
    -----
    (essential - n/2) / (n/2) = (2 essential - n) / n. Compare it with `cvr_critical` of the same n: both
    are one division of whole numbers, so a ratio that just reaches the critical one compares as equal.

    References
    ----------
    Lawshe 1975, doi:10.1111/j.1744-6570.1975.tb01393.x.
    """
    judges = whole_number(n, name="n")
    agreeing = whole_number(essential, name="essential")
    if agreeing > judges:
        raise ValueError(f"essential: {agreeing} of {judges} judges")
    return (2 * agreeing - judges) / judges if judges else None
