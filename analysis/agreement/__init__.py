"""Agreement of all raters over the whole set of outcomes: described, never the criterion of consensus."""

from analysis.agreement.gwet import GwetAgreement, gwet_ac
from analysis.agreement.kendall import KendallW, kendall_w
from analysis.agreement.krippendorff import KrippendorffAlpha, alpha_of_counts, krippendorff_alpha

__all__ = [
    "GwetAgreement",
    "KendallW",
    "KrippendorffAlpha",
    "alpha_of_counts",
    "gwet_ac",
    "kendall_w",
    "krippendorff_alpha",
]
