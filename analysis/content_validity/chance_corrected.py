"""The content validity index of an item, less what chance gives."""

from math import comb

from analysis.whole_numbers import whole_number


def modified_kappa(agree: int, n: int) -> float | None:
    """How relevant do the judges find an item, beyond so many agreeing by chance?

    Parameters
    ----------
    agree : how many called the item relevant (3 or 4 of 4).
    n : how many judged it; those who gave no answer are not among them.

    Returns
    -------
    1 where all agree; negative where fewer agree than chance gives; None where nobody judged.

    Raises
    ------
    ValueError
        Unless both are whole numbers and 0 <= agree <= n.

    Notes
    -----
    k* = (agree/n - p) / (1 - p), p = C(n, agree) / 2^n: the probability that just so many of n would agree
    if each tossed a coin. Above .74 is called excellent, .60 to .74 good. Report it beside `item_cvi` where
    n is small; from about ten judges on p hardly matters and the two are the same.

    References
    ----------
    Polit, Beck & Owen 2007, doi:10.1002/nur.20199.
    """
    judges = whole_number(n, name="n")
    agreeing = whole_number(agree, name="agree")
    if agreeing > judges:
        raise ValueError(f"agree: {agreeing} of {judges} judges")
    if not judges:
        return None
    chance: float = comb(judges, agreeing) / 2**judges
    return (agreeing / judges - chance) / (1 - chance)
