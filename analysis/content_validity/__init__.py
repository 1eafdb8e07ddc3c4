"""Content validity: do those who judge find an item, such as a measurable standard, essential or relevant?

Two traditions, by the question that was asked. "Is it essential?", a yes or no: `cvr`, held against
`cvr_critical`. "How relevant is it?", from 1 to 4: `item_cvi` of one item, `scale_cvi_average` and
`scale_cvi_universal` of a whole set, and `modified_kappa` where few judged, since two of three agree easily.
"""

from analysis.content_validity.chance_corrected import modified_kappa
from analysis.content_validity.critical_ratio import cvr_critical
from analysis.content_validity.relevance_index import (
    item_cvi,
    item_cvis,
    scale_cvi_average,
    scale_cvi_universal,
)
from analysis.content_validity.validity_ratio import cvr

__all__ = [
    "cvr",
    "cvr_critical",
    "item_cvi",
    "item_cvis",
    "modified_kappa",
    "scale_cvi_average",
    "scale_cvi_universal",
]
