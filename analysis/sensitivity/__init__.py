"""How the verdicts would change under other weights, other rules, and other people."""

from analysis.sensitivity.alternatives import Alternative, usual_alternatives
from analysis.sensitivity.flip_weights import FlipWeight, WeightRange, flip_weight
from analysis.sensitivity.left_out import LeftOut, leave_one_group_out
from analysis.sensitivity.missing_people import CaseVerdicts, worst_and_best_case
from analysis.sensitivity.rule_table import RuleGrid, rule_grid
from analysis.sensitivity.weight_scan import WeightScan, verdicts_by_weight
from analysis.sensitivity.words import flip_sentence

__all__ = [
    "Alternative",
    "CaseVerdicts",
    "FlipWeight",
    "LeftOut",
    "RuleGrid",
    "WeightRange",
    "WeightScan",
    "flip_sentence",
    "flip_weight",
    "leave_one_group_out",
    "rule_grid",
    "usual_alternatives",
    "verdicts_by_weight",
    "worst_and_best_case",
]
