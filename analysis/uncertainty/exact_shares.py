"""The distribution of a weighted share that endlessly many drawn panels would have."""

import numpy as np
from numpy.typing import NDArray
from scipy import fft, special

from analysis.consensus.verdict_codes import Sums
from analysis.counting import Counts

Floats = NDArray[np.float64]

LARGEST_SUM = 4096  # weighted people; above it drawing is quicker
_ROUNDING = 1e-12  # of a probability, by the transforms


def exact_ends(sums: Sums, weights: Counts, *, confidence: float) -> tuple[Floats, Floats] | None:
    """Return the percentiles of every outcome's share over all panels that could be drawn, (O,) each.

    `sums` is (G, O) and `weights` (G,) whole numbers, those of one person of each group. How many of a group
    are in the box is binomial, and the groups are drawn apart, so the weighted sum's distribution is the
    product of their transforms. A percentile is the smallest share that so many panels do not exceed. NaN
    where nobody with a weight answered; None where the sum has too many values for this to be quick.
    """
    total = weights @ sums.n
    size = int(total.max(initial=0)) + 1
    if size > LARGEST_SUM:
        return None
    length = fft.next_fast_len(size, real=True)
    product = np.ones((sums.n.shape[1], length // 2 + 1), dtype=np.complex128)
    for weight, k, n in zip(weights.tolist(), sums.k, sums.n, strict=True):
        if weight and n.any():
            product *= fft.rfft(_spread_out(_masses(k, n), weight, length), axis=-1)
    below = np.cumsum(fft.irfft(product, n=length, axis=-1)[:, :size], axis=-1)
    tails = ((1 - confidence) / 2, (1 + confidence) / 2)
    ends = [(below < tail - _ROUNDING).sum(axis=-1) for tail in tails]
    shares = [np.full(total.shape, np.nan) for _ in ends]
    for share, end in zip(shares, ends, strict=True):
        np.divide(np.minimum(end, total), total, out=share, where=total > 0)
    return shares[0], shares[1]


def _masses(k: Counts, n: Counts) -> Floats:
    """Return the probability of each number in the box when n are drawn of whom k are, (O, max n + 1)."""
    at = np.arange(int(n.max()) + 1)
    left = np.maximum(n[:, None] - at, 0)
    share = (k / np.maximum(n, 1))[:, None]
    factorials = special.gammaln(np.arange(int(n.max()) + 2) + 1)
    ways = factorials[n][:, None] - factorials[at] - factorials[left]
    logarithm = ways + special.xlogy(at, share) + special.xlog1py(left, -share)
    return np.where(at <= n[:, None], np.exp(logarithm), 0.0)


def _spread_out(masses: Floats, weight: int, length: int) -> Floats:
    """Put the mass of each number where so many people's weight is."""
    found = np.zeros((masses.shape[0], length))
    reach = masses[:, : (length - 1) // weight + 1]
    found[:, : (reach.shape[1] - 1) * weight + 1 : weight] = reach
    return found
