"""Stability between two rounds: did the same people, asked in the same words, answer alike?

Stability comes before consensus: agreement that is still moving is none yet. Choose by the question.

- How many changed, which way, how far: `changes`. Begin here; it needs no test.
- Did the panel's distribution move, whoever moved it: `percentage_change` (below .15 is called stable).
- Did more people go one way than the other, category by category: `bowker`; did the shares of the
  categories change: `stuart_maxwell`; did scores rise or fall: the signed-rank test. One test an outcome,
  chosen beforehand.
- How alike are each person's two answers, beyond chance: `weighted_kappa`; as numbers: `icc_agreement`.
- Do the outcomes keep their order: `rank_correlation`.

A p-value above .05 is no proof of stability: in a small panel it only says that a change could not be told
from chance. Nor does a stable distribution mean that nobody changed: moves in both directions cancel.
"""

from analysis.stability.bin_changes import percentage_change
from analysis.stability.chi_square import ChiSquareTest
from analysis.stability.individual_changes import Changes, changes
from analysis.stability.intraclass import IntraclassCorrelation, icc_agreement
from analysis.stability.kappa import Kappa, weighted_kappa
from analysis.stability.marginal_test import stuart_maxwell
from analysis.stability.pairing import paired_table, paired_tables
from analysis.stability.rank_order import rank_correlation
from analysis.stability.signed_rank import Wilcoxon, wilcoxon, wilcoxon_of_tables
from analysis.stability.symmetry_test import bowker

__all__ = [
    "Changes",
    "ChiSquareTest",
    "IntraclassCorrelation",
    "Kappa",
    "Wilcoxon",
    "bowker",
    "changes",
    "icc_agreement",
    "paired_table",
    "paired_tables",
    "percentage_change",
    "rank_correlation",
    "stuart_maxwell",
    "weighted_kappa",
    "wilcoxon",
    "wilcoxon_of_tables",
]
