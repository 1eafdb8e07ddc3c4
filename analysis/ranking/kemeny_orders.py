"""Kemeny: the orders with which the ballots disagree least, all of them."""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.ranking.common_denominator import ExactNumbers, over_common_denominator
from analysis.ranking.kemeny_optima import Order
from analysis.ranking.kemeny_parts import all_best_orders
from analysis.ranking.pairwise import PairwiseMatrix, UnrankedPairs, pairwise_matrix
from analysis.whole_numbers import whole_number


@dataclass(frozen=True, slots=True)
class KemenyResult:
    """The optimal orders, best outcome first; None where nobody voted.

    `orders`: all `n_optimal` of them in lexicographic order, or the first `limit`. `cost`: over all pairs,
    the weight of those who disagree with an optimal order; `agreement`: of those who agree. `unranked`,
    `weight` and `n_voters`: of the ballots, None where there is only a matrix.
    """

    orders: tuple[Order, ...] | None
    n_optimal: int | None
    cost: Fraction | None
    agreement: Fraction | None
    limit: int
    unranked: UnrankedPairs | None
    weight: Fraction | None
    n_voters: int | None

    @property
    def is_unique(self) -> bool | None:
        """There is one optimal order; None where there is none to compute."""
        return None if self.n_optimal is None else self.n_optimal == 1


def kemeny(
    ballots: ArrayLike,
    *,
    weights: ExactNumbers | None = None,
    unranked: UnrankedPairs = "last",
    limit: int = 1000,
) -> KemenyResult:
    """Return the orders that disagree least with the ballots, pair by pair: exactly, and all of them.

    Parameters
    ----------
    ballots : (voters, outcomes)
        Places: 1 = first, equal = tied, NaN = not ranked. Only their order on a ballot counts.
    weights : (voters,), optional
        Not negative: ints, Fractions, Decimals or floats (read as the decimals that they are written as).
    unranked : {"last", "ignore"}
        Outcomes not ranked come after those that are, or are compared with nothing.
    limit : int
        How many optimal orders to return at most; their number is exact in any case.

    Raises
    ------
    ValueError
        For bad ballots, weights, `unranked` or `limit`, and where more than 24 outcomes are bound together
        by cycles and ties, so that the search could take too long.

    Notes
    -----
    cost = sum over pairs i before j of the weight that puts j before i. Several orders can be optimal, as
    ties or cycles leave open; choosing one is up to the study, and `n_optimal` goes into the report. A
    Condorcet winner comes first, and whoever loses to all last. Ties on a ballot cost nothing. Without
    voters, or all of weight 0, the fields are None.

    References
    ----------
    Kemeny (1959), Daedalus 88, 577-591. Young & Levenglick (1978), doi 10.1137/0135023.
    """
    matrix = pairwise_matrix(ballots, weights=weights, unranked=unranked)
    if matrix.weight:
        return _of_whole_numbers(matrix.before, matrix.denominator, limit, "ballots", of=matrix)
    _check_limit(limit)
    return KemenyResult(None, None, None, None, limit, unranked, matrix.weight, matrix.n_voters)


def kemeny_of_matrix(pairwise: PairwiseMatrix | ExactNumbers, *, limit: int = 1000) -> KemenyResult:
    """Return the orders that disagree least with a pairwise matrix: see `kemeny`.

    Parameters
    ----------
    pairwise : (outcomes, outcomes)
        The weight of those who put the row's outcome before the column's; the diagonal is not read. A
        `PairwiseMatrix`, or numbers, not negative.
    limit : int
        How many optimal orders to return at most.

    Raises
    ------
    ValueError
        For a matrix that is not square, empty, or holds what is no weight; else as `kemeny`.

    Notes
    -----
    A matrix of zeros does not tell whether nobody voted or all tied everything: every order is optimal.
    """
    if isinstance(pairwise, PairwiseMatrix):
        return _of_whole_numbers(pairwise.before, pairwise.denominator, limit, "pairwise", of=pairwise)
    given = pairwise if isinstance(pairwise, np.ndarray) else np.array(pairwise, dtype=object)
    if given.ndim != 2 or given.shape[0] != given.shape[1] or not given.size:
        raise ValueError(f"pairwise: shape {given.shape}, expected (outcomes, outcomes)")
    off_diagonal = np.where(np.eye(len(given)) == 1, 0, given)
    whole, denominator = over_common_denominator(off_diagonal, name="pairwise", multiple=4)
    return _of_whole_numbers(whole, denominator, limit, "pairwise")


def _check_limit(limit: int) -> None:
    if whole_number(limit, name="limit") < 1:
        raise ValueError(f"limit: {limit}, expected at least 1")


def _of_whole_numbers(
    before: NDArray[np.int64], denominator: int, limit: int, name: str, *, of: PairwiseMatrix | None = None
) -> KemenyResult:
    _check_limit(limit)
    optima = all_best_orders(before, limit=limit, name=name)
    cost = int(np.triu(np.minimum(before, before.T), k=1).sum()) + optima.excess
    everything = int(before.sum()) - int(np.trace(before))
    return KemenyResult(
        orders=optima.orders,
        n_optimal=optima.n_orders,
        cost=Fraction(cost, denominator),
        agreement=Fraction(everything - cost, denominator),
        limit=limit,
        unranked=of.unranked if of else None,
        weight=of.weight if of else None,
        n_voters=of.n_voters if of else None,
    )
