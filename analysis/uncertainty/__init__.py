"""How firmly shares and verdicts stand: what other panels of the same kind of people might have said."""

from analysis.uncertainty.share_intervals import BootstrapShares, bootstrap_shares
from analysis.uncertainty.verdict_resamples import VerdictStability, verdict_stability

__all__ = ["BootstrapShares", "VerdictStability", "bootstrap_shares", "verdict_stability"]
