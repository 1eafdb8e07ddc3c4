"""Which content validity ratio is beyond chance."""

from fractions import Fraction
from math import comb

from analysis.whole_numbers import whole_number


def cvr_critical(n: int, alpha: float = 0.05) -> float | None:
    """What is the smallest content validity ratio that judges who toss coins reach too rarely?

    Parameters
    ----------
    n : how many judged the item.
    alpha : the largest probability, under chance, of a ratio as large or larger; one-sided.

    Returns
    -------
    The ratio, for comparison with `cvr` by "at least"; None where even all n agreeing is likelier than
    `alpha` (n below 5 for 0.05).

    Raises
    ------
    ValueError
        For an n that is negative or not whole, or an alpha that is not between 0 and 1.

    Notes
    -----
    The smallest k with P(X >= k) <= alpha for X binomial with n and 1/2, as the ratio (2k - n)/n; computed
    in whole numbers. The values don't fall steadily with n (.75 for 8, .778 for 9, .80 for 10), because k
    is whole. Some printed tables use the normal approximation and differ: name the source of the one that
    you use.

    References
    ----------
    Ayre & Scally 2014, doi:10.1177/0748175613513808.
    """
    judges = whole_number(n, name="n")
    if not 0 < alpha < 1:
        raise ValueError(f"alpha: {alpha}, expected more than 0 and less than 1")
    allowed = Fraction(alpha) * 2**judges
    critical, tail = judges + 1, 0
    while tail + comb(judges, critical - 1) <= allowed:
        critical -= 1
        tail += comb(judges, critical)
    return (2 * critical - judges) / judges if critical <= judges else None
