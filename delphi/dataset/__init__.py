"""Studies between the database and the statistics: the only place where SQL meets NumPy."""

from delphi.dataset.evidence import all_evidence, closed_evidence, counts_by_group, round_evidence
from delphi.dataset.exporting import export_study
from delphi.dataset.importing import import_study
from delphi.dataset.lineage import lineage_of, outcomes_of, path_of
from delphi.dataset.protocols import protocol_of
from delphi.dataset.writing import StudyRefused

__all__ = [
    "StudyRefused",
    "all_evidence",
    "closed_evidence",
    "counts_by_group",
    "export_study",
    "import_study",
    "lineage_of",
    "outcomes_of",
    "path_of",
    "protocol_of",
    "round_evidence",
]
