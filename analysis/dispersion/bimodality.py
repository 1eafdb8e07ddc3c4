"""Two camps: whether the answers to an outcome stand at both ends."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.dispersion.agreement_a import van_der_eijk_a

_TOLERANCE = 1e-9  # A is a sum of floats: one that is exactly 0 may come out a little below


def is_bimodal(counts: ArrayLike) -> NDArray[np.bool_]:
    """Say for each outcome whether its answers stand in two camps.

    Parameters
    ----------
    counts : (..., C) numbers of answers in each category, C of at least 2.

    Returns
    -------
    (...,) booleans: van der Eijk's A is below 0, or each outer third of the scale (C // 3 categories, at
    least one) holds at least a third of the answers. False where nobody answered.

    Notes
    -----
    Preferred to the bimodality coefficient, which calls skewed answers bimodal. Where the scale divides by
    three, even answers hold exactly a third at each end, and count as two camps.
    """
    numbers = np.atleast_1d(np.asarray(counts))
    agreement = np.asarray(van_der_eijk_a(numbers[None] if numbers.ndim == 1 else numbers), dtype=np.float64)
    end = max(1, numbers.shape[-1] // 3)
    total = numbers.sum(axis=-1)
    lower, upper = numbers[..., :end].sum(axis=-1), numbers[..., -end:].sum(axis=-1)
    both = (3 * lower >= total) & (3 * upper >= total) & (total > 0)
    with np.errstate(invalid="ignore"):
        two_camps: NDArray[np.bool_] = both | (agreement.reshape(total.shape) < -_TOLERANCE)
    return two_camps
