"""How far the answers to one outcome lie apart."""

from analysis.dispersion.agreement_a import polarisation, van_der_eijk_a
from analysis.dispersion.bimodality import is_bimodal
from analysis.dispersion.consensus_cns import tastle_wierman
from analysis.dispersion.spread import Spread, spread_of_counts

__all__ = ["Spread", "is_bimodal", "polarisation", "spread_of_counts", "tastle_wierman", "van_der_eijk_a"]
