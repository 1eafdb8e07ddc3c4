"""Which figures would say too much about too few people: of small groups, and in tables of counts."""

from analysis.disclosure.dissents import ShownDissents, shown_dissents
from analysis.disclosure.small_groups import NOTHING_HIDDEN, Hidden, hidden_figures
from analysis.disclosure.suppression import SuppressedTable, suppress

__all__ = [
    "NOTHING_HIDDEN",
    "Hidden",
    "ShownDissents",
    "SuppressedTable",
    "hidden_figures",
    "shown_dissents",
    "suppress",
]
