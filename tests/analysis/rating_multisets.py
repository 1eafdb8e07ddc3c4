"""Every way in which a few raters can answer one outcome."""

from itertools import combinations_with_replacement

import numpy as np


def every_multiset(raters: int, *, points: int) -> np.ndarray:
    """Counts by point of each multiset of ratings, (multisets, points)."""
    ratings = np.array(list(combinations_with_replacement(range(points), raters))).reshape(-1, raters)
    return (ratings[:, :, None] == np.arange(points)).sum(axis=1)
