"""Who came, stayed, left and came back; and whether those who left had rated differently."""

from analysis.attrition.flowing import AttritionStep, flow, flow_of
from analysis.attrition.leavers import LeaverComparison, compare_leavers, leavers_of

__all__ = ["AttritionStep", "LeaverComparison", "compare_leavers", "flow", "flow_of", "leavers_of"]
