"""Whether groups rated differently, and by how much: tests, effect sizes, differences with intervals.

One test an outcome is many tests: report all of them or none. No p-value, however large, shows that groups
agree: look at the size of the difference.
"""

from analysis.comparison.group_differences import DifferencesFrom, differences_from
from analysis.comparison.rank_sum import (
    MannWhitney,
    MannWhitneyOfCounts,
    mann_whitney,
    mann_whitney_counts,
)
from analysis.comparison.several_groups import (
    KruskalWallis,
    KruskalWallisOfCounts,
    kruskal_wallis,
    kruskal_wallis_counts,
)

__all__ = [
    "DifferencesFrom",
    "KruskalWallis",
    "KruskalWallisOfCounts",
    "MannWhitney",
    "MannWhitneyOfCounts",
    "differences_from",
    "kruskal_wallis",
    "kruskal_wallis_counts",
    "mann_whitney",
    "mann_whitney_counts",
]
