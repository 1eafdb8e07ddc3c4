"""Rankings and ballots: orders, winners, cycles and ties."""

from analysis.ranking.best_and_worst import BestWorstResult, best_worst
from analysis.ranking.borda_points import BordaResult, borda
from analysis.ranking.condorcet_winner import CondorcetResult, condorcet
from analysis.ranking.first_places import TopKResult, top_k
from analysis.ranking.kemeny_orders import KemenyResult, kemeny, kemeny_of_matrix
from analysis.ranking.pairwise import PairwiseMatrix, pairwise_matrix
from analysis.ranking.schulze_method import SchulzeResult, schulze
from analysis.ranking.two_lists import TwoListResult, two_list

__all__ = [
    "BestWorstResult",
    "BordaResult",
    "CondorcetResult",
    "KemenyResult",
    "PairwiseMatrix",
    "SchulzeResult",
    "TopKResult",
    "TwoListResult",
    "best_worst",
    "borda",
    "condorcet",
    "kemeny",
    "kemeny_of_matrix",
    "pairwise_matrix",
    "schulze",
    "top_k",
    "two_list",
]
